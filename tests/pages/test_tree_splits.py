"""The Tree splits page without a browser: choosing first, growing question by question, the reader's own table."""

import re
from urllib.parse import parse_qs

import pytest

from core.datasets import PLAY_TENNIS
from core.scenes import tree_splits as scenes
from core.units import BITS
from pages import contents
from pages.figures import tree_splits as figures
from pages.figures.style import quantity
from tests.pages.reading import Reading

PAGE = next(page for page in contents.PAGES if page.file == "tree_splits.py")
MUTUAL = next(page for page in contents.PAGES if page.file == "mutual_information.py")
TENNIS = "\n".join(
    [
        ",".join((*PLAY_TENNIS.feature_names, "Play")),
        *(",".join((*row, label)) for row, label in zip(PLAY_TENNIS.rows, PLAY_TENNIS.labels, strict=True)),
    ]
)


def upload(shown: Reading, text: str, name: str = "mine.csv") -> Reading:
    shown.app.file_uploader[0].set_value((name, text.encode(), "text/csv"))
    return shown.rerun()


def titles(shown: Reading) -> dict[str, str]:
    return {key: data["title"] for key, data in shown.pictures.items()}


# --- the reader's choice first


def test_the_ranking_is_hidden_until_a_question_has_been_chosen():
    shown = Reading(PAGE, {"tree_guess_first": "true", "tree_ask": "Wind"})
    assert shown.readouts == {}
    said = [shown.markup, *(f"{data['title']} {data['alt']}" for data in shown.pictures.values())]
    assert not re.search(r"\b0\.\d{3}", re.sub(r"<style>.*?</style>", "", " ".join(said), flags=re.DOTALL))
    assert set(shown.pictures) == {"tree_ranking", "tree_branches"}
    shown.click("Compare")
    assert "Asked first: Wind, 0.04813 bits. Outlook has 0.2467 bits: 0.1986 bits more." in shown.said
    assert shown.readouts["Information gain"] == "0.04813 bits"
    assert "tree_grown" in shown.pictures


def test_the_best_question_is_not_given_away_by_where_the_handle_stands():
    shown = Reading(PAGE, {"tree_guess_first": "true", "tree_data": "iris"})
    (handle,) = shown.pictures["tree_ranking"]["handles"]
    assert handle["text"].startswith("sepal length")
    assert shown.values["tree_ask"] == "sepal length"
    assert "How mixed are the branches of sepal length" in titles(shown)["tree_branches"]
    shown.click("Compare")
    assert "Asked first: sepal length ≤ 5.55" in shown.said


def test_each_question_is_answered_by_the_greedy_one():
    shown = Reading(PAGE).click("Humidity?")
    assert (
        "Asked last: Humidity, 0.1518 bits. The greedy choice Outlook has 0.2467 bits, 0.09491 bits more." in shown.said
    )
    assert shown.link["tree_path"] == "Humidity"
    shown.click("Greedy")
    assert "The greedy choice has no more." in shown.said
    shown.click("Undo").click("Undo")
    assert "tree_path" not in shown.link
    for _ in range(3):
        shown.click("Greedy")
    assert titles(shown)["tree_grown"] == "3 questions tell 0.9403 of 0.9403 bits"
    assert not [b for b in shown.app.button if b.label.endswith("?")]
    assert "tree_path" not in shown.click("Start over").link


def test_the_threshold_in_the_hand_can_be_asked():
    shown = Reading(PAGE, {"tree_data": "XOR", "tree_cut": "x<=0"}).click("x ≤ 0?")
    assert shown.link["tree_path"] == "x<=0"
    assert "2 rectangles" in titles(shown)["tree_plane"]


