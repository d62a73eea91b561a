"""Joint tables: the theorems, the last digits near independence and near certainty, published values, refusals."""

import itertools
import re
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from mpmath import mp, mpf

from core import discrete, joint
from core.datasets import AND, COPY, WEATHER_UMBRELLA, XOR
from core.units import BITS
from tests import strategies
from tests.core import reference

# Sums of a few dozen terms of order 1; identities between separately rounded sums hold to this.
ROUNDING = 2e-14

any_table = st.one_of(strategies.joints(), strategies.count_tables())
any_cube = st.one_of(strategies.joints(ndim=3, max_side=3), strategies.count_tables(ndim=3, max_side=3))


# --- references: entries as exact fractions, sums exact, one logarithm of high precision a cell


def fractions(table):
    cells = {place: Fraction(v.item()) for place, v in np.ndenumerate(np.asarray(table))}
    total = sum(cells.values())
    return {place: v / total for place, v in cells.items()}


def margin(cells, keep):
    out = {}
    for place, v in cells.items():
        key = tuple(place[k] for k in keep)
        out[key] = out.get(key, 0) + v
    return out


def log_of(ratio):
    return mp.log(mpf(ratio.numerator) / mpf(ratio.denominator))


def as_mpf(fraction):
    return mpf(fraction.numerator) / mpf(fraction.denominator)


def reference_information(table):
    with mp.workdps(700):  # the smallest ratio of two doubles differs from 1 by far less than 1e-90
        p = fractions(table)
        row, column = margin(p, [0]), margin(p, [1])
        return mp.fsum(as_mpf(v) * log_of(v / (row[i,] * column[j,])) for (i, j), v in p.items() if v)


def reference_conditional_information(table):
    with mp.workdps(700):
        p = fractions(table)
        xz, yz, z = margin(p, [0, 2]), margin(p, [1, 2]), margin(p, [2])
        return mp.fsum(as_mpf(v) * log_of(v * z[k,] / (xz[i, k] * yz[j, k])) for (i, j, k), v in p.items() if v)


def reference_conditional_entropy(table, given):
    with mp.workdps(700):
        p = fractions(table)
        known = margin(p, [given])
        return mp.fsum(as_mpf(v) * log_of(known[place[given],] / v) for place, v in p.items() if v)


@st.composite
def nearly_independent_counts(draw):
    table = np.outer(draw(strategies.counts(2, 4, 1000)) + 1, draw(strategies.counts(2, 4, 1000)) + 1)
    table = table * draw(st.sampled_from([1, 10**3, 10**6]))
    table[0, 0] += draw(st.integers(0, 2))
    return table


@st.composite
def nearly_determined(draw):
    """Each x has one y of nearly all its probability."""
    n = draw(st.integers(2, 4))
    stray = draw(st.lists(st.floats(-300, -2), min_size=n * n, max_size=n * n))
    table = np.diag(draw(st.lists(st.floats(0.1, 1), min_size=n, max_size=n)))
    table = np.where(table > 0, table, 10.0 ** np.array(stray).reshape(n, n))
    return table / table.sum()


# --- the last digits


@given(table=st.one_of(any_table, nearly_independent_counts(), nearly_determined()))
def test_mutual_information_is_right_to_the_last_digits(table):
    value, expected = joint.mutual_information(table), reference_information(table)
    assert reference.agrees(value, expected)


@given(table=st.one_of(any_table, nearly_determined()))
def test_conditional_entropy_is_right_to_the_last_digits(table):
    for given_name, axis in (("x", 0), ("y", 1)):
        expected = reference_conditional_entropy(table, axis)
        assert reference.agrees(joint.conditional_entropy(table, given_name), expected)


@given(table=any_cube)
def test_conditional_information_is_right_to_the_last_digits(table):
    value, expected = joint.conditional_mutual_information(table), reference_conditional_information(table)
    assert reference.agrees(value, expected)


