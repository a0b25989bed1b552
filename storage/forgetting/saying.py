"""What a row says, for a hold to be compared with: JSON is read first, for its escapes hide where a name begins."""

from collections.abc import Iterator
from typing import Any, Final

import msgspec

_BEGINS: Final = ("{", "[", '"')  # JSON that can hold words


def says(*texts: str | None) -> str:
    """Return these texts in one, each that is JSON as the words in it, keys too (SAR-8.1.3)."""
    return " ".join(word for text in texts if text for word in _strings(text))


def numbers(text: str) -> frozenset[int]:
    """Return every whole number that stands by itself in JSON, as one or as words: any of them may be a person's."""
    return frozenset(int(word) for word in _strings(text) if word.isdecimal())


def _strings(value: Any) -> Iterator[str]:  # noqa: ANN401  whatever JSON can hold
    match value:
        case str() if value.lstrip().startswith(_BEGINS):
            try:
                inside = msgspec.json.decode(value)
            except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
                yield value  # somebody's own words that only begin like it
                return
            if isinstance(inside, str):
                yield inside
            else:
                yield from _strings(inside)
        case str():
            yield value
        case dict():
            for name, each in value.items():
                yield str(name)
                yield from _strings(each)
        case list():
            for each in value:
                yield from _strings(each)
        case int() if not isinstance(value, bool):
            yield str(value)
        case _:
            return
