"""The hand on the Perplexity page: the order on its curve, smoothing down to nothing, the reader's own text."""

from urllib.parse import urlencode

from playwright.sync_api import expect

PAGE = "/perplexity"
LINK = {
    "perplexity_k": "1", "perplexity_smoothing": "0.1", "perplexity_kind": "words", "perplexity_train": "Alice",
    "perplexity_test": "Own text", "perplexity_own": "the rabbit went down", "unit": "nats",
}  # fmt: skip


def named(here) -> str:
    """The token that the map names, with its number."""
    return here.control("perplexity_map").locator(".live-letters-said").inner_text()


def test_dragging_the_marker_along_the_orders_moves_everything_and_the_link_after_it(visit):
    here = visit(PAGE)
    stage = here.stage("perplexity_main")
    during = here.drag(
        stage.get_by_role("slider"), 160, 0, lambda: (here.title("perplexity_main"), here.readouts(), here.page.url)
    )
    assert len({title for title, _, _ in during}) >= 3
    assert len({read["Perplexity"] for _, read, _ in during}) >= 3
    assert len({url for _, _, url in during}) == 1
    k = here.written("perplexity_k")
    assert 4 <= int(k) <= 6
    here.shown(lambda: here.title("perplexity_main"), lambda t: t.startswith(f"Held out, order {k} "))
    again = visit(f"{PAGE}?perplexity_k={k}", viewport={"width": 1280, "height": 720})
    assert again.readouts() == here.readouts()


def test_without_smoothing_a_token_is_impossible_named_and_hatched(visit):
    here = visit(PAGE)
    here.handle("perplexity_smoothing").press("Home")
    title = "Infinite: “u” after “Fo” was never seen, nor 231 more"
    here.shown(lambda: here.title("perplexity_main"), lambda t: t == title)
    here.shown(lambda: here.link, lambda link: link == {"perplexity_smoothing": "0"})
    assert here.readouts()["Perplexity"] == "infinity"
    here.shown(lambda: named(here), lambda said: said == "“u” after “Fo”: infinity")
    infinite = here.control("perplexity_map").locator(".live-letter-infinite")
    assert infinite.count() == 232
    here.handle("perplexity_smoothing").press("ArrowRight")
    here.shown(lambda: infinite.count(), lambda count: count == 0)
    assert here.readouts()["Perplexity"] != "infinity"


def test_presets_show_the_textbook_numbers(visit):
    here = visit(PAGE)
    for name, perplexity in {"Ten equal digits": "10", "Mostly zeros": "1.725"}.items():
        here.page.get_by_role("button", name=name, exact=True).click()
        here.shown(here.readouts, lambda r, perplexity=perplexity: r["Perplexity"] == perplexity)
    here.shown(lambda: here.link.get("perplexity_own"), lambda text: text == "0000030000")


def test_the_readers_text_is_scored_and_stands_in_the_link_unless_it_is_long(visit):
    here = visit(f"{PAGE}?perplexity_test=Own+text")
    field = here.control("perplexity_own").get_by_role("textbox")
    field.fill("government of the people")
    field.press("Tab")
    here.shown(lambda: here.link.get("perplexity_own"), lambda text: text == "government of the people")
    here.shown(lambda: here.alt("perplexity_main"), lambda alt: "surprisal of 22 characters" in alt)
    before = here.readouts()["Perplexity"]
    field.fill("with all nations " * 100)
    field.press("Tab")
    here.shown(lambda: here.readouts()["Perplexity"], lambda now: now != before)
    here.shown(lambda: here.link.get("perplexity_own"), lambda text: text is None)
    expect(here.page.get_by_text("too many for the link")).to_be_visible()
    expect(here.page.get_by_text("The first 1,500 of 1,699 are shown.")).to_be_visible()


def test_every_control_in_one_link_restores_the_page_in_a_fresh_browser(visit):
    here = visit(f"{PAGE}?{urlencode(LINK)}", viewport={"width": 390, "height": 844})
    here.stage("perplexity_main")
    assert here.sideways() == []
    assert here.link == LINK
    assert here.title("perplexity_main").startswith("Held out, order 1 chooses among")
    assert "surprisal of 3 words" in here.alt("perplexity_main")
    assert here.readouts()["Mean surprisal H"].endswith(" nats")
    letters = here.control("perplexity_map").get_by_role("slider")
    letters.press("Home")
    letters.press("ArrowRight")
    here.shown(lambda: named(here), lambda said: said.startswith("“rabbit” after “the”: "))
