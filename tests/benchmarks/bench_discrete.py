"""Discrete measures against scipy, side by side: `python -m tests.benchmarks.bench_discrete`.

Each figure is a ratio of times measured in turns (peer, ours, peer, ours, ...), the median over the turns; validation
is included. Peak extra memory is what tracemalloc sees beyond the input and the result. The imports are timed in turns
as well, each in a process of its own.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import numpy as np
import scipy.spatial.distance
import scipy.stats

from core.discrete import entropy, js_distance, js_divergence, kl_divergence, normalize
from tests.core.memory import OUTCOMES, ROWS, batch_functions, extra_memory
from tests.core.test_package import MODULES


def seconds(call: Callable[[], object], repeats: int) -> float:
    """Mean duration of one call over a few in a row."""
    start = time.perf_counter()
    for _ in range(repeats):
        call()
    return (time.perf_counter() - start) / repeats


def ratio(peer: Callable[[], object], ours: Callable[[], object], repeats: int = 1, turns: int = 31) -> tuple:
    """Median of peer/ours over the turns, and the median duration of ours in seconds."""
    pairs = [(seconds(peer, repeats), seconds(ours, repeats)) for _ in range(turns)]
    return statistics.median(a / b for a, b in pairs), statistics.median(b for _, b in pairs)


def batches() -> None:
    """Print how large batches compare with scipy, and the memory that these and the other functions of batches need."""
    rng = np.random.default_rng(20240501)
    p, q = normalize(rng.exponential(size=(2, ROWS, OUTCOMES)))
    near = normalize(p * (1 + 1e-6 * rng.standard_normal(p.shape)))
    sparse = normalize(p * (rng.random(p.shape) < 0.5))
    out = np.empty_like(p)
    # scipy has no answer (NaN and warnings) for near-equal rows: there its time on unrelated ones is the measure.
    js_peer = scipy.spatial.distance.jensenshannon
    batch = [
        ("entropy", lambda: scipy.stats.entropy(p, axis=-1), lambda: entropy(p), p.nbytes),
        ("entropy, half of it zeros", lambda: scipy.stats.entropy(sparse, axis=-1), lambda: entropy(sparse), p.nbytes),
        ("KL", lambda: scipy.stats.entropy(p, q, axis=-1), lambda: kl_divergence(p, q), 2 * p.nbytes),
        (
            "KL, zeros in p",
            lambda: scipy.stats.entropy(sparse, q, axis=-1),
            lambda: kl_divergence(sparse, q),
            2 * p.nbytes,
        ),
        (
            "KL, all rows near-equal",
            lambda: scipy.stats.entropy(p, near, axis=-1),
            lambda: kl_divergence(p, near),
            2 * p.nbytes,
        ),
        ("JS", lambda: js_peer(p, q, axis=-1), lambda: js_distance(p, q), 2 * p.nbytes),
        ("JS, zeros in p", lambda: js_peer(sparse, q, axis=-1), lambda: js_distance(sparse, q), 2 * p.nbytes),
        ("JS, near (scipy: unrelated)", lambda: js_peer(p, q, axis=-1), lambda: js_divergence(p, near), 2 * p.nbytes),
    ]
    print(f"({ROWS}, {OUTCOMES}) float64        times scipy   ms   times np.log   extra memory")
    for name, peer, ours, size in batch:
        gain, took = ratio(peer, ours)
        limit, _ = ratio(lambda: np.log(p, out=out), ours)
        print(f"{name:28}{gain:9.1f}{took * 1e3:9.2f}{1 / limit:11.2f}{extra_memory(ours, size):14.1%}")
    print("\nextra memory of the others")
    for name, (call, size) in batch_functions().items():
        print(f"{name:38}{extra_memory(call, size):7.1%}")


def single_calls() -> None:
    """Print how a call on three outcomes compares with scipy."""
    js_peer = scipy.spatial.distance.jensenshannon
    a, b = np.array([0.5, 0.25, 0.25]), np.array([0.25, 0.25, 0.5])
    single = [
        ("entropy", lambda: scipy.stats.entropy(a), lambda: entropy(a)),
        ("KL", lambda: scipy.stats.entropy(a, b), lambda: kl_divergence(a, b)),
        ("JS", lambda: js_peer(a, b), lambda: js_distance(a, b)),
    ]
    print("\none call on 3 outcomes    times scipy   microseconds")
    for name, peer, ours in single:
        gain, took = ratio(peer, ours, repeats=200)
        print(f"{name:28}{gain:9.1f}{took * 1e6:12.1f}")


def imports() -> None:
    """Print how long imports take, less the start of the interpreter: the least of many."""
    codes = {"numpy and scipy": "import numpy, scipy", "core": "import core"}
    codes["all of its modules"] = f"from core import {', '.join(MODULES)}"
    least = dict.fromkeys(["", *codes.values()], np.inf)
    for _ in range(15):
        for code in least:
            run = [sys.executable, "-c", code]
            least[code] = min(least[code], seconds(lambda run=run: subprocess.run(run, check=True), 1))
    print("\nimport                             ms")
    for name, code in codes.items():
        print(f"{name:28}{(least[code] - least['']) * 1e3:9.1f}")


if __name__ == "__main__":
    batches()
    single_calls()
    imports()
