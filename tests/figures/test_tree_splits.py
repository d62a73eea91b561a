"""The pictures of the Tree splits page: records in, values and labels out."""

import re

import numpy as np
import pytest

from core.scenes import tree_splits as scenes
from core.units import BITS, NATS, UNITS
from pages.figures import tree_splits as figures
from pages.figures.style import number, quantity
from tests import printed
from tests.figures import reading


def big(n=4000, classes=7):
    """A table with more of everything than a picture can show."""
    rng = np.random.default_rng(1)
    y = rng.integers(0, classes, n)
    columns = [scenes.Column(f"number {i}", rng.standard_normal(n) + 0.2 * i * y, None) for i in range(8)]
    columns += [scenes.words("a column with a name that is far too long", [str(v) for v in rng.integers(0, 90, n)])]
    columns += [scenes.Column("same", np.ones(n), None), scenes.words("row", [f"row {i}" for i in range(n)])]
    return scenes.labelled("big", tuple(columns), "kind", [f"a class with a long name {v}" for v in y])


TABLES = {
    **{name: scenes.table(name) for name in scenes.DATA},
    **{f"{name}, numbered": scenes.table(name, identifier=True) for name in scenes.DATA[:2]},
    "big": big(),
}
STUDIES = {name: scenes.Study(made) for name, made in TABLES.items()}
TREES = {
    "play tennis": ("root", "Wind", "Humidity;Outlook;Wind", "Outlook;.;.", "Outlook;Humidity;Wind"),
    "play tennis, numbered": ("Day",),
    "XOR": ("root", "x<=0;y<=0;y<=0"),
    "moons": ("y<=0.3;x<=-0.4;x<=1.4;y<=0;y<=0.6",),
    "iris": ("petal length<=2.45;sepal width<=3;petal width<=1.7",),
    "big": ("row", "number 5;number 7;#9"),
}


def ranked(name, by="gain", ask=0, unit=BITS, hidden=False):
    ranking = STUDIES[name].ranking(by)
    return figures.candidates(ranking, min(ask, len(ranking.candidates) - 1), unit, hidden)


def split_of(name, by="gain", ask=0):
    ranking = STUDIES[name].ranking(by)
    return scenes.split(ranking, ranking.candidates[min(ask, len(ranking.candidates) - 1)])


def cut_at(name, column, by, t, unit):
    scan = STUDIES[name].scan(column, by)
    t = scan.best if t is None else scan.low + t * (scan.high - scan.low)
    return figures.threshold(scan, scenes.cut(scan, t), unit)


def traces(figure):
    """The traces of points."""
    return [t for t in figure.data if getattr(t, "mode", None) == "markers"]


KINDS = [(name, by) for name in TABLES for by in scenes.CRITERIA]
RANKED = {
    **{f"ranking, {n}, {by}": lambda u, n=n, by=by: ranked(n, by, unit=u) for n, by in KINDS},
    **{f"ranking asked, {n}": lambda u, n=n: ranked(n, ask=2, unit=u) for n in TABLES},
    **{f"ranking hidden, {n}": lambda u, n=n: ranked(n, ask=9, unit=u, hidden=True) for n in TABLES},
}
CUTS = [
    (n, STUDIES[n].table.numeric[-1], by, t) for n, by in KINDS if STUDIES[n].table.numeric for t in (None, 0, 0.3, 1)
]
PICTURES = {
    **RANKED,
    **{f"branches, {n}, {i}": lambda u, n=n, i=i: figures.branches(split_of(n, ask=i), u, i == 1)
       for n in TABLES for i in (0, 1, 20)},
    **{f"threshold, {c}": lambda u, c=c: cut_at(*c, u) for c in CUTS},
    **{f"impurities, {n}, {by}": lambda u, n=n, by=by: figures.impurities(scenes.impurities(split_of(n, by), by), u)
       for n, by in KINDS},
    **{f"tree, {n}, {t[:9]}": lambda u, n=n, t=t: figures.tree(STUDIES[n].tree("gain", t), u)
       for n, texts in TREES.items() for t in texts},
    **{f"plane, {n}, {t[:9]}": lambda _, n=n, t=t: figures.plane(
        scenes.plane(TABLES[n], STUDIES[n].tree("Gini", t)), STUDIES[n].tree("Gini", t))
       for n, texts in TREES.items() for t in texts if len(TABLES[n].numeric) > 1},
}  # fmt: skip
SPEAKING = [name for name in PICTURES if re.match(r"branches|impurities|tree|ranking.*, gain$", name)]


