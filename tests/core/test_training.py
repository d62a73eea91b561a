"""Logistic regression by gradient descent: gradients against differences, falling losses, other optimizers' optima."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from mpmath import mp, mpf
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from core.datasets import overlapping_classes
from core.training import logistic_descent, logistic_fit, logistic_grad, logistic_loss
from tests.core.reference import derivative

LOSSES = ("cross_entropy", "squared_error")
losses = st.sampled_from(LOSSES)
seeds = st.integers(0, 2**32 - 1)
weights = st.tuples(st.floats(-6, 6), st.floats(-6, 6))


def table(seed: int, n: int = 40):
    """Rows (x, 1) and labels of two classes that overlap."""
    cloud = overlapping_classes(n, seed)
    return np.column_stack([cloud.X, np.ones(n)]), cloud.y


def overlapping(seed: int):
    """The same, two in a thousand times passed over because a threshold tells the classes apart."""
    X, y = table(seed)
    assume(X[y == 1, 0].min() < X[y == 0, 0].max())
    return X, y


def exact_loss(w, X, y, loss):
    """The mean loss in 90 digits, as it stands in the book."""
    total = mpf(0)
    for row, label in zip(X, y, strict=True):
        p = 1 / (1 + mp.exp(-sum(mpf(float(x)) * v for x, v in zip(row, w, strict=True))))
        total += (p - int(label)) ** 2 if loss == "squared_error" else -mp.log(p if label else 1 - p)
    return total / len(y)


@given(weights, losses, seeds)
def test_loss_and_gradient_against_50_digits(w, loss, seed):
    X, y = table(seed, 6)
    found = logistic_grad(w, X, y, loss)
    assert logistic_loss(w, X, y, loss) == pytest.approx(float(exact_loss([mpf(v) for v in w], X, y, loss)), rel=1e-13)
    for i in range(2):
        slope = derivative(lambda v, i=i: exact_loss([v if j == i else mpf(w[j]) for j in range(2)], X, y, loss), w[i])
        assert found[i] == pytest.approx(float(slope), rel=1e-10, abs=1e-14)


@given(weights, losses, seeds, st.floats(0.01, 0.99))
def test_every_step_goes_against_the_gradient_and_lowers_the_loss_if_the_rate_is_small(start, loss, seed, share):
    X, y = table(seed)
    # Either loss bends at most a quarter as much as the inputs' second moments (the squared error: 2 * 0.0771...).
    rate = share * 2 / (np.linalg.eigvalsh(X.T @ X / len(y)).max() / 4)
    down = logistic_descent(X, y, start, rate, 30, loss)
    assert down.weights.shape == (31, 2)
    assert down.weights[0] == pytest.approx(start)
    step = np.diff(down.weights, axis=0)
    assert step == pytest.approx(-rate * logistic_grad(down.weights[:-1], X, y, loss), rel=1e-9, abs=1e-14)
    assert down.loss == pytest.approx(logistic_loss(down.weights, X, y, loss), rel=1e-14)
    assert (np.diff(down.loss) <= 1e-15).all()


@given(seeds)
def test_the_descent_arrives_where_other_optimizers_do(seed):
    X, y = overlapping(seed)
    best = logistic_fit(X, y)
    assume(np.abs(best).max() < 6)  # closer to separable it takes longer
    peer = LogisticRegression(C=math.inf, tol=1e-12, max_iter=1000).fit(X[:, :1], y)
    assert best == pytest.approx([peer.coef_[0, 0], peer.intercept_[0]], rel=1e-4, abs=1e-4)
    assert np.abs(logistic_grad(best, X, y)).max() < 1e-11
    end = logistic_descent(X, y, [0.0, 0.0], 2.0, 4000).weights[-1]
    assert end == pytest.approx(best, rel=1e-5, abs=1e-5)


@given(seeds)
def test_the_fit_of_the_squared_error_is_a_minimum_that_another_optimizer_confirms(seed):
    X, y = overlapping(seed)
    best = logistic_fit(X, y, "squared_error")
    assume(np.abs(best).max() < 15)
    assert np.abs(logistic_grad(best, X, y, "squared_error")).max() < 1e-8
    peer = minimize(lambda w: logistic_loss(w, X, y, "squared_error"), logistic_fit(X, y), method="BFGS", tol=1e-10)
    assert logistic_loss(best, X, y, "squared_error") <= peer.fun + 1e-9


@pytest.mark.parametrize("size", [10.0, 100.0, 1000.0])
def test_confidently_wrong_only_the_squared_error_loses_its_gradient(size):
    X, y = [[1.0], [-1.0]], [1, 0]
    assert logistic_grad([-size], X, y) == pytest.approx([-1.0], abs=1e-4)
    assert np.abs(logistic_grad([-size], X, y, "squared_error"))[0] <= 2 * math.exp(-size)


def test_a_batch_of_weights_gives_a_loss_each():
    X, y = table(1)
    several = np.array([[[0.0, 0.0], [1.0, 0.0]], [[0.0, 1.0], [2.0, -1.0]]])
    found = logistic_loss(several, X, y)
    assert found.shape == (2, 2)
    assert found[1, 1] == logistic_loss([2.0, -1.0], X, y)
    assert logistic_grad(several, X, y)[0, 1] == pytest.approx(logistic_grad([1.0, 0.0], X, y))


def test_no_logit_is_too_large():
    down = logistic_descent([[1e6], [-1e6]], [0, 1], [1.0], 1.0, 3)
    assert np.isfinite(down.weights).all()
    assert down.loss[0] == 1e6


@pytest.mark.parametrize("loss", LOSSES)
def test_separated_classes_have_no_best_weights(loss):
    with pytest.raises(ValueError, match="can be separated"):
        logistic_fit([[-1.0, 1.0], [-2.0, 1.0], [1.0, 1.0], [3.0, 1.0]], [0, 0, 1, 1], loss)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([0.0], [[1.0]], [2]), r"y\[0\] is 2"),
        (([0.0], [1.0], [1]), "X has 1 axis"),
        (([0.0], [[1.0]], [1, 0]), "give one label a row"),
        (([0.0, 1.0], [[1.0]], [1]), "one weight a column"),
        ((0.0, [[1.0]], [1]), "one weight a column"),
        (([np.nan], [[1.0]], [1]), r"weights\[0\] is nan"),
        (([0.0], [[1.0]], [1], "hinge"), "hinge"),
    ],
)
@pytest.mark.parametrize("function", [logistic_loss, logistic_grad])
def test_loss_and_gradient_refuse(function, arguments, message):
    with pytest.raises(ValueError, match=message):
        function(*arguments)


@pytest.mark.parametrize(
    ("start", "rate", "steps", "message"),
    [
        ([0.0], 0.0, 1, "rate is 0"),
        ([0.0], 1.0, -1, "steps is -1"),
        ([0.0], 1.0, 0.5, "steps"),
        ([[0.0]], 1.0, 1, "start has 2 axes"),
        ([0.0, 0.0], 1.0, 1, "one weight a column"),
    ],
)
def test_descent_refuses(start, rate, steps, message):
    with pytest.raises(ValueError, match=message):
        logistic_descent([[1.0]], [1], start, rate, steps)
