"""What is particular to the Practice page: answers of all forms, and when they are forgotten."""

import pytest

from pages import contents
from tests.pages.reading import Reading

PAGE = next(page for page in contents.PAGES if page.file == "practice.py")


def practice(**link) -> Reading:
    """The page with these of its values in the link; the exercise with seed 1 asks for H(0.7, 0.2, 0.1)."""
    return Reading(PAGE, {f"practice_{name}": text for name, text in link.items()})


@pytest.mark.parametrize("answer", ["1.157", "1,157", "1.16?", "?1.157", "115.7%", "1157/1000", " 1.157 "])
def test_a_right_answer_is_right_in_whatever_form(answer):
    assert "Right: H(P) is 1.157 bits." in practice(answer=answer).said


@pytest.mark.parametrize("answer", ["one", "1.157 bits", "1/0", "1e9", "??x", "0.7*2"])
def test_what_is_no_number_is_refused_in_a_sentence(answer):
    shown = practice(answer=answer)
    assert len(shown.notices) == 1
    assert "is no number that can be judged: write 0.25, 1/4 or 25%." in shown.notices[0]


def test_the_wrong_base_and_the_other_mistakes_are_named():
    assert "It would be right in nats" in practice(answer="0.8018").said
    assert "the minus in front makes it positive" in practice(answer="-1.157").said
    assert "KL(Q‖P), the wrong way round" in practice(kind="KL", answer="1.565").said  # .2 log .25 + .7 log 7


def test_next_takes_the_next_seed_and_forgets_the_answer_and_the_solution():
    shown = practice(seed="999", answer="1", solved="true").click("Next")
    assert shown.values["practice_seed"] == 0
    assert shown.values["practice_answer"] == "?"
    assert shown.values["practice_solved"] is False
    assert shown.link == {"practice_seed": "0"}


def test_an_answer_is_forgotten_with_its_exercise_and_its_unit():
    shown = practice(answer="1.157")
    shown.app.session_state["practice_seed"] = 5
    assert "percent too" not in shown.rerun().said
    assert shown.values["practice_answer"] == "?"
    shown = practice(answer="1.157")
    shown.app.session_state["unit"] = "nats"
    assert shown.rerun().values["practice_answer"] == "?"


def test_the_solution_is_shown_on_demand_with_terms_that_add_up():
    shown = practice(solved="true")
    assert shown.worked == [
        "= 0.7 × 0.5146 + 0.2 × 2.322 + 0.1 × 3.322", "= 0.360 + 0.465 + 0.332 = 1.157 bits",
    ]  # fmt: skip
    assert not practice().worked
    assert shown.snippets


def test_a_concept_answers_each_choice_by_what_it_means():
    answers = {pick: practice(kind="concepts", seed="1", pick=pick).said for pick in "ABCD"}
    assert sum("Right: both are compared with their own mean" in said for said in answers.values()) == 1
    assert sum("exchanging them changes the weights" in said for said in answers.values()) == 1
    assert "Right" not in practice(kind="concepts", seed="1").said
