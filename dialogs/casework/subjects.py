"""What the letters and drafts of a case are about: "breach/17", with more behind it where there are several."""


def subject_of(kind: str, number: int) -> str:
    """Name a case as a subject; `kind` is the first word of its subjects."""
    return f"{kind}/{number}"


def number_in(kind: str, subject: str) -> int | None:
    """Return the case of a subject ("breach/17", "breach/17/closed"); None for a subject of another kind."""
    first, number, *_ = *subject.split("/"), ""
    return int(number) if first == kind and number.isdecimal() else None
