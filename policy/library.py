"""The answer library: what staff ask about the rules, answered once, in our own words, with the clauses.

Each answer is a file in policy/answers: TOML between +++ lines, then the answer. They are read once, when the first
question needs them.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, Final

from policy.clauses import Citation, UnknownClauseError, clause
from policy.packs import Pack, SchoolRules

_MOST_CITED: Final = 4  # contract 3: the most telling first
_PACKS: Final = {"photography": Pack.PHOTO, "online-safety": Pack.ONLINE}  # every other document is DP's
_FENCE: Final = "+++"
_KEYS: Final = frozenset({"asks", "clauses", "rows", "next", "for_dpo", "variants"})
_VARIANT_KEYS: Final = frozenset({"setting", "value", "answer", "clauses"})

# The switches that an answer may depend on, by their names in the school's file (clauses.md 8).
_SWITCHES: Final[Mapping[str, Callable[[SchoolRules], str]]] = {
    "images.personal_device": lambda rules: rules.personal_device.value,
    "consent.age12": lambda rules: rules.age12.value,
    "education.basis": lambda rules: rules.education_basis.value,
    "events.family_filming": lambda rules: rules.family_filming.value,
    "consent.cycle": lambda rules: rules.cycle_in_force.value,
    "withdrawal.published": lambda rules: rules.published_copies.value,
}


class Next(StrEnum):
    """What somebody may want to do after reading an answer."""

    REPORT_BREACH = "report_breach"
    ASK_DPO = "ask_dpo"
    CHECK_PUPIL = "check_pupil"


class AnswerError(ValueError):
    """An answer's file cannot be used; the message says which, and what to change."""


@dataclass(frozen=True, slots=True)
class Variant:
    """What the answer is instead where a school's switch has this value."""

    setting: str
    value: str
    text: str
    clauses: tuple[Citation, ...]  # none: the answer's own


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, as its file has it."""

    slug: str  # the file's name
    asks: tuple[str, ...]  # how staff ask it; the first is its title
    text: str
    clauses: tuple[Citation, ...]  # most telling first
    rows: tuple[str, ...] = ()  # of clauses.md
    next: tuple[Next, ...] = ()
    for_dpo: str = ""  # a note that only the DPO sees: both positions, or where law and policy part
    variants: tuple[Variant, ...] = ()

    @property
    def title(self) -> str:
        """The question that it answers, in the words of whoever asks."""
        return self.asks[0]

    def applies(self, rules: SchoolRules) -> bool:
        """Whether a policy that it rests on is in force at the school; one that rests on none always does."""
        _, clauses = _as_switched(self, rules)
        return not clauses or any(_pack(citation) in rules.packs for citation in clauses)


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as a school gets it: by its own switches, with the clauses of the policies in force there."""

    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, eq=False)  # one library is another only if it is the very same
class Library:
    """All the answers, in the order of their files."""

    answers: tuple[Answer, ...]

    def answer(self, slug: str) -> Answer | None:
        """Look an answer up by its file's name; None where there is none."""
        return next((answer for answer in self.answers if answer.slug == slug), None)


def told(answer: Answer, rules: SchoolRules) -> Told:
    """Tell an answer as the school's switches have it; the citations are of packs in force, at most four."""
    text, clauses = _as_switched(answer, rules)
    return Told(text, tuple(citation for citation in clauses if _pack(citation) in rules.packs)[:_MOST_CITED])


def _as_switched(answer: Answer, rules: SchoolRules) -> tuple[str, tuple[Citation, ...]]:
    text, clauses = answer.text, answer.clauses
    for variant in answer.variants:
        if _SWITCHES[variant.setting](rules) == variant.value:
            text, clauses = variant.text, variant.clauses or answer.clauses
    return text, clauses


def version_of(answer: Answer) -> str:
    """Name an answer as it stands: its file and a mark of its words. Feedback is kept with it."""
    return f"{answer.slug}@{sha256(answer.text.encode()).hexdigest()[:8]}"