# --- true of every picture


@pytest.mark.parametrize("build", PICTURES.values(), ids=PICTURES)
def test_every_picture_is_a_valid_figure_with_a_finding_and_a_text_alternative(build):
    figure, alt, _ = build(NATS)
    reading.valid(figure)
    assert len(reading.title(figure)) > 10
    assert alt.endswith(".")
    assert re.search(r"\d", alt)
    said = f"{reading.all_text(figure)} {alt}"
    assert not re.search(r"\bnan\b|\binf\b|undefined|None|e[+-]\d|\bbits\b", said), said
    assert len(alt) < 1200


@pytest.mark.parametrize("name", SPEAKING)
def test_amounts_are_named_in_the_chosen_unit(name):
    for unit in UNITS:
        figure, alt, _ = PICTURES[name](unit)
        said = f"{reading.all_text(figure)} {alt}"
        others = [u.name for u in UNITS if u is not unit]
        assert not re.search(rf"\b({'|'.join(others)})\b", said)
        if not name.startswith("branches"):
            assert unit.symbol in said


@pytest.mark.parametrize("build", PICTURES.values(), ids=PICTURES)
def test_every_handle_lies_on_the_picture_at_something_drawn_and_says_its_value(build):
    figure, _, handles = build(BITS)
    for handle in handles:
        x, y = figure.layout[handle.xaxis], figure.layout[handle.yaxis]
        for axis, value, limits in ((x, handle.x, handle.xlim), (y, handle.y, handle.ylim)):
            assert axis.range[0] <= value <= axis.range[1]
            assert limits[0] - 1e-9 <= value <= limits[1] + 1e-9
        assert handle.text
        marks = [t for t in traces(figure) if (t.yaxis or "y") == handle.yaxis.replace("axis", "")]
        near = [np.hypot(np.asarray(t.x, float) - handle.x, np.asarray(t.y, float) - handle.y).min() for t in marks]
        assert min(near) < 1e-5


@pytest.mark.parametrize("build", PICTURES.values(), ids=PICTURES)
def test_a_step_of_a_drag_is_light(build):
    assert len(str(build(BITS).figure.to_dict())) < 60_000


@pytest.mark.parametrize("name", TABLES)
def test_axes_hold_still_whatever_is_asked(name):
    states = [ranked(name, ask=i, hidden=hidden) for i in range(3) for hidden in (False, True)]
    assert len({str(reading.ranges(p.figure)) for p in states}) == 1
    column = (STUDIES[name].table.numeric or (None,))[0]
    if column is not None:
        cuts = [cut_at(name, column, "gain", t, BITS) for t in (None, 0.0, 0.5, 1.0)]
        assert len({str(reading.ranges(p.figure)) for p in cuts}) == 1


# --- the ranking


def test_bars_are_as_long_as_the_scores_and_the_best_has_the_star():
    for by in scenes.CRITERIA:
        ranking = STUDIES["iris, numbered"].ranking(by)
        figure = ranked("iris, numbered", by).figure
        bars = [t for t in figure.data if t.type == "bar"]
        scores = [c.scores[by] for c in ranking.candidates]
        assert np.asarray(bars[1].x) == pytest.approx(BITS.from_nats(np.array(scores)) if by == "gain" else scores)
        assert set(np.asarray(bars[0].x)) == {
            np.float32(BITS.from_nats(ranking.whole) if by == "gain" else ranking.whole)
        }
        names = [w for w in reading.words(figure) if "<b>" in w]
        assert ["★" in w for w in names] == [True] + [False] * (len(names) - 1)
        for word, candidate, score in zip(names, ranking.candidates, np.asarray(bars[1].x), strict=True):
            assert candidate.name in word
            assert printed.shows(re.search(r"<b>(.*)</b>", word)[1], float(score)) or score == pytest.approx(
                float(printed.value(re.search(r"<b>(.*)</b>", word)[1])), rel=1e-3
            )