@given(table=st.one_of(any_table, nearly_independent_counts()))
def test_pointwise_information_is_right_to_the_last_digits(table):
    p = fractions(table)
    row, column = margin(p, [0]), margin(p, [1])
    values = joint.pointwise_mutual_information(table)
    with mp.workdps(700):
        for (i, j), v in p.items():
            chance = row[i,] * column[j,]
            expected = (log_of(v / chance) if v else -mp.inf) if chance else mpf(0)
            assert reference.agrees(values[i, j], expected)


@given(table=st.one_of(strategies.count_tables(largest=2**58), any_table, nearly_determined()))
def test_joint_entropy_is_right_to_the_last_digits(table):
    p = fractions(table)
    with mp.workdps(700):
        expected = mp.fsum(-as_mpf(v) * log_of(v) for v in p.values() if v)
    assert reference.agrees(joint.joint_entropy(table), expected)


def test_entropy_of_counts_sees_the_one_among_many():
    # As floats, the probabilities of 10^18 - 1 and 1 are 1 and 1e-18, and half a digit of the entropy is gone.
    table = np.array([[10**18 - 1, 0], [0, 1]])
    with mp.workdps(60):
        n = mpf(10) ** 18
        expected = -(1 - 1 / n) * mp.log(1 - 1 / n) + mp.log(n) / n
    for value in (joint.joint_entropy(table), joint.mutual_information(table)):
        assert reference.agrees(value, expected)


@pytest.mark.parametrize("scale", [1, 2**31, 2**50])
def test_counts_that_factorize_carry_no_information_at_all(scale):
    table = np.outer([3, 5, 7], [11, 13]) * scale
    assert joint.mutual_information(table) == 0.0
    assert (joint.pointwise_mutual_information(table) == 0.0).all()
    assert not np.signbit(joint.mutual_information(table))


def test_empty_rows_and_columns_change_nothing():
    table = np.array([[0.4, 0.1], [0.05, 0.45]])
    padded = np.pad(table, ((0, 1), (1, 0)))
    assert joint.mutual_information(padded) == joint.mutual_information(table)
    assert (joint.pointwise_mutual_information(padded)[2] == 0).all()


# --- theorems


@given(table=any_table)
def test_information_joins_the_entropies(table):
    p_x, p_y = joint.marginals(table)
    h_x, h_y, h = discrete.entropy(p_x), discrete.entropy(p_y), joint.joint_entropy(table)
    information = joint.mutual_information(table)
    assert information >= 0
    assert information == pytest.approx(h_x + h_y - h, abs=ROUNDING)
    assert joint.conditional_entropy(table, "x") == pytest.approx(h - h_x, abs=ROUNDING)
    assert joint.conditional_entropy(table, "y") == pytest.approx(h - h_y, abs=ROUNDING)
    assert information <= min(h_x, h_y) + ROUNDING
    assert joint.conditional_entropy(table, "x") <= h_y + ROUNDING


@given(table=strategies.joints())
def test_information_is_the_divergence_from_independence(table):
    p_x, p_y = joint.marginals(table)
    product = np.outer(p_x, p_y)
    assume(not (product[table > 0] == 0).any())  # an underflow of the product, which this detour cannot avoid
    divergence = discrete.kl_divergence(table.ravel(), product.ravel())
    assert joint.mutual_information(table) == pytest.approx(divergence, rel=1e-12, abs=1e-15)


@given(table=any_table)
def test_information_is_symmetric(table):
    assert joint.mutual_information(table.T) == pytest.approx(joint.mutual_information(table), rel=1e-14, abs=1e-320)


@given(table=any_table)
def test_information_is_the_mean_of_the_pointwise_one(table):
    p = table / table.sum()
    pmi = joint.pointwise_mutual_information(table)
    mean = sum(float(a) * float(b) for a, b in zip(p.ravel(), pmi.ravel(), strict=True) if a > 0)
    assert joint.mutual_information(table) == pytest.approx(mean, abs=ROUNDING)


