"""Pieces that several pictures share: where words stand, what leaves the picture."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pages.figures.parts import apart, bar, below

heights = st.lists(st.floats(-10, 10), min_size=1, max_size=6)


@given(heights, st.floats(0.01, 2))
def test_words_keep_apart_in_their_order_and_move_up_only(values, gap):
    placed = apart(values, gap)
    assert all(new >= old for new, old in zip(placed, values, strict=True))
    assert (np.diff(np.sort(placed)) >= gap - 1e-9).all()
    assert [placed[i] for i in np.argsort(values, kind="stable")] == sorted(placed)


def test_words_that_are_far_enough_apart_stay():
    assert apart([3.0, 1.0, 2.0], 1.0) == [3.0, 1.0, 2.0]
    assert apart([1.0, 1.0], 0.5) == [1.0, 1.5]


def test_what_is_infinite_leaves_the_picture_and_what_is_inside_stays():
    assert below([1.0, np.inf, 4.0, 7.0], 3.0).tolist() == [1.0, 6.0, 4.0, 6.0]


def test_a_bar_has_the_hatch_of_its_role():
    assert bar([1.0], [0.0], "loss")["marker"]["pattern"]["shape"] == "/"
    assert bar([1.0], [0.0], "p", width=0.3)["width"] == 0.3
