"""How well questions find their answers: right, wrong, none; what is not ours; and how long it takes.

    python tests/bench/finding.py                  # both splits, a confusion table, microseconds; prints JSON
    python tests/bench/finding.py --choose         # tries thresholds on the development split alone
    python tests/bench/finding.py --fit            # fits WEIGHTS of policy/matching.py to all questions; prints them
    python tests/bench/finding.py --left-out       # every phrasing of the library, asked of a library without it
    python tests/bench/finding.py --misses         # what went wrong, question by question
    python tests/bench/finding.py FILE.jsonl …     # other questions in the format of tests/acceptance

Bounds (issue 5): a right clause in 85 of 100, 90 of 100 of what is not ours kept out, with 2,000 answers 1 ms at the
median and 5 ms at the 99th percentile. The questions are tests/acceptance/policy_questions.jsonl; thresholds are chosen
on "development", reported on "test". --fit needs scikit-learn, which the product does not: pip install scikit-learn.
"""

import argparse
import gc
import itertools
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from policy import matching
from policy.library import Answer, Library, library, told
from policy.matching import Found, NotFound, Outcome, Suggestions, find
from policy.packs import SchoolRules

sys.path.insert(0, str(Path(__file__).parent))  # a script's neighbours

import ours as learning

ROOT: Final = Path(__file__).parents[2]
QUESTIONS: Final = ROOT / "tests" / "acceptance" / "policy_questions.jsonl"
NOT_OURS: Final = QUESTIONS.with_name("not_ours.txt")
RULES: Final = SchoolRules()
LEAST_KEPT_OUT: Final = 0.93  # of what is not ours, on the development split: three points above the bound
FOLDS: Final = 8
LEAST_RIGHT: Final = 0.85
LEAST_LEFT: Final = 0.9
MEDIAN_US: Final = 1_000
P99_US: Final = 5_000
VERDICTS: Final = ("answer, right", "answer, wrong", "choice, right", "choice, wrong", "none")
Clause = tuple[str, str]
Question = dict[str, Any]


