"""The hand on the Practice page: an answer typed, mended, solved; the next exercise; a concept on a phone."""

PAGE = "/practice"


def test_an_answer_is_typed_and_mended_and_the_next_exercise_begins_afresh(visit):
    here = visit(PAGE)
    field = here.control("practice_answer").get_by_role("textbox")
    notice = here.page.locator(".notice").first
    answers = {"0.8018": "It would be right in nats", "x": "0.8018 is 31 percent", "1.157": "Right: H(P)"}
    for typed, says in answers.items():
        field.fill(typed)
        field.press("Enter")
        here.shown(notice.inner_text, lambda text, says=says: says in text)  # of "x" at once: the answer comes later
    here.shown(lambda: here.title("practice_picture"), lambda title: title == "H(P) is 1.157 bits")
    here.shown(lambda: here.link, lambda link: link == {"practice_answer": "1.157"})
    here.page.get_by_role("button", name="Next").click()
    here.shown(lambda: here.link, lambda link: link == {"practice_seed": "2"})
    here.shown(field.input_value, lambda text: text == "?")
    here.shown(lambda: here.title("practice_picture"), lambda title: title.startswith("Given: P "))


def test_the_solution_stands_in_the_link_and_the_page_comes_back_as_it_was(visit):
    here = visit(f"{PAGE}?practice_kind=KL&practice_seed=7&practice_answer=1/2&unit=nats")
    here.page.get_by_text("Show the solution").click()
    here.shown(lambda: here.title("practice_picture"), lambda title: title.startswith("KL(P‖Q) is "))
    here.shown(lambda: here.link.get("practice_solved"), lambda text: text == "true")
    again = visit(here.page.url.removeprefix(here.server), viewport={"width": 1280, "height": 720})
    assert again.title("practice_picture") == here.title("practice_picture")
    assert again.readouts() == here.readouts()
    assert again.page.locator(".worked").inner_text() == here.page.locator(".worked").inner_text()
    assert again.control("practice_answer").get_by_role("textbox").input_value() in ("1/2", "0.5")


def test_a_concept_is_answered_on_a_phone(visit):
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
    here = visit(f"{PAGE}?practice_kind=concepts&practice_seed=1", **phone)
    assert here.sideways() == []
    notice = here.page.locator(".notice").first
    said = set()
    for letter in "ABCD":
        choice = here.page.get_by_role("radio", name=letter, exact=True)
        choice.or_(here.page.get_by_role("button", name=letter, exact=True)).first.click()
        here.shown(lambda: here.link.get("practice_pick"), lambda text, letter=letter: text == letter)
        said.add(here.shown(notice.inner_text, lambda text, said=said: text not in said and "One of them" not in text))
    assert sum(text.startswith("Right:") for text in said) == 1