@given(data=st.data(), table=strategies.joints(max_side=3))
def test_no_processing_adds_information(data, table):
    channel = data.draw(strategies.channels(table.shape[1], 3))
    processed = table @ channel
    assert joint.mutual_information(processed / processed.sum()) <= joint.mutual_information(table) + ROUNDING


@given(table=any_cube)
def test_chain_rules_of_three_variables(table):
    p = table / table.sum()
    x_and_yz = joint.mutual_information(p.reshape(p.shape[0], -1))
    assert x_and_yz == pytest.approx(
        joint.mutual_information(p.sum(axis=1)) + joint.conditional_mutual_information(table), abs=ROUNDING
    )
    h = [discrete.entropy(p.sum(axis=axes)) for axes in ((1, 2), (0, 2), (0, 1))]
    assert joint.total_correlation(table) == pytest.approx(sum(h) - joint.joint_entropy(table, 3), abs=ROUNDING)
    assert joint.total_correlation(table) >= 0


@given(table=any_cube)
def test_seven_atoms_add_up(table):
    atoms = joint.information_diagram(table)
    parts = [atoms.x, atoms.y, atoms.z, atoms.xy, atoms.xz, atoms.yz]
    assert min(parts) >= 0
    assert sum(parts) + atoms.xyz == pytest.approx(joint.joint_entropy(table, 3), abs=ROUNDING)
    p = table / table.sum()
    h_x = discrete.entropy(p.sum(axis=(1, 2)))
    assert atoms.x + atoms.xy + atoms.xz + atoms.xyz == pytest.approx(h_x, abs=ROUNDING)
    assert atoms.yz + atoms.xyz == pytest.approx(joint.mutual_information(p.sum(axis=0)), abs=ROUNDING)
    assert atoms.xyz == joint.co_information(table)


@given(table=any_cube)
def test_interaction_is_the_same_in_every_order_and_the_negative_of_the_co_information(table):
    value = joint.interaction_information(table)
    for axes in itertools.permutations(range(3)):
        assert joint.interaction_information(table.transpose(axes)) == pytest.approx(value, abs=ROUNDING)
    assert joint.co_information(table) == -value


@given(table=any_table)
def test_normalized_information_is_a_share(table):
    information = joint.mutual_information(table)
    p_x, p_y = joint.marginals(table)
    h = discrete.entropy(p_x), discrete.entropy(p_y)
    for norm in ("arithmetic", "geometric", "min", "max", "joint"):
        share = joint.normalized_mutual_information(table, norm)
        assert 0 <= share <= 1 + 1e-9
    if max(h) > 1e-3:
        assert joint.normalized_mutual_information(table, "max") == pytest.approx(information / max(h), rel=1e-10)


@pytest.mark.parametrize("norm", ["arithmetic", "geometric", "min", "max", "joint"])
def test_normalized_information_at_its_ends(norm):
    assert joint.normalized_mutual_information(np.eye(3, dtype=int), norm) == pytest.approx(1, abs=1e-15)
    assert joint.normalized_mutual_information(np.outer([1, 2], [3, 4]), norm) == 0
    assert joint.normalized_mutual_information([[1.0, 0.0], [0.0, 0.0]], norm) == 0


# --- published values and independent references


def test_weather_and_umbrella():
    p_x, p_y = joint.marginals(WEATHER_UMBRELLA.p)
    values = discrete.entropy(p_x), discrete.entropy(p_y), joint.joint_entropy(WEATHER_UMBRELLA.p)
    assert [round(BITS.from_nats(v), 4) for v in values] == [1.0, 0.9928, 1.5955]
    assert round(BITS.from_nats(joint.mutual_information(WEATHER_UMBRELLA.p)), 4) == 0.3973


