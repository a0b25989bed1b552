"""Learns from examples which dialog a message starts, and says how well that goes on examples it has not seen.

    python tests/bench/telling.py                  # how well, by dialog, in five parts that take turns
    python tests/bench/telling.py --write          # learns from all of them: policy/understanding/learnt.json
    python tests/bench/telling.py --why "TEXT"     # which words speak for what

It needs scikit-learn, which the product does not: pip install scikit-learn. The examples are tests/bench/examples and
tests/acceptance/flow_*.jsonl. Questions about pictures and to the library are examples of what starts nothing, and so
is what stands in not_ours.txt.
"""

import argparse
import json
from collections import Counter
from importlib import import_module
from math import log
from pathlib import Path
from typing import Any, Final

from policy.library import library
from policy.understanding.likeness import likeness, signs_of
from policy.understanding.telling import tale_of

ROOT: Final = Path(__file__).parents[2]
EXAMPLES: Final = ROOT / "tests" / "acceptance" / "flow_questions.jsonl"
MORE: Final = EXAMPLES.with_name("flow_development.jsonl")
NOT_OURS: Final = EXAMPLES.with_name("not_ours.txt")
TOLD: Final = Path(__file__).parent / "examples"
LEARNT: Final = ROOT / "policy" / "understanding" / "learnt.json"
NOTHING: Final = frozenset({"policy_question", "unknown"})
EVERY: Final = 2  # of the library's questions one in so many
FIT: Final = 20.0  # how closely it follows the examples (C)
FOLDS: Final = 5
LEAST: Final = 1.5  # weights under it are left out
FEWEST: Final = 4  # examples that a pair of words must be in
Example = tuple[str, str]


def main() -> None:
    """Report, learn, or explain."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--why", metavar="TEXT")
    options = parser.parse_args()
    if options.why:
        _why(options.why)
    elif options.write:
        LEARNT.write_text(_file(*_learn(_examples())), "utf-8")
    else:
        _report(_examples())


def _examples() -> list[Example]:
    told = [json.loads(line) for file in (EXAMPLES, MORE) for line in file.read_text("utf-8").splitlines()]
    asks = NOT_OURS.read_text("utf-8").splitlines()
    asks += [ask for answer in library().answers for ask in answer.asks][::EVERY]
    for file in (EXAMPLES.with_name("photo_questions.jsonl"), *sorted(EXAMPLES.parent.glob("policy_*.jsonl"))):
        asks += [json.loads(line)["text"] for line in file.read_text("utf-8").splitlines()]
    for file in ("not_ours.txt", "says_little.txt", "about_rules.txt"):
        asks += (TOLD / file).read_text("utf-8").splitlines()
    asks += [json.loads(line)["text"] for line in (TOLD / "rules.jsonl").read_text("utf-8").splitlines()]
    more = [json.loads(line) for line in (TOLD / "flows.jsonl").read_text("utf-8").splitlines()]
    return [
        *((each["text"], _kind(each["expect"]["intent"])) for each in told),
        *((each["text"], each["intent"]) for each in more),
        *((ask, "none") for ask in asks),
    ]


def _kind(expected: str | list[str]) -> str:
    first = expected if isinstance(expected, str) else expected[0]
    return "none" if first in NOTHING else first


def _learn(examples: list[Example]) -> tuple[Any, dict[str, float], dict[str, int]]:
    matrices, models = import_module("scipy.sparse"), import_module("sklearn.linear_model")  # where installed
    rows = [signs_of(tale_of(text)) for text, _ in examples]
    counts = Counter(sign for row in rows for sign in row)
    rarity = _rarity(counts, len(rows))
    place = {sign: at for at, sign in enumerate(rarity)}
    data: list[float] = []
    columns: list[int] = []
    starts = [0]
    for row in rows:
        unit = _unit(row, rarity)
        data += unit.values()
        columns += [place[sign] for sign in unit]
        starts.append(len(data))
    matrix = matrices.csr_matrix((data, columns, starts), shape=(len(rows), len(place)))
    model = models.LogisticRegression(C=FIT, max_iter=1000).fit(matrix, [kind for _, kind in examples])
    return model, rarity, place


def _rarity(counts: Counter[str], many: int) -> dict[str, float]:
    return {sign: log(1 + many / (1 + n)) for sign, n in counts.items() if " " not in sign or n >= FEWEST}


def _unit(row: dict[str, float], rarity: dict[str, float]) -> dict[str, float]:
    weighed = {sign: value * rarity[sign] for sign, value in row.items() if sign in rarity}
    length = sum(value**2 for value in weighed.values()) ** 0.5 or 1.0
    return {sign: value / length for sign, value in weighed.items()}


def _file(model: Any, rarity: dict[str, float], place: dict[str, int]) -> str:  # noqa: ANN401  a library without types
    weights = {}
    for sign, at in sorted(place.items()):
        told = [(kind, model.coef_[kind][at] * rarity[sign]) for kind in range(len(model.classes_))]
        kept = [part for kind, weight in told if abs(weight) >= LEAST for part in (kind, round(float(weight), 2))]
        weights[sign] = [round(rarity[sign], 2), *kept]
    weights = {sign: row for sign, row in weights.items() if len(row) > 1 or " " not in sign}
    lines = ",\n".join(f"{json.dumps(sign, ensure_ascii=False)}: {json.dumps(row)}" for sign, row in weights.items())
    head = json.dumps({"intents": list(model.classes_), "bias": [round(float(b), 3) for b in model.intercept_]})
    return f'{head[:-1]}, "weights": {{\n{lines}\n}}}}\n'


def _report(examples: list[Example]) -> None:
    right, asked, wrong = Counter[str](), Counter[str](), Counter[tuple[str, str]]()
    for fold in range(FOLDS):
        held = [example for n, example in enumerate(examples) if n % FOLDS == fold]
        model, rarity, place = _learn([example for n, example in enumerate(examples) if n % FOLDS != fold])
        for text, kind in held:
            got = _best(model, _unit(signs_of(tale_of(text)), rarity), place)
            asked[kind] += 1
            right[kind] += got == kind
            if got != kind:
                wrong[kind, got] += 1
    for kind, many in asked.most_common():
        print(f"{kind:24} {right[kind]:5} of {many:5}  {right[kind] / many:.3f}")
    for (kind, got), many in wrong.most_common(12):
        print(f"  {kind} taken for {got}: {many}")


def _best(model: Any, unit: dict[str, float], place: dict[str, int]) -> str:  # noqa: ANN401  a library without types
    scores = [
        float(model.intercept_[kind]) + sum(model.coef_[kind][place[sign]] * value for sign, value in unit.items())
        for kind in range(len(model.classes_))
    ]
    return str(model.classes_[scores.index(max(scores))])


def _why(text: str) -> None:
    told = json.loads(LEARNT.read_text("utf-8"))
    tale = tale_of(text)
    like = likeness(tale)
    print(
        {intent.value: round(chance, 2) for intent, chance in like.chances.items() if chance > 0.01}
        | {"none": round(like.none, 2)}
    )
    for sign in signs_of(tale):
        row = told["weights"].get(sign, [0.0])
        print(
            f"  {sign:28}",
            {told["intents"][int(kind)]: weight for kind, weight in zip(row[1::2], row[2::2], strict=True)},
        )


if __name__ == "__main__":
    main()
