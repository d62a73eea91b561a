"""The named numbers against their sources, and the clouds against what they are drawn from."""

from collections import Counter

import numpy as np
import pytest

from core import datasets, joint


def test_letter_frequencies_are_the_printed_ones_made_to_sum_to_one():
    frequencies = datasets.LETTER_FREQUENCIES
    assert list(frequencies) == list("abcdefghijklmnopqrstuvwxyz")
    assert sum(frequencies.values()) == pytest.approx(1, abs=1e-15)
    assert round(frequencies["e"] / frequencies["t"], 12) == round(12702 / 9056, 12)
    assert frequencies["z"] == pytest.approx(0.00074, abs=1e-8)
    with pytest.raises(TypeError):
        frequencies["e"] = 1.0


def test_play_tennis_is_quinlans_table():
    table = datasets.PLAY_TENNIS
    assert len(table.rows) == len(table.labels) == 14
    assert len(set(table.rows)) == 14
    assert Counter(table.labels) == {"Yes": 9, "No": 5}
    # The class counts by branch that Quinlan's section 4 prints for outlook, and the ones of the other three.
    expected = {
        "Outlook": {"Sunny": (2, 3), "Overcast": (4, 0), "Rain": (3, 2)},
        "Temperature": {"Hot": (2, 2), "Mild": (4, 2), "Cool": (3, 1)},
        "Humidity": {"High": (3, 4), "Normal": (6, 1)},
        "Wind": {"Weak": (6, 2), "Strong": (3, 3)},
    }
    for name, branches in expected.items():
        counts = Counter(zip(table.column(name), table.labels, strict=True))
        assert {v: (counts[v, "Yes"], counts[v, "No"]) for v in branches} == branches
        assert set(table.column(name)) == set(branches)
    with pytest.raises(ValueError, match="Outlook"):
        table.column("Season")


def test_iris_is_the_copy_that_follows_fisher():
    reference = pytest.importorskip("sklearn.datasets").load_iris()
    iris = datasets.iris()
    assert (reference.data == iris.X).all()
    assert (iris.y == reference.target).all()
    assert list(iris.class_names) == list(reference.target_names)
    # Where the UCI copy has (4.9, 3.1, 1.5, 0.1) and (4.9, 3.1, 1.5, 0.1).
    assert iris.X[34].tolist() == [4.9, 3.1, 1.5, 0.2]
    assert iris.X[37].tolist() == [4.9, 3.6, 1.4, 0.1]


@pytest.mark.parametrize("table", [datasets.WEATHER_UMBRELLA, datasets.XOR, datasets.AND, datasets.COPY])
def test_joint_tables_are_distributions_with_named_axes(table):
    assert table.p.shape == tuple(len(values) for values in table.values)
    assert len(table.variables) == table.p.ndim
    assert table.p.sum() == pytest.approx(1, abs=1e-15)
    with pytest.raises(ValueError, match="read-only"):
        table.p[0] = 0


def test_three_bit_tables_hold_the_rule_they_are_named_after():
    bits = np.indices((2, 2, 2))
    assert ((datasets.XOR.p > 0) == ((bits[0] ^ bits[1]) == bits[2])).all()
    assert ((datasets.AND.p > 0) == ((bits[0] & bits[1]) == bits[2])).all()
    assert ((datasets.COPY.p > 0) == ((bits[0] == bits[1]) & (bits[1] == bits[2]))).all()


CLOUDS = [
    datasets.redundant_and_synergistic,
    datasets.stretched_logits,
    datasets.xor_cloud,
    datasets.moons,
    datasets.overlapping_classes,
    datasets.circle,
    datasets.parabola,
    lambda n, seed: datasets.correlated_gaussian(n, 0.6, seed),
]


def points(cloud):
    return cloud.X if isinstance(cloud, datasets.LabelledPoints) else np.stack([cloud.x, cloud.y], axis=1)


@pytest.mark.parametrize("draw", CLOUDS)
def test_clouds_follow_their_seed_alone(draw):
    assert (points(draw(50, 7)) == points(draw(50, 7))).all()
    assert (points(draw(50, 7)) != points(draw(50, 8))).any()
    assert len(points(draw(1, 0))) == 1


@pytest.mark.parametrize("draw", CLOUDS)
@pytest.mark.parametrize(
    ("n", "seed", "name"), [(0, 1, "n"), (-3, 1, "n"), (2.5, 1, "n"), (5, -1, "seed"), (5, "a", "seed")]
)
def test_clouds_refuse_what_is_no_size_or_seed(draw, n, seed, name):
    with pytest.raises(ValueError, match=rf"\b{name}\b"):
        draw(n, seed)


@pytest.mark.parametrize(
    "draw", [datasets.moons, datasets.circle, datasets.parabola, datasets.redundant_and_synergistic]
)
@pytest.mark.parametrize("noise", [-0.1, np.nan, np.inf, "much"])
def test_clouds_refuse_what_is_no_noise(draw, noise):
    with pytest.raises(ValueError, match="noise"):
        draw(5, 1, noise=noise)


@pytest.mark.parametrize("rho", [-1.1, 1.1, np.nan])
def test_correlation_lies_between_minus_one_and_one(rho):
    with pytest.raises(ValueError, match="rho"):
        datasets.correlated_gaussian(5, rho, 1)


def test_xor_cloud_has_equal_quadrants_and_the_label_of_the_signs():
    cloud = datasets.xor_cloud(400, seed=3)
    signs = cloud.X > 0
    assert (cloud.y == (signs[:, 0] ^ signs[:, 1])).all()
    for feature in signs.T:
        assert [int(cloud.y[feature].sum()), int(cloud.y[~feature].sum())] == [100, 100]