def test_the_published_gains_stand_in_the_picture():
    figure, alt, _ = ranked("play tennis")
    for name, gain in {"Outlook": 0.2467, "Humidity": 0.1518, "Wind": 0.0481, "Temperature": 0.0292}.items():
        word = next(w for w in reading.words(figure) if name in w)
        assert float(re.search(r"<b>(.*)</b>", word)[1]) == pytest.approx(gain, abs=5e-5)
        assert name in alt
    assert reading.title(figure) == "Outlook tells 0.2467 of 0.9403 bits"


def test_what_is_hidden_is_in_no_word_and_no_bar():
    figure, alt, _ = ranked("play tennis", ask=0, hidden=True)
    assert [w for w in reading.words(figure) if "★" in w] == []
    assert not re.search(r"0\.\d", f"{reading.title(figure)} {reading.words(figure)} {alt}")
    assert not np.asarray([t for t in figure.data if t.type == "bar"][1].x).any()
    names = [w for w in reading.words(figure) if w]
    assert names == ["Outlook", "Temperature", "Humidity", "Wind"]  # as in the table, not as ranked


def test_one_looked_at_beyond_the_shown_takes_the_last_place():
    ranking = STUDIES["big"].ranking("gain")
    assert figures.order(ranking, 0, False) == list(range(8))
    assert figures.order(ranking, 9, False) == [*range(7), 9]
    assert len(figures.candidates(ranking, 9, BITS, False).figure.data[0].x) == 8


def test_the_title_says_how_much_the_best_has_more():
    assert "0.0949 less than Outlook" in reading.title(ranked("play tennis", ask=1).figure).replace("0.09491", "0.0949")
    assert "as much as petal length ≤ 2.45" in reading.title(ranked("iris", ask=1).figure)


# --- branches


@pytest.mark.parametrize("name", TABLES)
def test_columns_are_as_wide_as_their_rows_and_full(name):
    for i in (0, 1, 20):
        figure = figures.branches(split_of(name, ask=i), BITS, False).figure
        bars = [t for t in figure.data if t.type == "bar"]
        heights = np.sum([np.asarray(t.y, float) for t in bars], axis=0)
        assert heights == pytest.approx(np.ones(len(heights)), abs=1e-5)
        assert np.asarray(bars[0].width, float).sum() == pytest.approx(1, abs=1e-5)
        centers, width = np.asarray(bars[0].x, float), np.asarray(bars[0].width, float)
        assert centers[1:] - centers[:-1] == pytest.approx((width[1:] + width[:-1]) / 2, abs=1e-5)
        areas = [float((np.asarray(t.y, float) * width).sum()) for t in bars]
        shares = figures.drawn_counts(TABLES[name].y.size and split_of(name, ask=i).counts).sum(axis=0)
        assert areas == pytest.approx(shares / shares.sum(), abs=1e-5)


def test_classes_beyond_the_colors_stand_together():
    assert figures.drawn_classes("abcdefg") == ["a", "b", "c", "4 others"]
    assert figures.drawn_counts(np.arange(7)).tolist() == [0, 1, 2, 18]
    assert "4 others" in figures.branches(split_of("big"), BITS, False).alt


# --- read-outs and the sum


