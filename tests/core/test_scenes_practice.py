"""The exercises of the Practice page: every answer worked out anew, every mistake recognized, none taken for right."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf

from core.scenes import practice as scenes
from core.units import BITS, NATS, UNITS
from tests.core import reference

kinds, seeds, units = st.sampled_from(scenes.KINDS), st.integers(0, scenes.SEEDS - 1), st.sampled_from(UNITS)


def plain_entropy(counts) -> mpf:
    total = mpf(int(sum(counts)))
    return -mp.fsum(mpf(int(c)) / total * mp.log(mpf(int(c)) / total) for c in counts if c)


def worked_out(task: scenes.Exercise) -> mpf:
    """The answer from the textbook formula, in 50 digits."""
    if task.kind == "entropy":
        return reference.entropy(task.p)
    if task.kind == "cross-entropy":
        return reference.cross_entropy(task.p, task.q)
    if task.kind == "KL":
        return reference.kl(task.p, task.q)
    if task.kind == "temperature":
        weights = [mp.exp(mpf(z) / mpf(task.temperature)) for z in task.z]
        return weights[task.asked] / mp.fsum(weights)
    left = mp.fsum(mpf(int(row.sum())) / int(task.counts.sum()) * plain_entropy(row) for row in task.counts)
    return plain_entropy(task.counts.sum(axis=0)) - left


def with_mistake(task: scenes.Exercise, slip: str) -> float:
    """What a reader gets who makes this mistake, computed as that reader would."""
    p, q, z, t = (np.asarray(v, dtype=float) for v in (task.p, task.q, task.z, task.temperature))
    log = np.log
    if task.kind == "gain":
        rows = [float(plain_entropy(row)) for row in task.counts]
        before, sizes = float(plain_entropy(task.counts.sum(axis=0))), task.counts.sum(axis=1)
        left = sum(n * h for n, h in zip(sizes, rows, strict=True)) / sizes.sum()
        return {
            "unweighted": before - sum(rows) / 2, "summed": before - sum(rows), "what is left": left,
            "parent alone": before, "minus": left - before,
        }[slip]  # fmt: skip
    if task.kind == "temperature":
        plain, times = np.exp(z), np.exp(z * t)
        return {
            "multiplied": times / times.sum(), "temperature left out": plain / plain.sum(),
            "not normalized": np.exp(z / t), "no exponential": z / (z.sum() or np.nan),
        }[slip][task.asked]  # fmt: skip
    second = {"entropy": p, "cross-entropy": q, "KL": q}[task.kind]
    unweighted = {"entropy": -log(p), "cross-entropy": -log(second), "KL": log(p) - log(second)}[task.kind].sum()
    ways = {"minus": lambda: -float(worked_out(task)), "unweighted": lambda: unweighted}
    ways |= {
        "entropy": {
            "mean surprisal": lambda: -log(p).mean(), "uniform": lambda: log(p.size),
            "certain outcome": lambda: -log(p.max()),
        },
        "cross-entropy": {
            "reversed": lambda: -(q * log(p)).sum(), "KL alone": lambda: (p * log(p / q)).sum(),
            "entropy alone": lambda: -(p * log(p)).sum(),
        },
        "KL": {"reversed": lambda: (q * log(q / p)).sum(), "cross-entropy": lambda: -(p * log(q)).sum()},
    }[task.kind]  # fmt: skip
    return float(ways[slip]())


@given(kinds, seeds)
def test_every_answer_is_right_and_its_steps_lead_to_it(kind, seed):
    task = scenes.exercise(kind, seed)
    assert task.answer == pytest.approx(float(worked_out(task)), rel=1e-11)
    for step in task.steps:
        assert step.term == pytest.approx(step.weight * step.value, rel=1e-12, abs=1e-15)
    if kind == "temperature":
        assert sum(s.term for s in task.steps) == pytest.approx(1, rel=1e-12)
        assert task.steps[task.asked].term == pytest.approx(task.answer, rel=1e-12)
    else:
        assert sum(s.term for s in task.steps) == pytest.approx(task.answer, rel=1e-9)


@given(kinds, seeds)
def test_what_is_given_can_be_worked_with_by_hand(kind, seed):
    task = scenes.exercise(kind, seed)
    for shares in (task.p, task.q):
        if shares.size:
            assert shares.sum() == pytest.approx(1, abs=1e-12)
            assert shares.min() >= 0.05 - 1e-12
            parts = np.outer([8, 10, 20], shares)
            assert np.abs(parts - parts.round()).max(axis=1).min() < 1e-12  # eighths, tenths or twentieths
    if kind == "gain":
        assert task.counts.sum(axis=0).min() > 0
        assert task.counts.sum(axis=1).min() > 0
        assert task.counts.sum() <= 28
    if kind == "temperature":
        assert 0.05 < task.answer < 0.95
        assert len(set(task.z.tolist())) == 3


@given(kinds, seeds, units)
def test_the_right_number_is_right_in_its_unit_and_recognized_in_another(kind, seed, unit):
    task = scenes.exercise(kind, seed)
    shown = unit.from_nats(task.answer) if task.information else task.answer
    for near in (shown, shown * 1.0099, shown * 0.9901, float(f"{shown:.3g}")):
        assert scenes.judge(task, near, unit).right
    for off in (shown * 1.02, shown * 0.98, -shown, 0.0):
        assert not scenes.judge(task, off, unit).right
    if task.information:
        other = BITS if unit is NATS else NATS
        verdict = scenes.judge(task, other.from_nats(task.answer), unit)
        assert (verdict.right, verdict.unit) == (False, other)


@given(kinds, seeds, units)
def test_every_mistake_is_recognized_and_none_is_taken_for_right(kind, seed, unit):
    task = scenes.exercise(kind, seed)
    names = [s.name for s in task.slips]
    for slip in names:
        value = with_mistake(task, slip)
        verdict = scenes.judge(task, unit.from_nats(value) if task.information else value, unit)
        assert not verdict.right
        assert verdict.slip is not None
        # Two mistakes may come to the same number: then either may be named.
        found = next(s.value for s in task.slips if s.name == verdict.slip)
        assert found == pytest.approx(value, rel=0.021, abs=1e-12)


@given(kinds, seeds)
def test_a_seed_gives_one_exercise(kind, seed):
    one, again = scenes.exercise(kind, seed), scenes.exercise(kind, seed)
    assert (one.answer, one.slips, one.steps) == (again.answer, again.slips, again.steps)


@pytest.mark.parametrize("kind", scenes.KINDS)
def test_seeds_give_many_exercises(kind):
    assert len({round(scenes.exercise(kind, seed).answer, 9) for seed in range(60)}) > 25


@given(seeds, st.integers(1, 6))
def test_options_stand_in_every_order(seed, n):
    assert sorted(scenes.order(seed, n)) == list(range(n))
    assert scenes.order(seed, n) == scenes.order(seed, n)


def test_the_right_option_stands_anywhere():
    assert {scenes.order(seed, 4)[0] for seed in range(40)} == {0, 1, 2, 3}


def test_what_is_no_exercise_is_refused():
    with pytest.raises(ValueError, match="kind is 'sums'"):
        scenes.exercise("sums", 1)
    with pytest.raises(ValueError, match="seed"):
        scenes.exercise("KL", -1)
