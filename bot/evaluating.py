"""Questions with what is expected of each: how many answers are right, which are confused, which are unsafe.

A line is an object with `text`, `as` and `expect` (and perhaps `id`, `same_text_as`, `unsafe_if_yes`, `never_yes`).
A value of `expect` that is a list where the answer has one value means any of them; null or absent is not checked.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

Json = dict[str, Any]
_YES: Final = "yes"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was wrong with one answer; nothing where it was right."""

    id: str
    text: str
    wrong: tuple[str, ...]
    unsafe: bool


@dataclass(slots=True)
class Score:
    """How a whole file went."""

    asked: int = 0
    findings: list[Finding] = field(default_factory=list)
    confusions: Counter[tuple[str, str]] = field(default_factory=Counter)  # (expected shape, given shape)

    @property
    def unsafe(self) -> int:
        """How many answers said yes where none may."""
        return sum(finding.unsafe for finding in self.findings)

    @property
    def accuracy(self) -> float:
        """The share of answers with nothing wrong; 1.0 of none."""
        return 1.0 if not self.asked else 1 - len(self.findings) / self.asked


def score(lines: Sequence[Json], answers: Sequence[Json]) -> Score:
    """Compare the answers with what was expected of each line."""
    said = {str(line.get("id", n)): answer["text"] for n, (line, answer) in enumerate(zip(lines, answers, strict=True))}
    result = Score(asked=len(lines))
    for n, (line, answer) in enumerate(zip(lines, answers, strict=True)):
        expect: Json = line.get("expect", {})
        wrong = [*_differences(expect, answer), *_other_words(line, answer, said)]
        unsafe = _is_unsafe(line, answer)
        if "shape" in expect:
            expected = expect["shape"] if isinstance(expect["shape"], str) else "/".join(expect["shape"])
            result.confusions[expected, answer["shape"]] += 1
        if wrong or unsafe:
            result.findings.append(Finding(str(line.get("id", n)), str(line["text"]), tuple(wrong), unsafe))
    return result


def _differences(expect: Json, answer: Json) -> list[str]:
    wrong = [
        f"{key} is {answer[key]!r}, not {expect[key]!r}"
        for key in ("shape", "decision", "intent")
        if expect.get(key) is not None and not _is_any(answer[key], expect[key])
    ]
    if expect.get("pupils") is not None and {p["name"] for p in answer["pupils"]} != set(expect["pupils"]):
        wrong.append(f"pupils are {sorted(p['name'] for p in answer['pupils'])}")
    if expect.get("leave_out") is not None and set(answer["leave_out"]) != set(expect["leave_out"]):
        wrong.append(f"leave_out is {sorted(answer['leave_out'])}, not {sorted(expect['leave_out'])}")
    if expect.get("name_rule") is not None and not _is_any(_name_rule(answer), expect["name_rule"]):
        wrong.append(f"the name rule is {_name_rule(answer)}, not {expect['name_rule']}")
    if expect.get("citations_any") and not any(_cites(answer, *each) for each in expect["citations_any"]):
        wrong.append(f"it cites {[(c['document'], c['clause']) for c in answer['citations']]}")
    return wrong


def _is_any(given: object, expected: object) -> bool:
    return given in expected if isinstance(expected, list) else given == expected


def _name_rule(answer: Json) -> str:
    """K6 no name, K7 first name only, otherwise the full name may be printed."""
    return next((code for code in ("K6", "K7") if code in answer["conditions"]), "full")


def _cites(answer: Json, document: str, clause: str) -> bool:
    return any(cited["document"] == document and _same_clause(cited["clause"], clause) for cited in answer["citations"])


def _same_clause(cited: str, clause: str) -> bool:
    """Take a clause for its own sub-clauses and its parent: 13.3 and 13.3.6."""
    return cited == clause or cited.startswith(f"{clause}.") or clause.startswith(f"{cited}.")


def _other_words(line: Json, answer: Json, said: Mapping[str, str]) -> list[str]:
    twin = str(line.get("same_text_as", ""))
    return [f"its text differs from that of {twin}"] if twin in said and said[twin] != answer["text"] else []


def _is_unsafe(line: Json, answer: Json) -> bool:
    if answer["decision"] != _YES:
        return False
    if line.get("never_yes"):
        return True
    if not line.get("unsafe_if_yes"):
        return False
    barred = set(line.get("expect", {}).get("leave_out") or ())
    if not barred:
        return True
    covered = {p["name"] for p in answer["pupils"] if p["decision"] == _YES}
    return bool(barred & covered)
