"""Circles: the lens against 50 digits up to tangency, the diagram as its inverse, and a count of points."""

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from mpmath import mp, mpf

from core.discrete import entropy
from core.geometry import Venn2, lens_area, lens_outline, venn2
from tests.core.reference import agrees
from tests.strategies import joints

RADII = st.one_of(st.floats(0.1, 10), st.floats(-100, 100).map(lambda e: 10.0**e))
GAPS = st.floats(-15, 0).map(lambda e: 10.0**e)


@mp.workdps(500)  # radii 10^200 apart leave the angles that much nearer to 0 and pi
def lens_reference(r1, r2, d):
    r1, r2, d = mpf(r1), mpf(r2), mpf(d)
    if d >= r1 + r2:
        return mpf(0)
    if d <= abs(r1 - r2):
        return mp.pi * min(r1, r2) ** 2
    area = mpf(0)
    for a, b in ((r1, r2), (r2, r1)):
        half = mp.acos((d**2 + a**2 - b**2) / (2 * d * a))
        area += a**2 * (half - mp.sin(half) * mp.cos(half))
    return area


@given(RADII, RADII, st.floats(0, 1))
@example(1.0, 1.0, 0.5)
def test_lens_against_50_digits(r1, r2, place):
    d = abs(r1 - r2) + place * 2 * min(r1, r2)
    assert agrees(lens_area(r1, r2, d), lens_reference(r1, r2, d))


@given(st.floats(0.1, 10), st.floats(0.1, 10), GAPS)
@example(1.0, 2.0, 1e-15)
@example(1.0, 1.0, 1e-15)
def test_lens_keeps_its_digits_at_tangency(r1, r2, gap):
    for d in ((r1 + r2) * (1 - gap), abs(r1 - r2) * (1 + gap), abs(r1 - r2) + gap):
        assert agrees(lens_area(r1, r2, d), lens_reference(r1, r2, d))
        assert lens_area(r1, r2, d) == lens_area(r2, r1, d)


@given(st.floats(0.1, 10), st.floats(0, 1), st.floats(1, 1e3))
def test_lens_of_disjoint_and_nested_circles(r, share, factor):
    small = share * r
    assert lens_area(r, small, (r + small) * factor) == pytest.approx(0, abs=1e-20)
    assert lens_area(r, small, (r - small) / factor) == pytest.approx(math.pi * small**2, rel=1e-14)
    assert lens_area(r, r, 0.0) == math.pi * r * r
    assert lens_area(r, 0.0, share) == 0


def test_lens_far_outside_the_ordinary_range():
    assert lens_area(1e308, 1e308, 1.7e308) == math.inf
    assert lens_area(1e308, 1.0, 1e308) == pytest.approx(math.pi / 2, rel=1e-14)
    assert lens_area(1e308, 1.0, 5.0) == pytest.approx(math.pi, rel=1e-14)
    assert lens_area(1e-320, 1e-320, 1e-320) == 0
    assert lens_area(1e100, 1e100, 1e100) == pytest.approx(1e200 * lens_area(1, 1, 1), rel=1e-14)


def test_lens_by_counting_points():
    # Seed policy: one fixed seed, 200000 points, 5 standard errors.
    rng = np.random.default_rng(11)
    x, y = rng.uniform(-1, 1, (2, 200_000))
    inside = (x**2 + y**2 < 1) & ((x - 0.8) ** 2 + y**2 < 0.49)
    assert abs(4 * inside.mean() - lens_area(1.0, 0.7, 0.8)) < 5 * 4 * inside.std() / math.sqrt(x.size)


@given(st.floats(0.1, 10), st.floats(0.1, 10), st.one_of(st.floats(0, 1), GAPS, GAPS.map(lambda g: 1 - g)))
@example(1.0, 1.0, 1.532824753307071e-136)
def test_the_outline_of_a_lens_lies_on_both_circles_and_encloses_its_area(r1, r2, place):
    d = abs(r1 - r2) + place * 2 * min(r1, r2)
    outline = lens_outline(r1, r2, d, points=400)
    x, y = outline.T
    to_first, to_second = np.hypot(x, y), np.hypot(x - d, y)
    slack = 1e-7 * max(r1, r2)
    assert np.all(to_first <= r1 + slack)
    assert np.all(to_second <= r2 + slack)
    assert np.minimum(abs(to_first - r1), abs(to_second - r2)) == pytest.approx(0, abs=slack)
    enclosed = 0.5 * np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)
    assert enclosed == pytest.approx(lens_area(r1, r2, d), rel=2e-4, abs=1e-6 * min(r1, r2) ** 2)


