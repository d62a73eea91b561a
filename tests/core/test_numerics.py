"""The elementwise primitives against 50 digits, over the whole range of their arguments."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf

from core._numerics import by_blocks, centered, js_terms, kl_terms, log1pmx
from tests.core.reference import agrees, js, kl
from tests.strategies import TINY

exponents = st.floats(-320, 0)


@st.composite
def near(draw) -> tuple[float, float]:
    """A probability of any size and a second one off it by a relative 1e-16 to 10."""
    p = 10.0 ** draw(st.floats(-300, -1))
    return p, p * (1.0 + draw(st.sampled_from([-1, 1])) * 10.0 ** draw(st.floats(-16, 0)))


@given(st.one_of(st.floats(-1, 1e308, exclude_min=True), st.floats(-1, 1, exclude_min=True), st.floats(-1e-9, 1e-9)))
def test_log1pmx(x: float) -> None:
    """log1p(x) - x keeps its digits wherever the difference is; at 1e-9 the plain form has none."""
    with mp.workdps(700):  # 1 + 1e-300 has to be held
        reference = mp.log(1 + mpf(x)) - mpf(x)
    assert agrees(float(log1pmx(x)), reference)


@pytest.mark.parametrize("x", [0.25, -0.25, 0.2499999, -0.2499999, 0.1429, -0.1429, -0.999999999999])
def test_log1pmx_at_the_seams(x: float) -> None:
    """No digits are lost where one form hands over to the other."""
    assert agrees(float(log1pmx(x)), mp.log(1 + mpf(x)) - mpf(x))


def test_log1pmx_limits() -> None:
    """-inf at -1 and at infinity, 0 at 0, without a warning."""
    assert log1pmx(np.array([-1.0, 0.0, np.inf])).tolist() == [-np.inf, 0.0, -np.inf]


@given(st.one_of(near(), st.tuples(exponents, exponents).map(lambda e: (10.0 ** e[0], 10.0 ** e[1]))))
def test_kl_terms(pair: tuple[float, float]) -> None:
    """p log(p/q) - p + q has 14 digits for near-equal, ordinary and tiny numbers alike."""
    p, q = np.array(pair[:1]), np.array(pair[1:])
    assert agrees(float(kl_terms(p, q)[0]), kl(p, q))


@given(st.one_of(near(), st.tuples(exponents, exponents).map(lambda e: (10.0 ** e[0], 10.0 ** e[1]))))
def test_js_terms(pair: tuple[float, float]) -> None:
    """The Jensen-Shannon term likewise, and it is symmetric to the last bit."""
    p, q = np.array(pair[:1]), np.array(pair[1:])
    assert agrees(float(js_terms(p, q)[0]), js(p, q))
    assert js_terms(p, q) == pytest.approx(js_terms(q, p), rel=1e-15)


def test_terms_at_the_edges() -> None:
    """0 log 0 = 0, off the support KL is infinite and JS is not, subnormals give no NaN."""
    p, q = np.array([0.0, 0.0, 0.5, TINY, 0.5]), np.array([0.0, 0.5, 0.0, 0.5, TINY])
    assert kl_terms(p, q)[:3].tolist() == [0.0, 0.5, np.inf]
    assert np.isfinite(kl_terms(p, q)[3:]).all()
    assert js_terms(p, q)[:3] == pytest.approx([0.0, math.log(2) / 4, math.log(2) / 4], rel=1e-15)
    assert np.isfinite(js_terms(p, q)).all()


@given(st.floats(0, 1), st.floats(0, 1))
def test_terms_are_never_negative_and_zero_only_at_equality(p: float, q: float) -> None:
    """Each term alone is at least +0.0, and exactly 0 for p = q."""
    a, b = np.array([p]), np.array([q])
    assert kl_terms(a, b)[0] >= 0
    assert js_terms(a, b)[0] >= 0
    assert kl_terms(a, a)[0] == 0 == js_terms(a, a)[0]
    assert math.copysign(1, kl_terms(a, a)[0]) == 1


def test_centered_where_the_gap_overflows() -> None:
    """The gap of 2e308 is no float; divided by the temperature it is -2."""
    assert centered(np.array([1e308, -1e308]), 1e308).tolist() == [0.0, -2.0]
    assert centered(np.array([1e308, -1e308]), 1.0).tolist() == [0.0, -np.inf]


@pytest.mark.parametrize("shape", [(3,), (700, 100), (2, 500, 100), (300, 2, 3, 100), (2, 70_000)])
def test_by_blocks_equals_one_go(shape: tuple[int, ...]) -> None:
    """Splitting the rows changes nothing, also for the last, shorter block."""
    x = np.random.default_rng(1).random(shape)
    y = np.broadcast_to(x[..., :1, :] if len(shape) > 1 else x, shape)

    def rows(a, b, scratch):
        np.multiply(a, b, out=scratch)
        return scratch.sum(axis=-1)

    assert np.array_equal(by_blocks(rows, x, y, scratch=1), (x * y).sum(axis=-1))
    assert np.array_equal(by_blocks(np.multiply, x, y, keep=True), x * y)


def test_by_blocks_copies_no_more_than_a_block() -> None:
    """Leading axes that no view can flatten, and event axes of more than one."""
    x = np.random.default_rng(2).random((50, 40, 6, 7)).transpose(1, 0, 3, 2)
    sizes = []

    def rows(tables):
        sizes.append(tables.nbytes)
        return tables.sum(axis=(-2, -1))

    assert np.allclose(by_blocks(rows, x, event=2), x.sum(axis=(-2, -1)), rtol=1e-14)
    assert max(sizes) < x.nbytes / 10