@pytest.mark.parametrize(
    ("table", "atoms"),
    [
        (XOR, [0, 0, 0, 1, 1, 1, -1]),
        (COPY, [0, 0, 0, 0, 0, 0, 1]),
        # H(Z) = 2 - (3/4) log2 3; I(X;Y|Z) = (3/4) (2 h(1/3) - log2 3); I(X;Z|Y) = 1/2.
        (AND, [0.5, 0.5, 0.0, 0.188722, 0.5, 0.5, -0.188722]),
    ],
)
def test_three_bits(table, atoms):
    diagram = joint.information_diagram(table.p)
    values = [getattr(diagram, name) for name in ("x", "y", "z", "xy", "xz", "yz", "xyz")]
    assert np.allclose(BITS.from_nats(np.array(values)), atoms, atol=5e-7)


@given(table=strategies.count_tables(largest=10**6))
def test_agrees_with_scikit_learn(table):
    metrics = pytest.importorskip("sklearn.metrics")
    expected = metrics.mutual_info_score(None, None, contingency=table)
    # scikit-learn subtracts entropies and then clips: right to about 1e-11 only.
    assert joint.mutual_information(table) == pytest.approx(expected, abs=1e-9)


def test_normalized_information_agrees_with_scikit_learn():
    metrics = pytest.importorskip("sklearn.metrics")
    rng = np.random.default_rng(4)
    x, y = rng.integers(0, 4, 300), rng.integers(0, 3, 300)
    y = np.where(x > 1, y, 0)
    counts = joint.contingency_table(x, y).counts
    for norm in ("arithmetic", "geometric", "min", "max"):
        expected = metrics.normalized_mutual_info_score(x, y, average_method=norm)
        assert joint.normalized_mutual_information(counts, norm) == pytest.approx(expected, rel=1e-12)


# --- forms of input


@given(table=strategies.count_tables())
def test_counts_stand_for_their_shares(table):
    p = table / table.sum()
    assert joint.mutual_information(table) == pytest.approx(joint.mutual_information(p), rel=1e-9, abs=1e-15)
    for exact, rounded in zip(joint.marginals(table), joint.marginals(p), strict=True):
        assert np.allclose(exact, rounded, rtol=1e-14, atol=0)


@pytest.mark.parametrize("counts", [False, True])
def test_leading_axes_are_a_batch(counts):
    rng = np.random.default_rng(8)
    tables = rng.integers(0, 9, (2, 5, 3, 4)) + 1
    tables[0, 1] = np.outer([1, 2, 3], [4, 3, 2, 1])
    if not counts:
        tables = tables / tables.sum(axis=(-2, -1), keepdims=True)
    measures = [
        joint.joint_entropy,
        joint.mutual_information,
        joint.normalized_mutual_information,
        joint.pointwise_mutual_information,
        lambda t: joint.conditional_entropy(t, "x"),
        lambda t: joint.marginals(t)[1],
    ]
    for measure in measures:
        batch = measure(tables)
        for place in np.ndindex(2, 5):
            assert np.allclose(batch[place], measure(tables[place]), rtol=1e-13, atol=1e-300)