def main() -> None:
    """Measure, or choose."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=[QUESTIONS])
    parser.add_argument("--choose", action="store_true")
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--left-out", action="store_true")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    asked = [json.loads(line) for file in options.files for line in file.read_text("utf-8").splitlines()]
    if options.choose:
        _choose([each for each in asked if each.get("split", "development") == "development"])
    elif options.fit:
        _fit()
    elif options.left_out:
        _left_out()
    else:
        told = {
            split: _report([each for each in asked if each.get("split", "all") == split], misses=options.misses)
            for split in dict.fromkeys(each.get("split", "all") for each in asked)
        }
        print(json.dumps({"splits": told, "speed": _speed(asked)}, indent=1))


def _report(asked: Sequence[Question], *, misses: bool) -> dict[str, Any]:
    table = Counter[tuple[str, str]]()
    first = 0
    for each in asked:
        outcome = find(each["text"], library(), rules=RULES)
        kind = "ours" if _expected(each) else "not ours"
        verdict = _verdict(outcome, _expected(each))
        table[kind, verdict] += 1
        first += bool(_expected(each)) and _is_right(_cited(outcome)[:1], _expected(each), whole=outcome)
        if misses and verdict not in {"answer, right", "choice, right"} and (kind, verdict) != ("not ours", "none"):
            got = [answer.slug for answer in _answers(outcome)]
            print(f"  {verdict:14} {each['text']!r} got {got}", file=sys.stderr)
    ours = sum(n for (kind, _), n in table.items() if kind == "ours")
    others = sum(table.values()) - ours
    right = table["ours", "answer, right"] + table["ours", "choice, right"]
    told: dict[str, Any] = {
        kind: {verdict: table[kind, verdict] for verdict in VERDICTS} for kind in ("ours", "not ours")
    }
    within = True
    if ours:
        told |= {"right_clause": round(right / ours, 3), "by_the_first_alone": round(first / ours, 3)}
        within = right / ours >= LEAST_RIGHT
    if others:
        told["kept_out"] = round(table["not ours", "none"] / others, 3)
        within = within and table["not ours", "none"] / others >= LEAST_LEFT
    return told | {"targets": {"right_clause": LEAST_RIGHT, "kept_out": LEAST_LEFT}, "within_target": within}


def _verdict(outcome: Outcome, expected: Sequence[Clause]) -> str:
    match outcome:
        case NotFound():
            return "none"
        case Found():
            return f"answer, {'right' if _is_right(_cited(outcome), expected) else 'wrong'}"
        case Suggestions():
            return f"choice, {'right' if _is_right(_cited(outcome), expected) else 'wrong'}"


def _answers(outcome: Outcome) -> tuple[Answer, ...]:
    match outcome:
        case NotFound():
            return ()
        case Found(answer):
            return (answer,)
        case Suggestions(answers):
            return answers


def _cited(outcome: Outcome) -> list[Clause]:
    """Return what the bot would cite: the clauses of an answer, the first of each choice and of what is beside."""
    beside = outcome.beside if isinstance(outcome, Found) else ()
    also = [(cited.document, cited.clause) for each in beside for cited in told(each, RULES).citations[:1]]
    most = 4 - len(also) if isinstance(outcome, Found) else 1
    answers = _answers(outcome)
    return [
        *((cited.document, cited.clause) for answer in answers for cited in told(answer, RULES).citations[:most]),
        *also,
    ]


def _is_right(cited: Sequence[Clause], expected: Sequence[Clause], *, whole: Outcome | None = None) -> bool:
    if whole is not None:
        answers = _answers(whole)[:1]
        cited = [(each.document, each.clause) for answer in answers for each in told(answer, RULES).citations]
    return any(_same(one, other) for one, other in itertools.product(cited, expected))


def _same(one: Clause, other: Clause) -> bool:
    """Take a clause for its own sub-clauses and its parent, as tests/acceptance does."""
    return one[0] == other[0] and f"{one[1]}.".startswith(f"{other[1]}.") | f"{other[1]}.".startswith(f"{one[1]}.")


def _expected(each: Question) -> list[Clause]:
    return [(document, clause) for document, clause in each["expect"]["citations_any"]]


def _choose(asked: Sequence[Question]) -> None:
    """Try thresholds; the best gives most right answers while enough of what is not ours is kept out."""
    best: list[tuple[float, float, tuple[float, ...]]] = []
    for sure, likely, ahead in itertools.product(
        (0.48, 0.52, 0.56, 0.6), (0.4, 0.44, 0.48, 0.52), (0.03, 0.06, 0.09, 0.12)
    ):
        matching.SURE, matching.LIKELY, matching.AHEAD = sure, likely, ahead  # type: ignore[misc]  # the one place that tries others
        verdicts = Counter[tuple[bool, str]]()
        for each in asked:
            outcome = find(each["text"], library(), rules=RULES)
            verdicts[bool(_expected(each)), _verdict(outcome, _expected(each))] += 1
        kept = verdicts[False, "none"] / max(1, sum(n for (ours, _), n in verdicts.items() if not ours))
        ours = sum(n for (is_ours, _), n in verdicts.items() if is_ours)
        # A choice that holds the right one is worth less than the right one at once, a wrong answer worst of all.
        worth = verdicts[True, "answer, right"] + 0.8 * verdicts[True, "choice, right"]
        worth -= verdicts[True, "answer, wrong"]
        if kept >= LEAST_KEPT_OUT:
            best.append((worth / ours, kept, (sure, likely, ahead)))
    for worth, kept, (sure, likely, ahead) in sorted(best, reverse=True)[:5]:
        print(f"worth {worth:.3f}  kept out {kept:.3f}  SURE {sure}  LIKELY {likely}  AHEAD {ahead}")


def _fit() -> None:
    """Fit what makes a question one of ours; print it as policy/matching.py has it."""
    numpy, models = import_module("numpy"), import_module("sklearn.linear_model")  # where installed
    rows, names, weights = list[list[float]](), list[str](), list[float]()
    ours = list[bool]()
    odds = learning.unseen(learning.examples())  # as they will be for questions that nobody has written down
    for is_ours, text, held, weight in _told_apart():
        signs = matching.read(text, held, rules=RULES).signs
        if signs:
            signs["ours"] = odds[text]
            names = list(signs)
            rows.append(list(signs.values()))
            ours.append(is_ours)
            weights.append(weight)
    signs_of = numpy.array(rows)
    middle, spread = signs_of.mean(0), signs_of.std(0) + 1e-9
    middle[0], spread[0] = 0, 1  # "always" is the constant
    model = models.LogisticRegression(max_iter=2000, fit_intercept=False)
    told = model.fit((signs_of - middle) / spread, ours, sample_weight=weights).coef_[0]
    fitted = told / spread
    fitted[0] -= (told * middle / spread)[1:].sum()
    print("WEIGHTS: Final = {")
    for name, value in zip(names, fitted, strict=True):
        print(f'    "{name}": {value:.2f},')
    print("}")


def _told_apart() -> Iterator[tuple[bool, str, Library, float]]:
    """Give what is ours and what is not, the library to ask, and how much it counts.

    What was written last counts most, for nothing was tuned on it; a tenth of the library's own phrasings is asked of
    a library without them.
    """
    for file in sorted(QUESTIONS.parent.glob("policy_*.jsonl")):
        newest = file.name == "policy_development.jsonl"
        for line in map(json.loads, file.read_text("utf-8").splitlines()):
            ours = bool(_expected(line))
            yield ours, line["text"], library(), (3.0 if newest else 0.5 if ours else 1.0)
    for text in NOT_OURS.read_text("utf-8").splitlines():
        yield False, text, library(), 3.0
    for text in (learning.TOLD / "not_ours.txt").read_text("utf-8").splitlines():
        yield False, text, library(), 1.0
    for text in (learning.TOLD / "says_little.txt").read_text("utf-8").splitlines():
        yield False, text, library(), 3.0
    for line in (learning.TOLD / "rules.jsonl").read_text("utf-8").splitlines():
        yield True, json.loads(line)["text"], library(), 1.0
    for fold, without in itertools.islice(enumerate(_without_a_fold()), 2):
        for answer in library().answers:
            for ask in answer.asks[fold::FOLDS]:
                yield True, ask, without, 0.5


def _left_out() -> None:
    """Ask each phrasing of a library that does not hold it: how a question in words nobody listed fares."""
    asked, first, offered = 0, 0, 0
    for fold, without in enumerate(_without_a_fold()):
        for whole, kept in zip(library().answers, without.answers, strict=True):
            for ask in (ask for n, ask in enumerate(whole.asks) if n % FOLDS == fold):
                outcome = find(ask, without, rules=RULES)
                asked += 1
                first += _is_right([], [(kept.clauses[0].document, kept.clauses[0].clause)], whole=outcome)
                offered += any(answer.slug == kept.slug for answer in _answers(outcome))
    print(
        f"{asked} phrasings left out: a right clause first {first / asked:.3f}, the very answer {offered / asked:.3f}"
    )


def _without_a_fold() -> Iterator[Library]:
    for fold in range(FOLDS):
        yield Library(
            tuple(
                replace(answer, asks=tuple(ask for n, ask in enumerate(answer.asks) if n % FOLDS != fold))
                for answer in library().answers
            )
        )


def _speed(asked: Sequence[Question]) -> dict[str, Any]:
    """Time one question each, in the library as it is and in one of 2,000 answers."""
    answers = library().answers
    large = Library(tuple(replace(answers[n % len(answers)], slug=f"{n}") for n in range(2000)))
    told: dict[str, Any] = {}
    for name, held in (("packaged", library()), ("2000_answers", large)):
        began = time.perf_counter()
        find("is my phone a camera", held, rules=RULES)
        built = time.perf_counter() - began
        gc.collect()
        gc.freeze()  # as the server does once it has started
        took = [_microseconds(each["text"], held) for each in asked]
        percentiles = statistics.quantiles(took, n=100)
        median = statistics.median(took)
        told[name] = {"median_us": round(median), "p99_us": round(percentiles[98]), "index_s": round(built, 2)}
        told[name]["within_target"] = median < MEDIAN_US and percentiles[98] < P99_US
    return told | {"targets": {"median_us": MEDIAN_US, "p99_us": P99_US}}


def _microseconds(text: str, held: Library) -> float:
    """Time a question; the median of five, for another process's slice of the processor is none of ours."""
    times = []
    for _ in range(5):
        began = time.perf_counter()
        find(text, held, rules=RULES)
        times.append((time.perf_counter() - began) * 1e6)
    return statistics.median(times)


if __name__ == "__main__":
    main()
