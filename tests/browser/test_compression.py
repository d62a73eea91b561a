"""The hand on the Compression page: down the ladder, through the text, with texts of its own up to a megabyte."""

import re

from playwright.sync_api import expect

PAGE = "/compression"
PASTE = """(field, text) => {
  field.value = text;
  field.dispatchEvent(new InputEvent("input", { inputType: "insertFromPaste" }));
}"""


def own(here):
    """The field for a text of one's own."""
    return here.control("compression_own").get_by_role("textbox")


def test_dragging_down_the_ladder_moves_everything_during_the_drag_and_the_link_after_it(visit):
    here = visit(PAGE)
    here.stage("compression_ladder")
    seen = here.drag(
        here.handle("compression_ladder"), 0, 70,
        lambda: (here.title("compression_ladder"), *here.readouts(), here.title("compression_curve"), here.page.url),
    )  # fmt: skip
    assert len({title for title, *_ in seen}) >= 3
    assert len({names for _, *names, _, _ in map(tuple, seen) for names in [tuple(names)]}) >= 3
    assert len({below for *_, below, _ in seen}) >= 3
    assert len({url for *_, url in seen}) == 1
    k = here.written("compression_k")
    assert int(k) > 3
    assert f"order {k}:" in here.title("compression_ladder")
    here.handle("compression_ladder").press("ArrowUp")
    here.shown(lambda: here.link.get("compression_k"), lambda text: text == str(int(k) - 1))
    here.stage("compression_curve")
    here.drag(here.handle("compression_curve"), -90, 0, lambda: None)
    assert int(here.written("compression_k")) < int(k) - 1


def test_each_character_says_its_cost_by_key_and_by_pointer(visit):
    here = visit(f"{PAGE}?compression_text=Own text&compression_own=abac abac&compression_k=1")
    text = here.handle("compression_map")
    assert text.get_attribute("aria-valuetext") == "“b” after “a”: 1 bit"
    here.press(text, "Home")
    assert text.get_attribute("aria-valuetext") == "“a”: too few characters before it"
    here.press(text, "ArrowRight", "ArrowRight")
    assert text.get_attribute("aria-valuetext") == "“a” after “b”: 0 bits"
    text.locator("span").nth(4).hover()
    expect(here.control("compression_map").get_by_text("“space” after “c”: 0 bits")).to_be_visible()
    heights = text.locator("span").evaluate_all("cells => cells.map(c => c.style.getPropertyValue('--level'))")
    assert heights[1] == heights[3] != heights[2]


def test_a_short_text_stands_in_the_link_and_a_long_one_says_that_it_does_not(visit):
    here = visit(f"{PAGE}?compression_text=Own text")
    field = own(here)
    field.fill("abababab")
    here.shown(lambda: here.link.get("compression_own"), lambda text: text == "abababab")
    here.shown(here.readouts, lambda r: r["Order-0 entropy"] == "1 bit")
    again = visit(here.page.url.removeprefix(here.server), viewport={"width": 390, "height": 844})
    assert again.readouts() == here.readouts()
    assert again.sideways() == []

    field.evaluate(PASTE, "ab" * 300)
    expect(here.page.get_by_text("The text has 600 characters, too many for the link")).to_be_visible()
    here.shown(lambda: "compression_own" in here.link, lambda there: not there)
    here.shown(lambda: here.alt("compression_ladder"), lambda alt: alt.startswith("Bars for 600 characters"))
    alert = here.control("compression_own").get_by_role("alert")
    for text, said in (("", "The text has 0 characters"), ("x" * 1_000_001, "The text has 1,000,001 characters")):
        field.evaluate(PASTE, text)
        expect(alert).to_contain_text(said)
        assert here.alt("compression_ladder").startswith("Bars for 600 characters")
        assert field.input_value() == text  # nothing that was typed is lost


def test_a_megabyte_shows_how_far_it_is_and_gives_way_to_the_next_change(visit):
    here = visit(f"{PAGE}?compression_text=Own text")
    field = own(here)
    # Random letters: nothing that a compressor is quick with.
    field.evaluate(
        """field => {
          let seed = 1, text = "";
          while (text.length < 1e6) text += String.fromCharCode(97 + ((seed = (seed * 48271) % 2147483647) >> 8) % 26);
          field.value = text;
          field.dispatchEvent(new InputEvent("input", { inputType: "insertFromPaste" }));
        }"""
    )
    expect(here.page.get_by_role("progressbar").first).to_be_visible()
    here.page.get_by_role("radio", name="Jack’s house").click()
    here.shown(lambda: here.alt("compression_ladder"), lambda alt: alt.startswith("Bars for 1,981 characters"))
    here.at_rest()
    expect(here.page.get_by_role("progressbar")).to_have_count(0)
    here.page.get_by_role("radio", name="Own text").click()
    here.shown(lambda: here.alt("compression_ladder"), lambda alt: alt.startswith("Bars for 1,000,000 characters"))
    seen = here.drag(here.handle("compression_ladder"), 0, 60, lambda: here.title("compression_ladder"))
    assert len(set(seen)) >= 3


def test_dragging_a_share_rebuilds_the_tree(visit):
    here = visit(f"{PAGE}?compression_p=0.5,0.25,0.25")
    here.stage("compression_tree")
    during = here.drag(
        here.handle("compression_p", 2), 0, -60, lambda: (here.title("compression_tree"), here.alt("compression_tree"))
    )
    assert len({title for title, _ in during}) >= 4
    assert len({re.search("code words (.*?)\\.", alt)[1] for _, alt in during}) >= 2
    here.written("compression_p")


def test_a_link_with_every_control_restores_the_page(visit):
    link = {
        "compression_text": "Jack’s house", "compression_k": "4", "compression_shuffled": "true",
        "compression_seed": "7", "compression_share": "0.5", "compression_smoothing": "0.01",
        "compression_p": "0.9,0.1", "unit": "nats",
    }  # fmt: skip
    query = "&".join(f"{name}={text}" for name, text in link.items())
    here = visit(f"{PAGE}?{query}", viewport={"width": 390, "height": 844})
    for key in ("compression_ladder", "compression_curve", "compression_tree"):
        here.stage(key)
    assert here.sideways() == []
    assert here.link == link
    assert here.title("compression_ladder").startswith("Shuffled: zlib goes from 0.641")
    assert here.title("compression_curve").startswith("Order 4:")
    assert here.readouts()["Mean length L"] == "0.6931 nats"