@pytest.mark.parametrize("scale", [1, 2**32])
def test_leading_axes_are_a_batch_of_three_variables(scale):
    cubes = (np.random.default_rng(9).integers(0, 9, (4, 2, 3, 2)) + 1) * scale
    for measure in (
        lambda t: joint.joint_entropy(t, 3),
        joint.conditional_mutual_information,
        joint.interaction_information,
        joint.total_correlation,
        lambda t: joint.information_diagram(t).yz,
    ):
        assert np.allclose(measure(cubes), [measure(c) for c in cubes], rtol=1e-13)
        assert np.allclose(measure(cubes), measure(cubes // scale), rtol=1e-12)
        shares = cubes / cubes.sum(axis=(1, 2, 3), keepdims=True)
        assert np.allclose(measure(cubes), measure(shares), rtol=1e-10)
        assert isinstance(measure(cubes[0]), float)


def test_one_table_gives_python_floats():
    for value in (
        joint.mutual_information([[1, 2], [3, 4]]),
        joint.mutual_information([[0.5, 0.25], [0.25, 0.0]]),
        joint.joint_entropy([[1, 2], [3, 4]]),
        joint.conditional_entropy([[0.5, 0.25], [0.25, 0.0]], "y"),
        joint.normalized_mutual_information([[1, 2], [3, 4]]),
    ):
        assert type(value) is float


def test_contingency_table_counts_pairs():
    x, y = ["rain", "sun", "rain", "rain"], [1.5, 1.5, 0.5, 1.5]
    table = joint.contingency_table(x, y)
    assert table.x_values.tolist() == ["rain", "sun"]
    assert table.y_values.tolist() == [0.5, 1.5]
    assert table.counts.tolist() == [[1, 2], [0, 1]]


# --- refusals

TWO = [
    joint.marginals,
    joint.joint_entropy,
    lambda t: joint.conditional_entropy(t, "x"),
    joint.mutual_information,
    joint.pointwise_mutual_information,
    joint.normalized_mutual_information,
]
THREE = [
    lambda t: joint.joint_entropy(t, 3),
    joint.conditional_mutual_information,
    joint.interaction_information,
    joint.co_information,
    joint.total_correlation,
    joint.information_diagram,
]
BAD_TABLES = [
    ([], "empty"),
    (0.5, "axes"),
    ([0.5, 0.5], "axis"),
    ([[0.5, 0.6], [0.1, 0.1]], "sums to 1.3"),
    ([[0.5, np.nan], [0.25, 0.25]], r"table\[0, 1\] is nan"),
    ([[0.5, np.inf], [0.25, 0.25]], r"table\[0, 1\] is inf"),
    ([[0.5, 0.75], [-0.25, 0.0]], r"table\[1, 0\] is -0.25"),
    ([[3, -1], [2, 2]], r"table\[0, 1\] is -1"),
    ([[0, 0], [0, 0]], "no counts"),
    ([[0.0, 0.0], [0.0, 0.0]], "sums to 0"),
    ([[0.5, 0.5], [0.5]], "ragged"),
    ([["a", "b"], ["c", "d"]], "text"),
    ([[0.5j, 0.5], [0, 0]], "complex"),
    ([[2**62, 2**62], [2**62, 2**62]], "more than"),
]


@pytest.mark.parametrize("measure", TWO)
@pytest.mark.parametrize(("table", "message"), BAD_TABLES)
def test_two_variables_refuse(measure, table, message):
    with pytest.raises(ValueError, match=f"table.*{message}|{message}"):
        measure(table)


@pytest.mark.parametrize("measure", THREE)
@pytest.mark.parametrize(("table", "message"), BAD_TABLES)
def test_three_variables_refuse(measure, table, message):
    if np.ndim(np.array(table, dtype=object)) == 2:
        table, message = [table], re.sub(r"\\\[", r"\\[0, ", message)
    with pytest.raises(ValueError, match=message):
        measure(table)


@pytest.mark.parametrize("dtype", [np.float16, np.float32])
def test_low_precision_tables_may_be_off_by_their_own_rounding(dtype):
    table = np.array([[0.1, 0.2], [0.3, 0.4]], dtype)
    exact = table.astype(np.float64) / table.astype(np.float64).sum()
    for measure in TWO[1:]:
        assert np.allclose(measure(table), measure(exact), rtol=1e-12)


def test_unknown_words_are_refused():
    with pytest.raises(ValueError, match="given"):
        joint.conditional_entropy([[1]], "z")
    with pytest.raises(ValueError, match="norm"):
        joint.normalized_mutual_information([[1]], "sum")
    with pytest.raises(ValueError, match="variables"):
        joint.joint_entropy([[1]], 4)


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        ([], [1], "x is empty"),
        ([1, 2], [1], "x has 2 entries but y has 1"),
        ([[1, 2]], [1, 2], "x has 2 axes"),
        ([1.0, np.nan], [1, 2], r"x\[1\] is nan"),
        (["a", None], [1, 2], "x holds objects"),
        ([1, 2], [1j, 2], "y holds complex"),
    ],
)
def test_contingency_table_refuses(x, y, message):
    with pytest.raises(ValueError, match=message):
        joint.contingency_table(x, y)
