"""The hand on the Divergences page: the two distributions, the order, the bell, the way from P to Q, the coin."""

from urllib.parse import urlencode

PAGE = "/divergences"
FRESH = {"viewport": {"width": 1280, "height": 720}}
EVERY = {  # every control of the page, off its default
    "unit": "nats", "divergences_f": "χ²", "divergences_p": "0.4,0.35,0.25", "divergences_q": "0.3,0.3,0.4",
    "divergences_alpha": "inf", "divergences_toward": "0.8", "divergences_pairs": "60", "divergences_seed": "7",
    "divergences_shift": "3.5", "divergences_coin": "0.3",
}  # fmt: skip


def test_dragging_a_bar_moves_every_divergence_during_the_drag_and_the_link_after_it(visit):
    here = visit(PAGE)
    here.stage("divergences_family")
    bar = here.handle("divergences_q")
    during = here.drag(bar, 0, -50, lambda: (here.title("divergences_family"), here.readouts(), here.page.url))
    assert len({title for title, _, _ in during}) >= 4
    assert len({readouts["Chi-squared χ²"] for _, readouts, _ in during}) >= 4
    assert len({url for _, _, url in during}) == 1
    written = here.written("divergences_q")
    here.at_rest()
    assert float(written.split(",")[0]) > 0.3
    again = visit(f"{PAGE}?divergences_q={written}", **FRESH)
    assert again.readouts() == here.readouts()
    for key in ("divergences_renyi", "divergences_pinsker"):  # the sections below followed as well
        assert again.alt(key) == here.alt(key)


def test_presets_and_generators_show_the_published_numbers_and_the_infinite_ones(visit):
    here = visit(PAGE)
    assert here.readouts()["KL(P‖Q)"] == "0.3365 bits"
    here.page.get_by_role("button", name="Disjoint", exact=True).click()
    here.shown(lambda: here.title("divergences_family"), lambda t: t == "JS is 1 bit, its ceiling: nothing is shared")
    assert list(here.readouts().values()) == ["infinity", "infinity", "1 bit", "1", "infinity", "1"]
    here.page.get_by_role("radio", name="KL", exact=True).or_(
        here.page.get_by_role("button", name="KL", exact=True)
    ).first.click()
    here.shown(lambda: here.title("divergences_family"), lambda t: t.startswith("KL(P‖Q) is infinite"))
    here.shown(lambda: here.link.get("divergences_f"), lambda text: text == "KL")


def test_the_order_reaches_both_of_its_ends_on_the_curve(visit):
    here = visit(PAGE)
    here.stage("divergences_renyi")
    marker = here.handle("divergences_renyi")
    during = here.drag(marker, 60, 0, lambda: here.title("divergences_renyi"))
    assert len(set(during)) >= 3
    assert float(here.written("divergences_alpha")) > 0.5
    for key, text in (("End", "inf"), ("Home", "0")):
        marker.press(key)
        here.shown(lambda: here.link.get("divergences_alpha"), lambda found, text=text: found == text)
    here.shown(lambda: here.title("divergences_renyi"), lambda t: t.startswith("α = 0: 0 bits"))


def test_the_bell_the_way_and_the_coin_are_dragged(visit):
    here = visit(PAGE)
    here.stage("divergences_pinsker")
    during = here.drag(here.handle("divergences_pinsker"), 0, 25, lambda: here.title("divergences_pinsker"))
    assert len(set(during)) >= 3
    assert 0 < float(here.written("divergences_toward")) < 1
    here.stage("divergences_bells")
    during = here.drag(here.handle("divergences_bells"), 150, 0, lambda: here.title("divergences_bells"))
    assert len(set(during)) >= 4
    assert float(here.written("divergences_shift")) > 2.5
    here.stage("divergences_triangle")
    here.drag(here.handle("divergences_triangle", 1), -230, 0, lambda: None)
    assert float(here.written("divergences_coin")) < 0.1
    here.shown(lambda: here.title("divergences_triangle"), lambda t: "KL keeps the triangle" in t)


def test_a_link_with_every_control_restores_the_page_on_a_phone(visit):
    here = visit(f"{PAGE}?{urlencode(EVERY)}", viewport={"width": 390, "height": 844}, has_touch=True)
    for key in ("family", "renyi", "pinsker", "bells", "triangle"):
        here.stage(f"divergences_{key}")
    assert here.sideways() == []
    assert here.link == EVERY
    assert here.title("divergences_family").startswith("χ² is 0.0979")  # .1²/.3 + .05²/.3 + .15²/.4
    assert here.title("divergences_renyi").startswith("α = infinity: 0.2877 nats")  # log 4/3
    assert here.title("divergences_bells").startswith("3.5 widths apart: KL 6.125 nats")