@pytest.mark.parametrize(("r1", "r2", "d", "radius", "center"), [(1, 3, 1, 1, 0), (3, 1, 1.5, 1, 1.5), (2, 2, 0, 2, 0)])
def test_the_outline_of_nested_circles_is_the_smaller_one(r1, r2, d, radius, center):
    x, y = lens_outline(r1, r2, d, points=50).T
    assert np.hypot(x - center, y) == pytest.approx(radius)


@pytest.mark.parametrize(("r1", "r2", "d"), [(1, 2, 3), (1, 2, 4), (0, 1, 1), (0, 0, 0)])
def test_what_only_touches_has_a_point_as_outline(r1, r2, d):
    outline = lens_outline(r1, r2, d)
    assert outline == pytest.approx(np.broadcast_to(outline[0], outline.shape), abs=1e-12)
    assert r1 <= outline[0, 0] <= max(d - r2, r1)


def test_lens_falls_with_the_distance_and_broadcasts():
    d = np.linspace(0, 3.2, 400)
    areas = lens_area(2.0, np.array([[0.5], [1.0]]), d)
    assert areas.shape == (2, 400)
    assert (np.diff(areas) <= 0).all()
    assert (areas[:, -1] == [0, 0]).all()


@given(st.floats(1e-3, 1e3), st.floats(1e-3, 1e3), st.one_of(st.floats(0, 1), GAPS, GAPS.map(lambda g: 1 - g)))
@example(1.0, 1.0, 1.0)
@example(1.0, 2.0, 1.0)
@example(1.0, 2.0, 0.0)
def test_venn2_encloses_exactly_the_three_areas(area_a, area_b, share):
    shared = share * min(area_a, area_b)
    circles = venn2(area_a, area_b, shared)
    assert math.pi * circles.radius_a**2 == pytest.approx(area_a, rel=1e-15)
    assert math.pi * circles.radius_b**2 == pytest.approx(area_b, rel=1e-15)
    # The distance is rounded to 1e-16 of itself, which moves the lens by as much of distance times chord.
    reach = circles.radius_a + circles.radius_b
    rounding = 4e-16 * reach * 2 * min(circles.radius_a, circles.radius_b)
    drawn = lens_area(circles.radius_a, circles.radius_b, circles.distance)
    assert drawn == pytest.approx(shared, rel=1e-14, abs=rounding)


@given(st.floats(0.5, 2), st.floats(0.5, 2), st.floats(0.02, 0.98))
def test_venn2_finds_the_distance_to_the_last_digits(r1, r2, place):
    d = abs(r1 - r2) + place * 2 * min(r1, r2)
    shared = lens_area(r1, r2, d)
    found = venn2(math.pi * r1**2, math.pi * r2**2, shared).distance
    assert found == pytest.approx(d, abs=5e-15)


def test_venn2_limits():
    assert venn2(math.pi, 4 * math.pi, 0.0) == Venn2(1.0, 2.0, 3.0)
    assert venn2(4 * math.pi, math.pi, math.pi) == Venn2(2.0, 1.0, 1.0)
    assert venn2(math.pi, math.pi, math.pi) == Venn2(1.0, 1.0, 0.0)
    assert venn2(0.0, math.pi, 0.0) == Venn2(0.0, 1.0, 1.0)
    assert venn2(0.0, 0.0, 0.0) == Venn2(0.0, 0.0, 0.0)


@given(joints())
def test_venn2_draws_every_joint_table(table):
    h_x, h_y, h_xy = entropy(table.sum(axis=1)), entropy(table.sum(axis=0)), entropy(table.ravel())
    shared = min(max(h_x + h_y - h_xy, 0.0), h_x, h_y)
    circles = venn2(h_x, h_y, shared)
    drawn = lens_area(circles.radius_a, circles.radius_b, circles.distance)
    assert drawn == pytest.approx(shared, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((1, 2, 1.1), "area_ab is 1.1, more than area_a"),
        ((2, 1, 1.1), "more than area_b"),
        ((0, 1, 1e-300), "more than area_a"),
        ((-1, 1, 0), "area_a"),
        ((1, math.inf, 0), "area_b"),
        ((1, 1, math.nan), "area_ab"),
        (([1, 1], 1, 0), "area_a"),
        (("1", 1, 0), "area_a"),
    ],
)
def test_venn2_refuses(arguments, message):
    with pytest.raises(ValueError, match=message):
        venn2(*arguments)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((-1, 1, 1), "r1"),
        ((1, [1, math.nan], 1), r"r2\[1\]"),
        ((1, 1, -0.1), "d is"),
        (([], 1, 1), "r1"),
        (([1, 2], [1, 2, 3], 1), "shapes"),
    ],
)
def test_lens_area_refuses(arguments, message):
    with pytest.raises(ValueError, match=message):
        lens_area(*arguments)