@pytest.mark.parametrize("distance", [0.0, 2.0, 5.0])
def test_overlapping_classes_are_normal_about_centers_at_their_distance(distance):
    cloud = datasets.overlapping_classes(20_000, seed=4, distance=distance)
    for label, sign in ((0, -1), (1, 1)):
        x = cloud.X[cloud.y == label, 0]
        # One fixed seed; a mean of 10000 is off by 0.01 now and then, a standard deviation by 0.007.
        assert x.mean() == pytest.approx(sign * distance / 2, abs=0.03)
        assert x.std() == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize("distance", [-1.0, np.nan, np.inf])
def test_overlapping_classes_refuse_a_distance_that_is_none(distance):
    with pytest.raises(ValueError, match="distance"):
        datasets.overlapping_classes(5, 1, distance=distance)


@pytest.mark.parametrize("draw", [datasets.circle, datasets.parabola])
def test_dependent_clouds_are_uncorrelated(draw):
    sample = draw(40_000, seed=5)
    # One fixed seed; the standard error of the correlation of independent variables is 1/sqrt(n) = 0.005.
    assert abs(np.corrcoef(sample.x, sample.y)[0, 1]) < 0.02


def test_correlated_gaussian_has_its_correlation():
    sample = datasets.correlated_gaussian(40_000, -0.8, seed=5)
    # One fixed seed; the standard error is (1 - rho^2)/sqrt(n) = 0.0018.
    assert np.corrcoef(sample.x, sample.y)[0, 1] == pytest.approx(-0.8, abs=0.008)


def test_single_columns_hide_what_pairs_tell():
    cloud = datasets.redundant_and_synergistic(4000, seed=2, noise=0.2)
    bits = cloud.X[:, :4] > 0.5

    def information(*columns):
        code = sum(2**i * bits[:, c] for i, c in enumerate(columns))
        return joint.mutual_information(joint.contingency_table(code, cloud.y).counts)

    # The exact values are log 2, 0 and log 2; one fixed seed, and the threshold is crossed by 0.6 % of the noise.
    assert information(0) == information(1) == information(0, 1) == pytest.approx(np.log(2), abs=0.08)
    assert max(information(2), information(3)) < 0.01
    assert information(2, 3) == pytest.approx(np.log(2), abs=0.12)


# The passage: word counts that anyone can repeat in a text editor


def test_the_gettysburg_address_is_whole():
    words = datasets.GETTYSBURG.text.replace("--", " ").split()
    assert len(words) == 271  # the 272 that are usually named count battle-field as two
    stripped = [w.strip(".,").lower() for w in words]
    assert [stripped.count(w) for w in ("that", "the", "we", "to", "here")] == [13, 11, 10, 8, 8]
    assert datasets.GETTYSBURG.text.startswith("Four score and seven years ago our fathers")
    assert datasets.GETTYSBURG.text.endswith("shall not perish from the earth.\n")


# Stretched logits: what is known of them follows from how they are made


def test_labels_come_from_the_logits_before_they_were_stretched():
    cloud = datasets.stretched_logits(40_000, 3, stretch=2.5)
    u = cloud.X / 2.5
    p = np.exp(u) / np.exp(u).sum(axis=1, keepdims=True)
    chosen = p[np.arange(len(p)), cloud.y]
    # E[p of the label] = E[sum p^2]; the standard error of the difference is at most 0.3/sqrt(40000).
    assert chosen.mean() == pytest.approx((p**2).sum(axis=1).mean(), abs=4.5 * 0.0015)
    assert u.std() == pytest.approx(1.5, abs=0.02)


@pytest.mark.parametrize(("stretch", "classes"), [(0, 5), (-1, 5), (np.nan, 5), (np.inf, 5), (2, 1), (2, 2.5)])
def test_stretched_logits_refuse_what_is_no_stretch_and_too_few_classes(stretch, classes):
    with pytest.raises(ValueError, match=r"stretch|classes"):
        datasets.stretched_logits(5, 1, stretch, classes)


# Tables for the selection of columns: what they hide follows from how they are made


def test_one_half_of_the_leaning_pair_tells_a_little_and_the_other_nothing():
    cloud = datasets.xor_among_noise(2000, seed=3, lean=0.7, noise=0.1)
    first, second = cloud.X[:, 1] > 0.5, cloud.X[:, 3] > 0.5
    assert ((first ^ second) == cloud.y).all()
    # h(0.7) in nats, by hand: 0.7 log(1/0.7) + 0.3 log(1/0.3) = 0.6108643
    alone = joint.mutual_information(joint.contingency_table(first, cloud.y).counts)
    assert alone == pytest.approx(np.log(2) - 0.6108643, abs=1e-6)
    assert joint.mutual_information(joint.contingency_table(second, cloud.y).counts) == 0
    with pytest.raises(ValueError, match="lean"):
        datasets.xor_among_noise(10, 1, lean=1.5)


def test_the_ring_surrounds_its_core():
    cloud = datasets.ring(1000, seed=2, noise=0.1)
    radius = np.hypot(cloud.X[:, 0], cloud.X[:, 1])
    assert ((radius > 0.55) == cloud.y).mean() > 0.999
    for x in cloud.X[:, :2].T:  # the standard error of the mean of cos t over 500 points is 0.032
        assert abs(x[cloud.y == 1].mean()) < 0.13
