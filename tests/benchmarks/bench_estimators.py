"""Estimators, tree splits and text against their peers, side by side: `python -m tests.benchmarks.bench_estimators`.

Each figure is a ratio of times measured in turns (peer, ours, peer, ours, ...), the median over the turns; validation
is included on both sides. The last columns set our time against np.log of the same numbers, which is about the least
that a pass over them can cost, and show the peak extra memory as a share of the input.
"""

from collections import Counter
from math import log

import numpy as np
from sklearn.feature_selection import mutual_info_classif, mutual_info_regression
from sklearn.tree import DecisionTreeClassifier

from core.coding import empirical_entropy
from core.datasets import LETTER_FREQUENCIES
from core.estimate import mutual_information_table
from core.trees import best_split
from tests.benchmarks.bench_discrete import ratio
from tests.core.memory import extra_memory

TEXT_SIZE = 10**6


def made_up_text(rng: np.random.Generator) -> str:
    """A megabyte of words of English letters, their frequencies falling as one over the rank (Zipf)."""
    letters, p = list(LETTER_FREQUENCIES), list(LETTER_FREQUENCIES.values())
    words = ["".join(rng.choice(letters, p=p, size=rng.integers(1, 10))) for _ in range(5000)]
    rank = 1.0 / np.arange(1, len(words) + 1)
    return " ".join(rng.choice(words, p=rank / rank.sum(), size=TEXT_SIZE // 2))[:TEXT_SIZE]


def counter_entropy(text: str, order: int) -> float:
    """The same empirical entropy with a Counter."""
    places = range(len(text) - order)
    grams = Counter(text) if order == 0 else Counter(text[i : i + order + 1] for i in places)
    contexts: Counter[str] = Counter()
    for gram, n in grams.items():
        contexts[gram[:-1]] += n
    return sum(n * log(contexts[gram[:-1]] / n) for gram, n in grams.items()) / len(places)


def show(name: str, peer, ours, data: np.ndarray, turns: int) -> None:
    """One line of the table."""
    gain, took = ratio(peer, ours, turns=turns)
    limit, _ = ratio(lambda: np.log(data), ours, turns=turns)
    print(f"{name:44}{gain:7.1f}{took * 1e3:10.1f}{1 / limit:12.1f}{extra_memory(ours, data.nbytes):12.1f}")


def main() -> None:
    """Print the table."""
    rng = np.random.default_rng(20240502)
    print(f"{'':44}times peer     ms  times np.log  memory")
    y = rng.integers(0, 3, 10_000)
    X = rng.standard_normal((10_000, 20)) + np.outer(y, np.linspace(0, 1, 20))
    z = X[:, 10] + rng.standard_normal(10_000)
    positive = np.abs(X) + 1.0
    show(
        "Ross, 10000 x 20, 3 classes (scikit-learn)",
        lambda: mutual_info_classif(X, y, random_state=0),
        lambda: mutual_information_table(X, y),
        positive,
        turns=7,
    )
    show(
        "KSG, 10000 x 20 (scikit-learn)",
        lambda: mutual_info_regression(X, z, random_state=0),
        lambda: mutual_information_table(X, z, discrete_target=False),
        positive,
        turns=7,
    )
    y = rng.integers(0, 3, 100_000)
    X = rng.standard_normal((100_000, 20)) + np.outer(y, np.linspace(0, 1, 20))
    positive = np.abs(X) + 1.0
    for criterion in ("entropy", "gini"):
        peer = DecisionTreeClassifier(max_depth=1, criterion=criterion)
        show(
            f"best split, 100000 x 20, {criterion} (scikit-learn)",
            lambda peer=peer: peer.fit(X, y),
            lambda criterion=criterion: best_split(X, y, criterion),
            positive,
            turns=7,
        )
    text = made_up_text(rng)
    codes = np.frombuffer(text.encode(), np.uint8).astype(float)
    for order in range(6):
        assert abs(counter_entropy(text, order) - empirical_entropy(text, order)) < 1e-9
        show(
            f"entropy of order {order}, 1 MB of text (Counter)",
            lambda order=order: counter_entropy(text, order),
            lambda order=order: empirical_entropy(text, order),
            codes,
            turns=5,
        )


if __name__ == "__main__":
    main()
