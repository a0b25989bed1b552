"""Read a policy document, whatever its file is: .docx, .pdf, .txt or .md; what could not be read is told."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from policy.documents.paragraph import Paragraph, from_line, goes_on, joined
from storage.importing.report import RefusedError

_LONGEST_LINE_WRAPPED: Final = 55  # characters: a shorter line ended where its writer wanted
_LARGEST: Final = 50_000_000  # bytes


@dataclass(frozen=True, slots=True)
class PolicyText:
    """The paragraphs of a file, and what it holds besides them."""

    paragraphs: tuple[Paragraph, ...]
    unread: tuple[str, ...] = ()  # sentences


def read_policy_file(path: Path) -> PolicyText:
    """Read a file by its ending. Raises RefusedError, with a sentence, where that cannot be done."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise RefusedError([f"{path.name} is not a kind of document that can be read. It may be {_KINDS}."])
    if not path.is_file():
        raise RefusedError([f"There is no file {path}."])
    if path.stat().st_size > _LARGEST:
        raise RefusedError(
            [f"{path.name} is larger than {_LARGEST // 1_000_000} MB. A policy is text: save it without pictures."]
        )
    text = reader(path)
    if not text.paragraphs:
        raise RefusedError([f"{path.name} holds no text that can be read.", *text.unread])
    return text


def _plain(path: Path) -> PolicyText:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RefusedError([f"{path.name} is not UTF-8 text. Save it as UTF-8 and import it again."]) from None
    if "\0" in text:
        raise RefusedError([f"{path.name} is not text. Save the document as .docx, .pdf or .txt."])
    kept: list[Paragraph] = []
    above = ""  # the line right above, as it was typed
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        if bare and not set(bare) <= set("-=_*|: \t") and not bare.startswith(("```", "<!--")):
            cells = [cell.strip() for cell in bare.strip("|").split("|")] if bare.startswith("|") else []
            one = from_line("\t".join(cells) if cells else bare, f"line {number}")
            if kept and _is_wrapped(above, kept[-1], one):
                kept[-1] = joined(kept[-1], one)
            elif one.text:
                kept.append(one)
        above = bare
    return PolicyText(tuple(kept))


def _is_wrapped(above: str, before: Paragraph, after: Paragraph) -> bool:
    """Whether a line only goes on because the one above was full."""
    from policy.documents.numbering import label_of  # noqa: PLC0415  only for those who import a document
    from policy.documents.parts import part_heading  # noqa: PLC0415  see above

    if len(above) < _LONGEST_LINE_WRAPPED or after.bullet or after.level or before.level:
        return False
    if goes_on(before, after):
        return True
    return label_of(after.text) is None and part_heading(after.text) is None and "\t" not in before.text + after.text


def _word(path: Path) -> PolicyText:
    from storage.importing.policy_word import read_word  # noqa: PLC0415  python-docx, for Word documents only

    paragraphs, unread = read_word(path)
    return PolicyText(paragraphs, unread)


def _pdf(path: Path) -> PolicyText:
    from storage.importing.policy_pdf import read_pdf  # noqa: PLC0415  pypdf, for PDFs only

    paragraphs, unread = read_pdf(path)
    return PolicyText(paragraphs, unread)


_READERS: Final[dict[str, Callable[[Path], PolicyText]]] = {
    ".docx": _word,
    ".pdf": _pdf,
    ".txt": _plain,
    ".md": _plain,
}
_KINDS: Final = ".docx, .pdf, .txt or .md (an older .doc: open it in Word and save it as .docx)"
