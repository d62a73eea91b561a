"""Every function of the package, fed with what it must not swallow, one argument at a time.

A ValueError that names the argument is the only way out: no other exception, no warning, no NaN. What has to be
refused is refused, whichever argument it stands in for.
"""

import datetime
import importlib
import inspect
import itertools
import re
from decimal import Decimal

import numpy as np
import pytest

from core.mixture import Mixture
from core.trees import grow_tree
from tests.core.test_package import MAP

P, Q = [0.5, 0.25, 0.25], [0.25, 0.25, 0.5]
TABLE, CUBE = [[0.4, 0.1], [0.05, 0.45]], [[[0.25, 0], [0, 0.25]], [[0, 0.25], [0.25, 0]]]
COUNTS, LOGITS, SCORES = [[3, 1], [2, 4]], [1.0, 2.0, 0.5], [[1.0, 0.0], [0.0, 1.0]]
X, Y = [[1.0, 2.0], [2.0, 1.0], [3.0, 5.0], [4.0, 0.0], [1.5, 2.2]], [0, 0, 1, 1, 0]
XS, YS, LABELS = [1.0, 2.0, 3.5, 4.0, 7.0], [2.0, 1.0, 3.0, 5.0, 6.0], ["a", "a", "b", "b", "a"]
TWO = Mixture([0.5, 0.5], [-1.0, 1.0], [1.0, 1.0])
PREDICTIONS = {"p": [[0.5, 0.5], [0.25, 0.75]], "y": [0, 1], "n_bins": 5}
CLASSES = {"z": LOGITS, "target": 1, "label_smoothing": 0.1, "temperature": 1.0}


def same(names: str, value):
    return dict.fromkeys(names.split(), value)


