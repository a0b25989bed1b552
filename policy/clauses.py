"""The register of clauses: which numbers exist in the school's policies, each with a title in our own words."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from rapidfuzz import fuzz, process

# How our own codes (PHOTO-7.8) name the documents of contract section 3.
DOCUMENTS: Final = {
    "PHOTO": "photography",
    "ONLINE": "online-safety",
    "DP": "data-protection",
    "SAR": "sar-procedure",
    "BREACH": "breach-procedure",
    "CCTV": "cctv-code",
}
# The online-safety policy has bullets without numbers; ours are lettered by the heading they stand under.
_ONLINE_HEADINGS: Final = frozenset({"EM", "SN", "MT", "IM", "VLE", "WEB", "VC", "OTH"})  # all of section 4.4
_NEAREST: Final = 3


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule stands: a document of the contract and that document's own number."""

    document: str
    clause: str


@dataclass(frozen=True, slots=True)
class Clause:
    """One entry of the register."""

    document: str
    number: str
    title: str


class UnknownClauseError(LookupError):
    """Something cites a clause that the register does not have."""


def clause(document: str, number: str) -> Clause:
    """Look a clause up.

    Raises:
        UnknownClauseError: naming the nearest clauses, where the register has no such one.

    """
    titles = _register().get(document)
    if titles is None:
        raise UnknownClauseError(
            f'"{document}" is not a policy in clauses.toml. Did you mean {_like(document, tuple(DOCUMENTS.values()))}?'
        )
    if number not in titles:
        nearest = _like(number, tuple(titles))
        raise UnknownClauseError(f"{document} {number} is not in clauses.toml. Did you mean {nearest}?")
    return Clause(document, number, titles[number])


def from_code(code: str) -> Clause:
    """Find the clause behind one of our codes: "PHOTO-7.8", "PHOTO-B-names", "ONLINE-VLE-d", "DP-17.5-b".

    Raises:
        UnknownClauseError: where the register has no such clause.

    """
    pack, _, rest = code.partition("-")
    head = rest.split("-", maxsplit=1)[0]
    number = "4.4" if pack == "ONLINE" and head in _ONLINE_HEADINGS else head
    return clause(DOCUMENTS.get(pack, pack), number)


def registered() -> tuple[Clause, ...]:
    """Every clause of the register, document by document, in the order of the file."""
    return tuple(
        Clause(document, number, words) for document, titles in _register().items() for number, words in titles.items()
    )


@cache
def _register() -> dict[str, dict[str, str]]:
    register: dict[str, dict[str, str]] = tomllib.loads(
        files("policy").joinpath("clauses.toml").read_text(encoding="utf-8")
    )
    for document, titles in register.items():
        for number, words in titles.items():
            if not isinstance(words, str):  # an unquoted 7.10 is a table [7] in TOML, and reads as something else
                raise UnknownClauseError(f'clauses.toml: quote the number under "{document}": {number} = {words}')
    return register


def _like(word: str, known: tuple[str, ...]) -> str:
    found = process.extract(word, known, scorer=fuzz.ratio, limit=_NEAREST)
    return " or ".join(f'"{near}"' for near, _, _ in found)