@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
@pytest.mark.parametrize("name", TABLES)
def test_the_printed_terms_add_up_to_the_gain(name, unit):
    for i in (0, 1, 20):
        split = split_of(name, ask=i)
        products, difference, total = figures.worked(split, unit)
        terms, _, gain = total.rpartition(" = ")
        assert gain == quantity(split.gain, unit) == figures.readouts(split, unit)["Information gain"]
        assert sum(printed.value(t) for t in terms.split(" + ")) == printed.first(gain)
        before, after = re.fullmatch(r"(.*) − \((.*)\)", difference).groups()
        assert before == number(unit.from_nats(split.entropy))
        assert came_to(products) == pytest.approx(unit.from_nats(split.gain), rel=3e-3)
        assert came_to(after) == pytest.approx(unit.from_nats(split.left_over), rel=3e-3, abs=1e-4)


def came_to(products):
    """The sum of printed products."""
    factors = (product.split(" × ", 1) for product in products.split(" + "))
    return sum(float(printed.value(a)) * float(printed.value(b)) for a, b in factors)


def test_what_to_notice_is_true_of_the_state():
    def said(name, ask):
        ranking = STUDIES[name].ranking("gain")
        return figures.notice(ranking, ask, split_of(name, ask=ask), BITS)

    assert "“Overcast” brings 0.1821 of this, 74%: all its 4 rows are of one class" in said("play tennis", 0)
    assert "sends each of 14 rows its own way" in said("play tennis, numbered", 0)
    assert "3.807 bits" in said("play tennis, numbered", 0)
    assert "differ most" in said("play tennis", 1)
    assert said("XOR", 1).endswith("No first question tells more than 1.5% of what is open: greed is blind here.")
    assert not any("blind" in said(name, 0) for name in ("play tennis", "iris", "moons"))
    apart = scenes.labelled("", (scenes.words("a", "xxyy"), scenes.words("b", "xyxy")), "y", "uvuv")
    ranking = scenes.ranking(apart, "gain")
    assert "tells nothing" in figures.notice(ranking, 1, scenes.split(ranking, ranking.candidates[1]), BITS)


def test_the_readers_question_is_compared_with_the_best():
    ranking = STUDIES["play tennis"].ranking("gain")
    assert figures.compared(ranking, 0, BITS).endswith("No question has more.")
    assert figures.compared(ranking, 1, BITS) == (
        "Asked first: Humidity, 0.1518 bits. Outlook has 0.2467 bits: 0.09491 bits more."
    )


# --- a threshold


def test_points_move_from_no_to_yes_with_the_threshold():
    scan = STUDIES["iris"].scan(2, "gain")
    for t in (1.0, 2.45, 4.9, 6.9):
        at = scenes.cut(scan, t)
        figure = figures.threshold(scan, at, BITS).figure
        marks = [t for t in traces(figure) if (t.yaxis or "y") == "y"]
        x, y = (np.concatenate([np.asarray(m[a], float) for m in marks]) for a in "xy")
        assert np.array_equal(y > 1, x <= np.float32(t))
        assert (y > 1).sum() == at.counts[0].sum()
        star = next(m for m in figure.data if m.mode == "markers" and m.marker.symbol == "star")
        assert float(star.x[0]) == pytest.approx(2.45)
        assert float(star.y[0]) == pytest.approx(0.9183, abs=5e-5)


def test_the_title_tells_how_far_the_threshold_is_from_the_best():
    scan = STUDIES["iris"].scan(3, "gain")
    assert reading.title(cut_at("iris", 3, "gain", None, BITS).figure).endswith("0.9183 bits, the most here")
    at = scenes.cut(scan, 1.75)
    gap = quantity(scan.best_score - at.score, BITS)
    assert reading.title(figures.threshold(scan, at, BITS).figure).endswith(f"{gap} less than ≤ 0.8")
    assert "42 thresholds" in figures.threshold_notice(STUDIES["iris"].scan(2, "gain"), "gain")
    assert "300 of 4000 rows are drawn" in figures.threshold_notice(STUDIES["big"].scan(2, "gain"), "gain")


# --- impurities


