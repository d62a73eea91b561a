"""The hand on the Softmax temperature page: logits, temperature with its exact ends, the path, the cut."""

import re

from playwright.sync_api import expect

PAGE = "/softmax-temperature"
PUBLISHED = {"T = 0.5": "0.8236", "T = 1": "0.5486", "T = 2": "0.3634", "T = 5": "0.2597", "T = 10": "0.2288"}


def largest(here) -> str:
    return here.readouts()["Largest probability"]


def test_dragging_a_logit_moves_everything_during_the_drag_and_the_link_after_it(visit):
    here = visit(PAGE)
    here.stage("softmax_bars")
    handle = here.control("softmax_bars").get_by_role("slider", name="Logit of B")
    during = here.drag(handle, 70, 0, lambda: (here.title("softmax_bars"), largest(here), here.page.url))
    assert len({title for title, _, _ in during}) >= 4
    assert len({share for _, share, _ in during}) >= 4
    assert len({url for _, _, url in during}) == 1
    written = here.written("softmax_z")
    here.at_rest()
    assert written.startswith("2,")
    b = float(written.split(",")[1])
    assert b > 2
    assert here.title("softmax_bars").startswith("At T = 1 B gets")

    again = visit(f"{PAGE}?softmax_z={written}", viewport={"width": 1280, "height": 720})
    assert again.readouts() == here.readouts()
    assert again.title("softmax_teacher") == here.title("softmax_teacher")  # the sections below followed as well


def test_temperature_goes_to_exactly_nothing_and_to_infinity_by_key(visit):
    here = visit(PAGE)
    here.stage("softmax_bars")
    temperature = here.handle("softmax_T")
    temperature.press("End")
    here.shown(lambda: here.title("softmax_bars"), lambda t: t == "At T = infinity all 5 are equally likely")
    here.shown(lambda: here.link, lambda link: link == {"softmax_T": "inf"})
    temperature.press("Home")
    here.shown(lambda: here.title("softmax_bars"), lambda t: t == "At T = 0 A takes everything")
    here.shown(lambda: here.link, lambda link: link == {"softmax_T": "0"})
    temperature.press("ArrowRight")
    here.shown(lambda: here.title("softmax_bars"), lambda t: t.startswith("At T = 0.05 A gets 1.000"))


def test_the_presets_show_the_published_probabilities(visit):
    here = visit(PAGE)
    for name, share in PUBLISHED.items():
        here.page.get_by_role("button", name=name, exact=True).click()
        here.shown(lambda: largest(here), lambda found, share=share: found == share)


def test_the_markers_on_the_curve_and_on_the_path_set_the_temperature(visit):
    here = visit(PAGE)
    here.stage("softmax_curve")
    here.handle("softmax_curve").press("ArrowRight")
    here.shown(lambda: here.link.get("softmax_T"), lambda text: text == "1.17")
    here.stage("softmax_path")
    during = here.drag(here.handle("softmax_path"), 60, -50, lambda: here.title("softmax_curve"))
    assert len(set(during)) >= 3
    here.shown(lambda: here.link.get("softmax_T"), lambda text: text not in (None, "1.17"))
    assert float(here.link["softmax_T"]) > 1.17


def test_the_cut_is_dragged_between_the_words(visit):
    here = visit(PAGE)
    here.stage("softmax_words")
    here.drag(here.handle("softmax_words"), 0, -60, lambda: None)
    text = here.written("softmax_k")
    assert int(text) < 4
    here.shown(lambda: here.title("softmax_words"), lambda t: t.startswith(f"After “we”: {text} of 7"))


def test_typed_logits_that_make_no_sense_are_kept_to_be_mended(visit):
    here = visit(PAGE)
    field = here.control("softmax_z").get_by_role("textbox")
    field.fill("cat: 3, dog: two")
    field.press("Enter")
    expect(here.control("softmax_z").get_by_role("alert")).to_contain_text("“dog: two” is no logit")
    assert largest(here) == "0.5486"
    assert here.link == {}
    field.fill("cat: 1, dog: 1")
    field.press("Enter")
    here.shown(lambda: largest(here), lambda found: found == "0.5")
    here.shown(lambda: here.link.get("softmax_z"), lambda text: text == "cat: 1, dog: 1")
    here.shown(lambda: here.alt("softmax_bars"), lambda alt: bool(re.search("cat 1, dog 1", alt)))


def test_every_control_in_one_link_restores_the_page_in_a_fresh_browser(visit):
    link = (
        "softmax_T=0.5&softmax_add=1.5&softmax_z=3,1,0,-1&softmax_after=the&softmax_wordT=2&softmax_k=3"
        "&softmax_mass=0.9&softmax_draws=300&softmax_seed=7&softmax_soft=8&softmax_student=1,0,0,0"
        "&softmax_stretch=3&softmax_n=100&softmax_rows=5&unit=nats"
    )
    here = visit(f"{PAGE}?{link}", viewport={"width": 390, "height": 844})
    for key in ("softmax_bars", "softmax_words", "softmax_teacher", "softmax_reliability"):
        here.stage(key)
    assert here.sideways() == []
    assert here.link == dict(pair.split("=") for pair in link.split("&"))
    assert here.title("softmax_bars").startswith("At T = 0.5 A gets 0.97")
    assert here.title("softmax_words").startswith("After “the”: 3 of 9 words stay")
    assert here.title("softmax_teacher").startswith("T = 8:")
    assert here.readouts()["Entropy H"].endswith(" nats")
