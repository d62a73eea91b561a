"""The triangle of three outcomes: there and back, the nearest point, and shares that keep their proportions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from core.simplex import CORNERS, from_plane, spread, to_plane
from tests import strategies

coordinates = st.floats(-3, 3)


def triples():
    return strategies.pmfs(3, 3)


def test_corners_are_those_of_an_equilateral_triangle_and_cannot_be_overwritten():
    sides = np.linalg.norm(CORNERS - np.roll(CORNERS, 1, axis=0), axis=1)
    assert sides == pytest.approx([1, 1, 1], rel=1e-15)
    with pytest.raises(ValueError, match="read-only"):
        CORNERS[0, 0] = 1


@given(p=triples())
def test_from_plane_undoes_to_plane(p):
    assert from_plane(to_plane(p)) == pytest.approx(p, abs=1e-15)


@given(p=triples(), q=triples(), t=st.floats(0, 1))
def test_to_plane_keeps_straight_lines_straight(p, q, t):
    mixed = t * p + (1 - t) * q
    assert to_plane(mixed / mixed.sum()) == pytest.approx(t * to_plane(p) + (1 - t) * to_plane(q), abs=1e-14)


@given(p=triples(), q=triples())
def test_distances_in_the_plane_are_those_between_distributions(p, q):
    # Corners are 1 apart in the plane and sqrt(2) apart as distributions.
    assert np.sqrt(2) * np.linalg.norm(to_plane(p) - to_plane(q)) == pytest.approx(np.linalg.norm(p - q), abs=1e-14)


@given(x=coordinates, y=coordinates)
def test_from_plane_is_a_distribution_wherever_the_point_lies(x, y):
    p = from_plane([x, y])
    assert p.min() >= 0
    assert p.sum() == pytest.approx(1, abs=1e-14)


@given(x=coordinates, y=coordinates, q=triples())
def test_no_point_of_the_triangle_is_nearer_than_the_one_from_plane_finds(x, y, q):
    point = np.array([x, y])
    found = np.linalg.norm(to_plane(from_plane(point)) - point)
    assert found <= np.linalg.norm(to_plane(q) - point) + 1e-12


@pytest.mark.parametrize("point", [(-1, -1), (0.5, -0.4), (2, 0.1), (1.2, 1.3), (0.5, 3), (-0.5, 1), (0.4, 0.3)])
def test_from_plane_agrees_with_numerical_minimization(point):
    solved = minimize(
        lambda p: np.sum((p @ CORNERS - point) ** 2),
        np.full(3, 1 / 3),
        bounds=[(0, 1)] * 3,
        constraints={"type": "eq", "fun": lambda p: p.sum() - 1},
        method="SLSQP",
        options={"ftol": 1e-14, "maxiter": 200},
    )
    assert solved.success
    assert from_plane(point) == pytest.approx(solved.x, abs=1e-6)


def test_both_take_batches_over_leading_axes():
    p = np.array([[[1.0, 0.0, 0.0], [0.0, 0.5, 0.5]], [[0.2, 0.3, 0.5], [0.0, 0.0, 1.0]]])
    points = to_plane(p)
    assert points.shape == (2, 2, 2)
    assert from_plane(points) == pytest.approx(p, abs=1e-15)
    assert to_plane(p[1, 0]) == pytest.approx(points[1, 0], abs=0)


@pytest.mark.parametrize(
    ("p", "message"), [([0.5, 0.5], "2 outcomes"), ([0.5, 0.6, 0.1], "sum"), ([1.5, -0.5, 0], "-0.5"), ("abc", "text")]
)
def test_to_plane_refuses_what_is_no_distribution_of_three(p, message):
    with pytest.raises(ValueError, match=message):
        to_plane(p)


@pytest.mark.parametrize("point", [[0.1], [0.1, 0.2, 0.3], [np.nan, 0], [np.inf, 0], "x", 0.5])
def test_from_plane_refuses_what_is_no_point(point):
    with pytest.raises(ValueError, match="point"):
        from_plane(point)


@given(p=strategies.pmfs(3), a=st.floats(0, 1), part=st.floats(0, 1))
def test_spread_sets_two_and_keeps_the_proportions_of_the_others(p, a, part):
    b = (1 - a) * part
    moved = spread(p, a, b)
    assert moved[:2] == pytest.approx([a, b], abs=0)
    assert moved.min() >= 0
    assert moved.sum() == pytest.approx(1, abs=1e-14)
    others = p[2:]
    if others.sum() == 0:
        assert moved[2:] == pytest.approx(np.full(others.size, moved[2:].mean()), abs=1e-15)
    else:  # cross products instead of ratios: shares may be 0
        assert moved[2:] * others.sum() == pytest.approx(others * moved[2:].sum(), rel=1e-12, abs=1e-300)


@given(p=strategies.pmfs(2, 2), a=st.floats(0, 1), part=st.floats(0, 1))
def test_spread_of_two_outcomes_gives_the_nearest_pair_that_sums_to_one(p, a, part):
    b = (1 - a) * part
    moved = spread(p, a, b)
    assert moved.sum() == pytest.approx(1, abs=1e-15)
    assert moved.min() >= 0
    assert moved[0] - moved[1] == pytest.approx(a - b, abs=1e-15)  # what is missing goes to both alike


@pytest.mark.parametrize(
    ("p", "first", "second", "message"),
    [
        ([0.5, 0.3, 0.2], 0.7, 0.4, "sum to 1.1"),
        ([0.5, 0.3, 0.2], -0.1, 0.4, "first"),
        ([0.5, 0.3, 0.2], 0.1, np.nan, "second"),
        ([1.0], 0.5, 0.5, "2 outcomes"),
    ],
)
def test_spread_refuses(p, first, second, message):
    with pytest.raises(ValueError, match=message):
        spread(p, first, second)
