"""The reader's own columns on the Mutual information page: estimated by their kinds, taken as the joint table."""

import pytest

from pages import contents
from tests.pages.reading import Reading

PAGE = next(page for page in contents.LESSONS if page.file == "mutual_information.py")
OUTLOOK = "outlook,play,humidity\n" + "".join(
    f"{o},{p},{70 + 3 * i}\n"
    for i, (o, p) in enumerate(
        [("overcast", "yes")] * 4 + [("rain", "no")] * 2 + [("rain", "yes")] * 3 + [("sunny", "no")] * 3
        + [("sunny", "yes")] * 2
    )
)  # fmt: skip


def given(text: str) -> Reading:
    here = Reading(PAGE, {"mutual_data": "Own data"})
    here.app.text_area[0].set_value(text)
    return here.rerun()


def test_labels_are_counted_and_taken_as_the_joint_table():
    here = given(OUTLOOK)
    here.app.selectbox[1].set_value("play")
    here.rerun()
    assert here.readouts["Estimate of I"] == "0.2467 bits"
    assert "Estimated from counted pairs in 14 rows." in here.said
    here.click("Take as the joint table")
    assert here.readouts["Mutual information I"] == "0.2467 bits"
    assert here.link["mutual_p"] == "outlook/play:no,yes;overcast:0,4;rain:2,3;sunny:3,2"
    again = Reading(PAGE, {"mutual_p": here.link["mutual_p"]})
    assert again.readouts["Mutual information I"] == "0.2467 bits"


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [("humidity", "play", "Ross"), ("play", "humidity", "Ross"), ("outlook", "play", "counted")],
)
def test_the_kind_of_the_estimate_follows_the_columns(first, second, kind):
    here = given(OUTLOOK)
    here.app.selectbox[0].set_value(first)
    here.app.selectbox[1].set_value(second)
    here.rerun()
    assert kind in here.said
    here.click("Take as the joint table")
    assert here.hands["mutual_p"]["corner"] == [first, second]


def test_columns_that_cannot_be_used_are_answered_in_a_sentence():
    here = given("a,b,c\n" + "".join(f"{i % 2},7,{'xy'[i % 2]}\n" for i in range(20)))
    here.app.selectbox[1].set_value("b")
    here.rerun()
    assert "Column “b” has the same value in every row" in here.said
    here.app.selectbox[1].set_value("a")
    here.rerun()
    assert "A column tells everything about itself" in here.said


def test_names_with_markup_and_punctuation_survive_the_link():
    rows = [f'"{"u,v" if i % 3 else "w;"}",{"pq"[i % 2]}' for i in range(30)]
    here = given("\n".join(["a<b>/x,y:z;!", *rows]))
    here.click("Take as the joint table")
    again = Reading(PAGE, {"mutual_p": here.link["mutual_p"]})
    assert not again.notices
    assert again.values["mutual_p"] == here.values["mutual_p"]
