"""Truncation: what is kept is most likely, is enough, and keeps its proportions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.decoding import top_k, top_p
from tests import strategies as draw

SHARES = st.one_of(st.floats(0, 1), st.sampled_from([0.0, 0.5, 0.9, 1.0]))


def keeps_proportions(p, q):
    kept = q > 0
    assert q.sum() == pytest.approx(1, abs=1e-15 * len(p))
    assert q[kept] / q.max() == pytest.approx(p[kept] / p.max(), rel=1e-12)
    assert p[kept].min() >= p[~kept].max(initial=0)  # nothing that is left out is more likely


@given(draw.pmfs(), st.integers(1, 12))
def test_top_k_keeps_the_k_most_likely(p, k):
    q = top_k(p, k)
    keeps_proportions(p, q)
    assert np.count_nonzero(q) == min(k, np.count_nonzero(p))


@given(draw.pmfs(), SHARES)
def test_top_p_keeps_enough_and_not_one_more(p, mass):
    q = top_p(p, mass)
    keeps_proportions(p, q)
    kept = p[q > 0]
    assert kept.sum() >= mass * (1 - 1e-14)
    if len(kept) > 1 and mass < 1:
        assert np.sort(kept)[1:].sum() < mass


@given(draw.pmfs())
def test_the_ends_are_greedy_and_everything(p):
    for greedy in (top_k(p, 1), top_p(p, 0)):
        assert np.flatnonzero(greedy).tolist() == [np.argmax(p)]
    assert (top_p(p, 1) > 0).tolist() == (p > 0).tolist()
    assert top_k(p, len(p)) == pytest.approx(p, rel=1e-13)


def test_a_share_reached_on_paper_is_reached():
    assert np.count_nonzero(top_p([0.1] * 10, 0.3)) == 3  # 0.1 + 0.1 + 0.1 is 0.30000000000000004
    assert np.count_nonzero(top_p([0.7, 0.2, 0.1], 0.9)) == 2  # 0.7 + 0.2 is 0.8999999999999999
    assert np.flatnonzero(top_k([0.2, 0.4, 0.2, 0.2], 2)).tolist() == [0, 1]


@pytest.mark.parametrize("p", [[[0.5, 0.5]], [0.5, 0.6], 1.0])
def test_truncation_refuses_what_is_no_single_distribution(p):
    for truncated in (lambda: top_k(p, 1), lambda: top_p(p, 0.5)):
        with pytest.raises(ValueError, match=r"^p "):
            truncated()


@pytest.mark.parametrize("k", [0, -1, 1.5, True])
def test_top_k_refuses_what_is_no_number_of_outcomes(k):
    with pytest.raises(ValueError, match="k is"):
        top_k([0.5, 0.5], k)


@pytest.mark.parametrize("mass", [-0.1, 1.1, np.nan])
def test_top_p_refuses_what_is_no_share(mass):
    with pytest.raises(ValueError, match="mass is"):
        top_p([0.5, 0.5], mass)