def test_a_tree_about_other_data_gives_way():
    shown = Reading(PAGE, {"tree_ask": "Wind", "tree_path": "Outlook;Wind"})
    shown.app.session_state["tree_data"] = "iris"
    shown.rerun()
    assert not shown.notices
    assert titles(shown)["tree_ranking"].startswith("petal length ≤ 2.45 tells")
    assert titles(shown)["tree_grown"].startswith("No question asked yet")


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ({"tree_ask": "Wnd"}, "“Wnd” is no column"),
        ({"tree_path": "Wind;Wnd"}, "“Wnd” is no column"),
        ({"tree_path": "Outlook;Outlook"}, "All 5 rows here answer “Outlook” alike"),
        ({"tree_data": "iris", "tree_cut": "petal length<=x"}, "is no column"),
        ({"tree_data": "iris", "tree_ask": "petal length<=2"}, "write the name of the column alone"),
        ({"tree_seed": "1001", "tree_data": "moons"}, "is not a whole number from 0 to 999"),
    ],
)
def test_a_link_that_makes_no_sense_here_is_answered_in_a_sentence(link, sentence):
    shown = Reading(PAGE, link)
    (notice,) = shown.notices
    assert sentence in notice
    assert notice.endswith("The default is shown.")


# --- the same number as mutual information


@pytest.mark.parametrize(("data", "by"), [("play tennis", "gain"), ("iris", "gain ratio"), ("moons", "gain")])
def test_the_page_of_mutual_information_says_the_same_number_of_every_question(data, by):
    study = scenes.Study(scenes.table(data))
    for place in range(len(study.ranking(by).candidates)):
        split = study.split(by, place)
        there = Reading(MUTUAL, {"mutual_p": figures.joint(split)})
        assert not there.notices
        assert there.readouts["Mutual information I"] == quantity(split.gain, BITS)
        assert there.values["mutual_p"].corner == (split.name[:12].strip(), split.label)


def test_the_link_is_there_where_the_table_is_small():
    def linked(**link):
        return [e for e in Reading(PAGE, link).app.get("page_link") if "mutual" in e.proto.page]

    (link,) = linked(tree_ask="Wind")
    assert parse_qs(link.proto.query_string) == {"mutual_p": ["Wind/Play:Yes,No;Weak:6,2;Strong:3,3"]}
    assert not linked(tree_id="true")  # fourteen branches


# --- the reader's own table


def test_an_own_table_is_ranked_as_any_other():
    shown = upload(Reading(PAGE, {"tree_data": "own data"}), TENNIS)
    assert titles(shown)["tree_ranking"] == "Outlook tells 0.2467 of 0.9403 bits"
    assert "mine.csv: 14 rows and 5 columns, by comma." in shown.said
    assert shown.readouts["Entropy of Play"] == "0.9403 bits"
    shown.click("Wind?")
    assert "Asked last: Wind" in shown.said
    shown.app.session_state["tree_id"] = True
    assert titles(shown.rerun())["tree_ranking"].startswith("Row tells 0.9403")


def test_a_refused_file_changes_nothing():
    shown = upload(Reading(PAGE, {"tree_data": "own data"}), TENNIS)
    before = titles(shown)
    upload(shown, "\x00\x01", "picture.png")
    assert "picture.png was not taken." in shown.said
    assert titles(shown) == before


def test_numbers_and_names_of_strangers_are_shown_as_they_stand():
    rows = [f"{i},{i % 7},{'ab'[i % 2]},same,{'uv'[i > 30]}" for i in range(60)]
    text = "\n".join(["<b>size</b>,$x$,*kind*,flat,<script>alert(1)</script>", *rows])
    shown = upload(Reading(PAGE, {"tree_data": "own data"}), text)
    assert titles(shown)["tree_ranking"].startswith("‹b›size‹/b› ≤ 30.5 tells")
    assert "<script" not in shown.markup
    assert r"\$x\$?" in [b.label for b in shown.app.button]
    assert titles(shown)["tree_plane"].startswith("1 rectangle")


def test_a_table_with_nothing_to_ask_is_answered_in_a_sentence():
    shown = upload(Reading(PAGE, {"tree_data": "own data"}), "a,b\nx,u\nx,v\nx,u\nx,v\n")
    assert "there is nothing to ask" in shown.said
    assert shown.readouts == {}