# One good call of each function; all of its arguments stand here.
CALLS = {
    "discrete": {
        **same("cross_entropy kl_divergence js_divergence js_distance", {"p": P, "q": Q}),
        **same("entropy perplexity surprisal binary_entropy", {"p": P}),
        "normalize": {"weights": [1, 2, 1]},
        "entropy_from_logits": {"z": LOGITS, "temperature": 1.0},
        "perplexity_from_log_probs": {"log_probs": [-1.0, -2.0], "mask": [True, False]},
        "max_entropy_pmf": {"values": [1, 2, 3], "mean": 1.5},
    },
    "divergence": {
        **same("total_variation chi2_divergence hellinger_distance", {"p": P, "q": Q}),
        **same("renyi_divergence alpha_divergence", {"p": P, "q": Q, "alpha": 2.0}),
        "renyi_entropy": {"p": P, "alpha": 2.0},
        **same("pinsker_bound bretagnolle_huber_bound", {"kl": [0.5, 2.0]}),
        "f_divergence": {"p": P, "q": Q, "f": lambda t: (t - 1) ** 2},
    },
    "joint": {
        **same("marginals mutual_information pointwise_mutual_information", {"table": TABLE}),
        **same("conditional_mutual_information interaction_information", {"table": CUBE}),
        **same("co_information total_correlation information_diagram", {"table": CUBE}),
        "joint_entropy": {"table": TABLE, "variables": 2},
        "conditional_entropy": {"table": TABLE, "given": "x"},
        "normalized_mutual_information": {"table": TABLE, "norm": "max"},
        "contingency_table": {"x": LABELS, "y": Y},
    },
    "gaussian": {
        "gaussian_entropy": {"sigma": 1.0},
        "uniform_entropy": {"width": 1.0},
        "laplace_entropy": {"scale": 1.0},
        "gaussian_mi": {"rho": 0.5},
        "mvn_entropy": {"cov": np.eye(2)},
        **same("gaussian_kl gaussian_hellinger", {"mu1": 0.0, "sigma1": 1.0, "mu2": 1.0, "sigma2": 2.0}),
        "gaussian_total_variation": {"mu1": 0.0, "mu2": 1.0, "sigma": 2.0},
        "mvn_kl": {"mean1": [0.0, 0.0], "cov1": np.eye(2), "mean2": [1.0, 0.0], "cov2": 2 * np.eye(2)},
        **same("vae_kl vae_kl_grad", {"mu": 1.0, "logvar": 0.5}),
    },
    "mixture": {
        "Mixture": {"weights": [0.5, 0.5], "means": [0.0, 1.0], "sigmas": [1.0, 2.0]},
        **same("kl_to_mixture kl_from_mixture", {"mu": 0.0, "sigma": 1.0, "mixture": TWO}),
        "negentropy": {"mixture": TWO},
        "gaussian_js": {"mu1": 0.0, "sigma1": 1.0, "mu2": 1.0, "sigma2": 2.0},
    },
    "fitting": {
        "fit_gaussian": {"mixture": TWO, "direction": "reverse"},
        "kl_landscape": {"mixture": TWO, "mus": [0.0, 1.0], "log_sigmas": [0.0, 1.0], "direction": "reverse"},
        "descent_path": {"mixture": TWO, "mu0": 0.5, "log_sigma0": 0.1, "direction": "reverse"},
    },
    "vae": {
        "reparametrize": {"mu": 1.0, "logvar": 0.0, "noise": 0.5},
        "linear_vae": {"eigenvalues": [4.0, 1.0], "noise_variance": 1.0, "beta": 2.0},
        "linear_vae_cost": {"eigenvalue": 4.0, "mean": 1.0, "logvar": 0.0, "noise_variance": 1.0, "beta": 1.0},
        "linear_vae_elbo": {
            **{"eigenvalue": 4.0, "weight": 1.0, "gain": 0.5, "variance": 1.0},
            **{"noise_variance": 1.0, "beta": 1.0},
        },
    },
    "losses": {
        **same("softmax log_softmax", {"z": LOGITS, "temperature": 1.0}),
        "sigmoid": {"z": LOGITS},
        "cross_entropy_with_logits": CLASSES,
        "cross_entropy_with_logits_grad": {**CLASSES, "wrt": "logit"},
        **same("binary_cross_entropy squared_error", {"p": 0.3, "y": 1.0}),
        **same("bce_grad mse_grad", {"p": 0.3, "y": 1.0, "wrt": "logit"}),
        "binary_cross_entropy_with_logits": {"z": 0.3, "y": 1.0},
        "binary_cross_entropy_with_logits_grad": {"z": 0.3, "y": 1.0},
        "smooth_labels": {"target": [0, 1], "n_classes": 3, "epsilon": 0.1},
    },
    "likelihood": {
        "bernoulli_nll": {"theta": 0.5, "successes": 1, "trials": 3},
        "bernoulli_mle": {"successes": 1, "trials": 3},
        "bernoulli_map": {"successes": 1, "trials": 3, "a": 2.0, "b": 2.0},
        "categorical_nll": {"p": P, "counts": [1, 2, 3]},
        "categorical_mle": {"counts": [1, 2, 3]},
        "categorical_map": {"counts": [1, 2, 3], "alpha": 2.0},
    },
    "calibration": {
        "fit_temperature": {"z": [[1.0, 0.0], [0.0, 2.0], [1.0, 0.0]], "y": [0, 1, 1]},
        "expected_calibration_error": PREDICTIONS,
        "reliability_diagram": PREDICTIONS,
    },
    "estimate": {
        "entropy_from_counts": {"counts": [1, 2, 3], "correction": "miller_madow"},
        "running_mean_surprisal": {"p": P, "n": 5, "seed": 0},
        "mi_histogram": {"x": XS, "y": YS, "bins": 3},
        "mi_ksg": {"x": XS, "y": YS, "k": 2},
        "mi_ross": {"x": XS, "y": LABELS, "k": 2},
        "mutual_information_table": {"X": X, "y": Y, "discrete_features": False, "discrete_target": True, "k": 2},
        **same("infonce infonce_bound", {"scores": SCORES}),
    },
    "trees": {
        "impurity": {"counts": [3, 1], "criterion": "gini"},
        "information_gain": {"counts": COUNTS, "criterion": "gini"},
        **same("split_information gain_ratio", {"counts": COUNTS}),
        "threshold_scan": {"x": XS, "y": LABELS, "criterion": "gini"},
        "best_split": {"X": X, "y": Y, "criterion": "gini"},
        "grow_tree": {"X": X, "y": Y, "max_depth": 2, "criterion": "gini"},
        "predict": {"tree": grow_tree(X, Y, 2), "X": X},
    },
    "coding": {
        **same("huffman_lengths huffman_code", {"p": P}),
        "fixed_length": {"n_symbols": 3},
        "expected_length": {"p": P, "lengths": [1, 2, 2]},
        "kraft_sum": {"lengths": [1, 2, 2]},
        "empirical_entropy": {"text": "abab", "order": 1},
        "compressed_sizes": {"data": "abab"},
        **same("ngram_surprisals ngram_perplexity", {"train": "abab", "test": "ab", "order": 1, "smoothing": 1.0}),
    },
    "decoding": {"top_k": {"p": P, "k": 2}, "top_p": {"p": P, "mass": 0.5}},
    "geometry": {
        "lens_area": {"r1": 1.0, "r2": 1.0, "d": 1.0},
        "venn2": {"area_a": 1.0, "area_b": 1.0, "area_ab": 0.5},
    },
    "simplex": {
        "to_plane": {"p": P},
        "from_plane": {"point": [0.5, 0.25]},
        "spread": {"p": P, "first": 0.3, "second": 0.3},
    },
    "datasets": {
        "iris": {},
        "xor_cloud": {"n": 8, "seed": 0},
        **same("moons circle parabola redundant_and_synergistic", {"n": 8, "seed": 0, "noise": 0.1}),
        "correlated_gaussian": {"n": 8, "rho": 0.5, "seed": 0},
        "stretched_logits": {"n": 8, "seed": 0, "stretch": 1.0, "classes": 3},
    },
}
REFUSED = {
    "empty": [],
    "empty rows": np.empty((0, 3)),
    "nan": np.nan,
    "nan inside": [0.5, np.nan, 0.5],
    "inf": np.inf,
    "inf inside": [np.inf, 0.0, 1.0],
    "-inf": -np.inf,
    "text": "1",
    "texts": ["0.5", "0.5"],
    "bytes": b"ab",
    "array of text": np.array("a"),
    "None": None,
    "None inside": [0.5, None],
    "objects": np.array([0.5, 0.25, 0.25], object),
    "text and numbers": [1, "a"],
    "decimal": Decimal("0.5"),
    "ragged": [[0.5, 0.5], [1.0]],
    "complex": [0.5 + 0j, 0.5],
    "masked": np.ma.array([0.5, 0.5], mask=[False, True]),
    "dict": {"a": 1},
    "generator": (v for v in [0.5, 0.5]),
    "function": len,
    "records": np.zeros(2, dtype=[("a", float)]),
    "date": np.array(["2020-01-01"], "datetime64[D]"),
    "day": datetime.date(2020, 1, 1),
}
DOUBTFUL = {  # refused by most; where they are taken no NaN may come of them
    "single": 0.7,
    "negative": -1.5,
    "negative inside": [0.5, -0.25, 0.75],
    "negative count": -1,
    "zero": 0,
    "zeros": [0, 0, 0],
    "huge": 1e308,
    "huge numbers": [1e308, 1e308, 1e308],
    "tiny numbers": [5e-324, 5e-324, 5e-324],
    "beyond 32 bits": [2**62, 2**61, 2**60],
    "beyond 63 bits": np.array([2**63, 0, 0], np.uint64),
    "beyond 64 bits": 2**70,
    "beyond all": 10**400,
    "too deep": np.zeros((2, 2, 2, 2)),
    "too short": [0.5, 0.5],
    "one number": [1.0],
    "one cell": [[1.0]],
    "truth": [True, False, False],
    "int8": np.array([1, 0, 0], np.int8),
    "float16": np.array([0.5, 0.25, 0.25], np.float16),
    "float32": np.array([0.5, 0.25, 0.25], np.float32),
    "longdouble": np.array([0.5, 0.25, 0.25], np.longdouble),
}
# Arguments that take what others refuse, and arguments whose refusal shows in what they have to fit.
TAKES = {
    **same("temperature alpha lengths kl", {"inf", "inf inside"}),
    **same("mask correction", {"None"}),
    **same("text train test", {"text", "texts", "bytes"}),
    "data": {"text", "bytes"},
    "f": {"function"},
    **same("x y", {"texts"}),  # labels
}
FITS = {"values": "mean", "z": "target|y", "p": "y", "mus": "mu"}
FUNCTIONS = [(module, name) for module, calls in CALLS.items() for name in calls]