@cache
def library() -> Library:
    """Read the packaged answers, once.

    Raises:
        AnswerError: naming the file, where one cannot be used.
        UnknownClauseError: naming file, clause and its nearest, where one cites what the register does not have.

    """
    folder = files("policy").joinpath("answers")
    named = {file.name: file for file in folder.iterdir() if file.name.endswith(".md")}
    return Library(tuple(read(name, named[name].read_text("utf-8")) for name in sorted(named)))


def read(name: str, text: str) -> Answer:
    """Read one answer's file. Raises as `library` does."""
    before, fenced, rest = text.partition(_FENCE)
    head, closed, body = rest.partition(f"\n{_FENCE}\n")
    if before.strip() or not fenced or not closed:
        raise AnswerError(f"answers/{name} must start with its TOML between two lines of {_FENCE}.")
    try:
        given = tomllib.loads(head)
    except tomllib.TOMLDecodeError as problem:
        raise AnswerError(f"answers/{name}: {problem}") from problem
    _refuse_unknown(name, given, _KEYS)
    asks, body = _strings(name, given, "asks"), body.strip()
    if not asks or not body:
        raise AnswerError(f"answers/{name} needs at least one of `asks` and an answer under the second {_FENCE}.")
    clauses = _citations(name, given)
    if not clauses:
        raise AnswerError(f"answers/{name} cites nothing. An answer without a clause is an opinion.")
    nexts = _strings(name, given, "next")
    if unknown := [each for each in nexts if each not in list(Next)]:
        raise AnswerError(f"answers/{name}: `next` has {unknown[0]!r}; it may have {', '.join(Next)}.")
    note = given.get("for_dpo", "")
    if not isinstance(note, str):
        raise AnswerError(f"answers/{name}: `for_dpo` is a text in quotes.")
    return Answer(
        slug=name.removesuffix(".md"),
        asks=asks,
        text=body,
        clauses=clauses,
        rows=_strings(name, given, "rows"),
        next=tuple(Next(each) for each in nexts),
        for_dpo=note.strip(),
        variants=tuple(_variant(name, each) for each in given.get("variants", ())),
    )


def _variant(name: str, given: dict[str, Any]) -> Variant:
    _refuse_unknown(name, given, _VARIANT_KEYS)
    setting = given.get("setting")
    if not isinstance(setting, str) or setting not in _SWITCHES:
        raise AnswerError(f"answers/{name}: no school has a switch {setting!r}. There are {', '.join(_SWITCHES)}.")
    value, answer = given.get("value"), given.get("answer")
    if not isinstance(value, str) or not isinstance(answer, str) or not answer.strip():
        raise AnswerError(f"answers/{name}: a variant needs `value` and `answer`, both in quotes.")
    return Variant(setting, value, answer.strip(), _citations(name, given))


def _citations(name: str, given: Mapping[str, Any]) -> tuple[Citation, ...]:
    cited = []
    for said in _strings(name, given, "clauses"):
        document, _, number = said.rpartition(" ")
        try:
            clause(document, number)
        except UnknownClauseError as unknown:
            raise UnknownClauseError(f"answers/{name}: {unknown}") from unknown
        cited.append(Citation(document, number))
    return tuple(cited)


def _strings(name: str, given: Mapping[str, Any], key: str) -> tuple[str, ...]:
    values = given.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) and value.strip() for value in values):
        raise AnswerError(f"answers/{name}: `{key}` is a list of texts in quotes.")
    return tuple(value.strip() for value in values)


def _refuse_unknown(name: str, given: Mapping[str, Any], known: frozenset[str]) -> None:
    if unknown := sorted(set(given) - known):
        raise AnswerError(
            f"answers/{name} has {unknown[0]!r}, which nothing reads. It may have {', '.join(sorted(known))}."
        )


def _pack(citation: Citation) -> Pack:
    return _PACKS.get(citation.document, Pack.DP)
