"""The names that the other pupils of the invented trust are made of: `first_names.txt` and `last_names.txt`.

None of them sounds like a name that a question worth trying is about, so those stay unmistakable.
"""

from importlib.resources import files


def first_names() -> list[str]:
    """Give the first names, in the order of the file."""
    return _lines("first_names.txt")


def last_names() -> list[str]:
    """Give the last names, in the order of the file."""
    return _lines("last_names.txt")


def _lines(file: str) -> list[str]:
    return (files("bot.demo") / file).read_text("utf-8").split()