def numbers(value):
    """All floats in a result, in whatever records and tuples they stand."""
    if isinstance(value, tuple | list):
        return [x for v in value for x in numbers(v)]
    if hasattr(value, "__dataclass_fields__"):
        return numbers([getattr(value, field) for field in value.__dataclass_fields__])
    return np.ravel(value).tolist() if isinstance(value, float) or getattr(value, "dtype", None) == np.float64 else []


@pytest.mark.parametrize(("module", "name"), FUNCTIONS)
def test_what_does_not_fit_is_refused_by_name(module: str, name: str) -> None:
    function, call = getattr(importlib.import_module(f"core.{module}"), name), CALLS[module][name]
    assert set(inspect.signature(function).parameters) == set(call)
    assert not np.isnan(numbers(function(**call))).any()
    complaints = []
    for argument, (kind, bad) in itertools.product(call, (REFUSED | DOUBTFUL).items()):
        case = f"{argument}={kind}"
        try:
            value = function(**{**call, argument: bad})
        except ValueError as error:
            if not re.search(rf"\b({argument}|{FITS.get(argument, argument)})\b", str(error)):
                complaints.append(f"{case} is not named: {error}")
        else:
            if kind not in DOUBTFUL and kind not in TAKES.get(argument, ()):
                complaints.append(f"{case} is taken for good: {value}")
            if np.isnan(numbers(value)).any():
                complaints.append(f"{case} gives NaN")
    assert not complaints


def test_every_function_of_these_modules_is_asked() -> None:
    for module, calls in CALLS.items():
        home = importlib.import_module(f"core.{module}")
        functions = {name for name in MAP[module] if inspect.isfunction(getattr(home, name))}
        assert {n for n in functions if getattr(home, n).__module__ == home.__name__} <= set(calls), module