@pytest.mark.parametrize("by", scenes.CRITERIA)
def test_the_gap_under_the_curve_is_the_gain(by):
    scene = scenes.impurities(split_of("play tennis", by), by)
    figure = figures.impurities(scene, BITS).figure
    gap = next(t for t in figure.data if t.mode == "lines" and t.line.width == 5)
    low, high = np.asarray(gap.y, float)
    gain = BITS.from_nats(scene.gain) if by in ("gain", "gain ratio") else scene.gain
    assert high - low == pytest.approx(gain, abs=1e-6)
    assert float(gap.x[0]) == pytest.approx(9 / 14)


# --- the tree


def test_the_tree_names_questions_and_what_the_greedy_one_had_more():
    figure, alt, _ = figures.tree(STUDIES["play tennis"].tree("gain", "Humidity;Outlook;Wind"), BITS)
    words = reading.words(figure)
    assert "Humidity? 0.1518" in words
    assert "0.09491 less than Outlook" in words
    assert {"High", "Normal", "Sunny", "Overcast", "Rain", "Weak", "Strong"} <= set(words)
    assert "1 and 1: which question?" in words
    assert "Humidity: 0.1518 bits, the greedy Outlook: 0.2467 bits" in alt
    assert reading.title(figure).startswith("3 questions tell 0.6007 of 0.9403 bits")


def test_of_very_many_branches_the_first_are_drawn_and_the_rest_counted():
    figure, _, _ = figures.tree(STUDIES["big"].tree("gain", "row"), BITS)
    assert sum(len(t.x) for t in figure.data if t.type == "bar" and t.x is not None) < 200
    assert any("3980 more" in w for w in reading.words(figure))


def test_the_tree_has_its_leaves_side_by_side():
    tree = STUDIES["moons"].tree("gain", TREES["moons"][0])
    x, leaves = figures._places(tree, list(range(len(tree.nodes))))
    at_leaves = sorted(x[i] for i, node in enumerate(tree.nodes) if node.asked is None)
    assert at_leaves == pytest.approx((np.arange(leaves) + 0.5) / leaves)
    for i, node in enumerate(tree.nodes):
        children = [x[j] for j, other in enumerate(tree.nodes) if other.parent == i]
        assert not children or min(children) < x[i] < max(children)
        assert node.parent is None or tree.nodes[node.parent].depth == node.depth - 1


def test_the_last_question_is_said_beside_the_greedy_one():
    study = STUDIES["XOR"]
    said = figures.grown_notice(study.tree("gain", "x<=0"), BITS)
    assert said.startswith(
        "Asked last: x ≤ 0, 0 bits. The greedy choice x ≤ −0.977 has 0.01516 bits, 0.01516 bits more."
    )
    assert "x ≤ 0: yes (100 rows)" in said
    assert figures.grown_notice(study.tree("gain", "root"), BITS) == "The next question goes to the root (200 rows)."
    assert figures.grown_notice(study.tree("gain", "x<=0;y<=0;y<=0"), BITS).endswith("Every node is a leaf.")
    assert figures.grown_readouts(study.tree("gain", "x<=0;y<=0;y<=0"), BITS)["Told by the tree"] == "1 bit"


def test_the_plane_names_columns_that_it_does_not_have():
    plane = PICTURES["plane, iris, petal len"](BITS)
    assert "petal width are not in this plane" in reading.title(plane.figure)


# --- taking away


@pytest.mark.parametrize("name", TABLES)
def test_the_snippet_prints_the_gain_and_the_table_sums_to_it(name, capsys):
    for i in (0, 20):
        split = split_of(name, ask=i)
        columns, snippet = figures.taken(split, BITS)
        exec(snippet, {})
        assert float(capsys.readouterr().out) == pytest.approx(BITS.from_nats(split.gain))
        assert sum(columns["contribution (bits)"]) == pytest.approx(BITS.from_nats(split.gain))
        assert len(snippet) < 20_000
