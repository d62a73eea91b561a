"""What the functions of batches need beyond their input and result, for the test of it and for the benchmark."""

import tracemalloc
from collections.abc import Callable

import numpy as np

from core import discrete, divergence, estimate, joint, losses, trees

ROWS, OUTCOMES = 10_000, 100


def extra_memory(call: Callable[[], object], size: int) -> float:
    """Peak memory during the call beyond what it hands back, as a share of the input."""
    tracemalloc.start()
    kept = call()
    now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del kept
    return (peak - now) / size


def batch_functions() -> dict[str, tuple[Callable[[], object], int]]:
    """Every function that reduces rows or tables, with a call on a large batch and the bytes that this reads."""
    rng = np.random.default_rng(20240501)
    p, q = discrete.normalize(rng.exponential(size=(2, ROWS, OUTCOMES)))
    counts, classes = rng.integers(1, 50, (ROWS, OUTCOMES)), rng.integers(0, OUTCOMES, ROWS)
    tables, count_tables = p.reshape(-1, 10, 10), counts.reshape(-1, 10, 10)
    cubes = discrete.normalize(p**4).reshape(-1, 5, 5, 4)  # far from independence, where digits cost time
    scores = p.reshape(-1, OUTCOMES, OUTCOMES)
    one = {
        **{name: (getattr(discrete, name), p) for name in ("entropy", "entropy_from_logits", "perplexity")},
        **{f"renyi_entropy {a:g}": (lambda p, a=a: divergence.renyi_entropy(p, a), p) for a in (0, 2, np.inf)},
        **{name: (getattr(joint, name), tables) for name in ("joint_entropy", "mutual_information")},
        "mutual_information of counts": (joint.mutual_information, count_tables),
        "conditional_entropy": (lambda t: joint.conditional_entropy(t, "x"), tables),
        "normalized_mutual_information": (joint.normalized_mutual_information, tables),
        "pointwise_mutual_information": (joint.pointwise_mutual_information, tables[:1000]),
        "interaction_information": (joint.interaction_information, cubes),
        "conditional_mutual_information": (joint.conditional_mutual_information, cubes),
        "total_correlation": (joint.total_correlation, cubes),
        "information_diagram": (joint.information_diagram, cubes),
        "entropy_from_counts": (estimate.entropy_from_counts, counts),
        "impurity": (trees.impurity, counts),
        **{f"impurity, {c}": (lambda n, c=c: trees.impurity(n, c), counts) for c in ("gini", "misclassification")},
        "information_gain": (trees.information_gain, count_tables),
        "information_gain, gini": (lambda n: trees.information_gain(n, "gini"), count_tables),
        **{name: (getattr(losses, name), p) for name in ("softmax", "log_softmax")},
        "normalize": (discrete.normalize, p),
        "cross_entropy_with_logits": (lambda z: losses.cross_entropy_with_logits(z, classes, 0.1), p),
        "cross_entropy_with_logits_grad": (lambda z: losses.cross_entropy_with_logits_grad(z, classes), p),
        "infonce": (estimate.infonce, scores),
    }
    two = {
        **{n: getattr(discrete, n) for n in ("cross_entropy", "kl_divergence", "js_divergence", "js_distance")},
        **{n: getattr(divergence, n) for n in ("total_variation", "chi2_divergence", "hellinger_distance")},
        **{f"renyi_divergence {a:g}": lambda p, q, a=a: divergence.renyi_divergence(p, q, a) for a in (0, 2, np.inf)},
        "alpha_divergence 0.5": lambda p, q: divergence.alpha_divergence(p, q, 0.5),
        "f_divergence of a function": lambda p, q: divergence.f_divergence(p, q, lambda t: (t - 1) ** 2),
    }
    transposed, shared = (
        p.reshape(100, 100, OUTCOMES).transpose(1, 0, 2),
        np.broadcast_to(q[:100], (100, 100, OUTCOMES)),
    )
    return {
        **{name: (lambda f=f, x=x: f(x), x.nbytes) for name, (f, x) in one.items()},
        **{name: (lambda f=f: f(p, q), p.nbytes + q.nbytes) for name, f in two.items()},
        "kl_divergence, strange layouts": (lambda: discrete.kl_divergence(transposed, shared), 2 * p.nbytes),
    }
