"""Learns from examples which questions are ours, and says how well that goes on examples it has not seen.

    python tests/bench/ours.py                  # how well, in five parts that take turns
    python tests/bench/ours.py --write          # learns from all of them: policy/finding/ours.json
    python tests/bench/ours.py --why "TEXT"     # which words speak for what

It needs scikit-learn, which the product does not: pip install scikit-learn. Ours are the phrasings of the library and
the questions of tests/acceptance/policy_*.jsonl and tests/bench/examples that have an answer; the others, and what
stands in their not_ours.txt or says too little, are not.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from importlib import import_module
from math import sqrt
from pathlib import Path
from typing import Any, Final

from policy.finding.ours import Learnt, learnt
from policy.library import library
from policy.matching import meaning_of

ROOT: Final = Path(__file__).parents[2]
ASKED: Final = ROOT / "tests" / "acceptance"
TOLD: Final = Path(__file__).parent / "examples"
LEARNT: Final = ROOT / "policy" / "finding" / "ours.json"
FIT: Final = 4.0  # how closely it follows the examples (C)
FOLDS: Final = 5
LEAST: Final = 0.25  # weights under it are left out
FEWEST: Final = 2  # examples that a pair of words must be in
Example = tuple[str, bool]


def main() -> None:
    """Report, learn, or explain."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--why", metavar="TEXT")
    options = parser.parse_args()
    if options.why:
        _why(options.why)
    elif options.write:
        LEARNT.write_text(_file(learn(examples())), "utf-8")
    else:
        _report(examples())


def examples() -> list[Example]:
    """Return every example once, with whether it is ours."""
    told: dict[str, bool] = {ask: True for answer in library().answers for ask in answer.asks}
    for file in sorted(ASKED.glob("policy_*.jsonl")):
        for each in map(json.loads, file.read_text("utf-8").splitlines()):
            told[each["text"]] = bool(each["expect"]["citations_any"])
    for each in map(json.loads, (TOLD / "rules.jsonl").read_text("utf-8").splitlines()):
        told[each["text"]] = True
    told |= dict.fromkeys((TOLD / "about_rules.txt").read_text("utf-8").splitlines(), True)
    for file in (ASKED / "not_ours.txt", TOLD / "not_ours.txt", TOLD / "says_little.txt"):
        told |= dict.fromkeys(file.read_text("utf-8").splitlines(), False)
    return list(told.items())


def learn(known: Sequence[Example]) -> Learnt:
    """Learn how much every word speaks for a question's being ours."""
    matrices, models = import_module("scipy.sparse"), import_module("sklearn.linear_model")  # where installed
    rows = [meaning_of(text, library()).about for text, _ in known]
    counts = Counter(what for row in rows for what in row)
    place = {what: at for at, what in enumerate(what for what, n in counts.items() if " " not in what or n >= FEWEST)}
    data: list[float] = []
    columns: list[int] = []
    starts = [0]
    for row in rows:
        length = sqrt(sum(weight**2 for weight in row.values())) or 1.0
        kept = {what: weight / length for what, weight in row.items() if what in place}
        data += kept.values()
        columns += [place[what] for what in kept]
        starts.append(len(data))
    matrix = matrices.csr_matrix((data, columns, starts), shape=(len(rows), len(place)))
    model = models.LogisticRegression(C=FIT, max_iter=2000, class_weight="balanced")
    model.fit(matrix, [ours for _, ours in known])
    weights = {what: round(float(model.coef_[0][at]), 2) for what, at in place.items()}
    kept_weights = {what: weight for what, weight in sorted(weights.items()) if abs(weight) >= LEAST}
    return Learnt(round(float(model.intercept_[0]), 3), kept_weights)


def unseen(known: Sequence[Example]) -> dict[str, float]:
    """Give the odds of each text as learnt from the other parts alone."""
    odds: dict[str, float] = {}
    for fold in range(FOLDS):
        told = learn([example for n, example in enumerate(known) if n % FOLDS != fold])
        odds |= {text: told.odds(meaning_of(text, library())) for text, _ in known[fold::FOLDS]}
    return odds


def _file(told: Learnt) -> str:
    lines = ",\n".join(
        f"{json.dumps(what, ensure_ascii=False)}: {json.dumps(weight)}" for what, weight in told.weights.items()
    )
    return f'{{"bias": {told.bias}, "weights": {{\n{lines}\n}}}}\n'


def _report(known: Sequence[Example]) -> None:
    odds = unseen(known)
    for ours in (True, False):
        mine = sorted(odds[text] for text, is_ours in known if is_ours is ours)
        right = sum((each > 0) is ours for each in mine)
        print(f"{'ours' if ours else 'not ours':10} {right:5} of {len(mine):5}  {right / len(mine):.3f}")


def _why(text: str) -> None:
    told: Any = learnt()
    asked = meaning_of(text, library())
    print(f"odds {told.odds(asked):.2f}")
    for what, weight in asked.about.items():
        print(f"  {what:28} {told.weights.get(what, 0.0):6.2f} x {weight}")


if __name__ == "__main__":
    main()
