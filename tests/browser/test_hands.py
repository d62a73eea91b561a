"""The hand on the picture: bars, sliders, handles, typed text; the answer comes during the drag, the link after it."""

import re

import pytest
from playwright.sync_api import expect

from pages import contents
from tests.browser.visit import address

P = "entropy_p"


def shares(here) -> list[float]:
    return [float(text.replace("∞", "inf")) for text in here.spoken(P)]


def entropy_now(here) -> str:
    return here.title("entropy_areas")


# --- bars


def test_dragging_a_bar_moves_the_picture_during_the_drag_and_the_link_after_it(visit):
    here = visit("/entropy")
    history = here.page.evaluate("history.length")
    during = here.drag(here.handle(P), 0, -60, lambda: (entropy_now(here), here.page.url))
    titles = [title for title, _ in during]
    assert len(set(titles)) >= 4, f"only {set(titles)}"
    assert len({url for _, url in during}) == 1
    written = here.written(P)
    here.at_rest()
    assert entropy_now(here) != titles[0]
    assert here.page.evaluate("history.length") == history

    again = visit(f"/entropy?{P}={written}", viewport={"width": 1280, "height": 720})
    assert again.readouts() == here.readouts()
    assert again.spoken(P) == here.spoken(P)
    assert entropy_now(again) == entropy_now(here)


def test_the_others_give_way_in_proportion_and_all_stay_one_whole(visit):
    here = visit("/entropy")
    here.drag(here.handle(P), 0, 40, lambda: None)
    here.written(P)
    a, b, c, d = shares(here)
    assert a < 0.5
    assert a + b + c + d == pytest.approx(1, abs=1e-9)
    assert (b / c, b / d) == pytest.approx((2, 2), abs=0.02)  # shares that a drag sets are thousandths


def test_a_locked_outcome_stays_and_cannot_be_taken_hold_of(visit):
    here = visit("/entropy")
    lock = here.control(P).get_by_role("button", name=re.compile("Lock.*: B"))
    lock.click()
    expect(here.control(P).get_by_role("button", name=re.compile("Lock.*: B"))).to_have_attribute(
        "aria-pressed", "true"
    )
    here.shown(lambda: here.link.get(P), lambda text: text == "0.5,0.25!,0.125,0.125")
    here.press(here.handle(P), "PageUp", "PageUp", "PageUp")
    here.shown(lambda: shares(here), lambda s: s[0] == pytest.approx(0.75))  # what is locked leaves no more
    assert shares(here) == pytest.approx([0.75, 0.25, 0, 0])
    here.press(here.handle(P, 1), "ArrowUp", "Home")
    assert shares(here) == pytest.approx([0.75, 0.25, 0, 0])


def test_bars_take_every_key(visit):
    here = visit("/entropy")
    bar = here.handle(P)
    for key, share in [
        ("ArrowUp", 0.51), ("ArrowRight", 0.52), ("ArrowDown", 0.51), ("ArrowLeft", 0.5), ("PageUp", 0.6),
        ("PageDown", 0.5), ("Shift+ArrowUp", 0.501), ("End", 1.0), ("Home", 0.0),
    ]:  # fmt: skip
        bar.press(key)
        here.shown(lambda: shares(here)[0], lambda s, share=share: s == pytest.approx(share))
    here.shown(lambda: here.link.get(P), lambda text: text == "0,0.5,0.25,0.25")
    here.shown(here.readouts, lambda r: r["Entropy H"] == "1.5 bits")


def test_a_finger_drags_a_bar(visit):
    here = visit("/entropy", viewport={"width": 390, "height": 844}, has_touch=True)
    bar = here.handle(P)
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    assert min(box["width"], box["height"]) >= 24
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    fingers = here.page.context.new_cdp_session(here.page)
    fingers.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    seen = []
    for step in range(1, 16):
        fingers.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y + 3 * step}]})
        here.page.wait_for_timeout(30)
        seen.append(entropy_now(here))
    fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert len(set(seen)) >= 3
    here.written(P)
    assert shares(here)[0] < 0.5


# --- the typed form, adding, removing, naming


def test_typed_shares_are_taken_and_written_into_the_link(visit):
    here = visit("/entropy")
    field = here.control(P).get_by_label("Typed")
    for text, link, h in [
        ("1/6, 1/6, 1/6, 1/6, 1/6, 1/6", "1/6,1/6,1/6,1/6,1/6,1/6", "2.585 bits"),
        ("90%, 10%", "0.9,0.1", "0.4690 bits"),
        ("sun: .5, rain: .5", "sun:0.5,rain:0.5", "1 bit"),
    ]:
        field.fill(text)
        field.press("Enter")
        here.shown(here.readouts, lambda r, h=h: r.get("Entropy H") == h)
        here.shown(lambda: here.link.get(P), lambda found, link=link: found == link)


def test_typed_shares_that_make_no_sense_are_kept_to_be_mended(visit):
    here = visit("/entropy")
    field = here.control(P).get_by_label("Typed")
    field.fill("0.5, half")
    field.press("Enter")
    expect(here.control(P).get_by_role("alert")).to_contain_text("“half” is not a number")
    assert field.input_value() == "0.5, half"
    expect(here.control(P).get_by_role("button", name="Normalize")).to_be_hidden()
    assert here.readouts()["Entropy H"] == "1.75 bits"
    assert here.link == {}
    field.fill("0.5, 0.5")
    field.press("Enter")
    here.shown(here.readouts, lambda r: r["Entropy H"] == "1 bit")
    expect(here.control(P).get_by_role("alert")).to_be_hidden()


def test_a_sum_off_one_is_answered_with_an_offer_to_normalize(visit):
    here = visit("/entropy")
    field = here.control(P).get_by_label("Typed")
    field.fill("3, 1")
    field.press("Enter")
    expect(here.control(P).get_by_role("alert")).to_contain_text("The shares sum to 4, not 1")
    here.control(P).get_by_role("button", name="Normalize").click()
    here.shown(lambda: here.link.get(P), lambda text: text == "0.75,0.25")
    expect(here.control(P).get_by_role("alert")).to_be_hidden()
    expect(here.control(P).get_by_role("button", name="Normalize")).to_be_hidden()
    assert shares(here) == pytest.approx([0.75, 0.25])


def test_outcomes_are_added_and_removed_between_two_and_eight(visit):
    here = visit("/entropy?entropy_p=0.5,0.5")
    control = here.control(P)
    add = control.get_by_role("button", name="Add outcome")
    expect(control.get_by_role("button", name="Remove A")).to_be_disabled()
    for count in range(3, 9):
        add.click()
        here.shown(lambda: shares(here), lambda s, count=count: len(s) == count)
    expect(add).to_be_disabled()
    assert sum(shares(here)) == pytest.approx(1, abs=1e-9)
    assert shares(here)[-1] == pytest.approx(1 / 8, abs=1e-3)
    control.get_by_role("button", name="Remove A").click()
    here.shown(lambda: here.control(P).get_by_role("slider").count(), lambda count: count == 7)
    here.shown(lambda: here.link.get(P, "").count(","), lambda commas: commas == 6)
    assert sum(shares(here)) == pytest.approx(1, abs=1e-9)


def test_a_renamed_outcome_is_named_everywhere_and_in_the_link(visit):
    here = visit("/entropy")
    for name in ("heads", "Straße", "日本", "face 1"):
        field = here.control(P).get_by_label("Name of outcome 1")
        field.fill(name)
        field.press("Enter")
        here.shown(lambda: here.alt("entropy_areas"), lambda alt, name=name: alt.startswith(f"{name} 0.5,"))
        here.shown(lambda: here.link.get(P, ""), lambda text, name=name: text.startswith(f"{name}:0.5,"))
    again = visit(here.page.url.removeprefix(here.server))
    assert again.alt("entropy_areas") == here.alt("entropy_areas")


# --- presets


def test_a_preset_sets_the_bars_and_the_link(visit):
    here = visit("/entropy")
    here.page.get_by_role("button", name="Loaded die").click()
    here.shown(here.readouts, lambda r: r["Entropy H"] == "2.161 bits")
    here.shown(lambda: here.link.get(P), lambda text: text == "0.5,0.1,0.1,0.1,0.1,0.1")
    assert shares(here) == pytest.approx([0.5, 0.1, 0.1, 0.1, 0.1, 0.1])


def test_drawing_again_takes_the_next_seed(visit):
    here = visit("/entropy")
    here.stage("entropy_sampling")
    before = here.title("entropy_sampling")
    here.page.get_by_role("button", name="Draw again").click()
    here.shown(lambda: here.title("entropy_sampling"), lambda title: title != before)
    here.shown(lambda: here.link, lambda link: link == {"entropy_seed": "2"})


# --- sliders and handles on pictures


def test_dragging_a_slider_moves_the_picture_and_its_handle_during_the_drag(visit):
    here = visit("/entropy")
    stage = here.stage("entropy_arch")
    slider = here.handle("entropy_coin")
    box = slider.bounding_box()
    y = box["y"] + box["height"] / 2
    here.page.mouse.move(box["x"] + 12 + 0.7 * (box["width"] - 24), y)
    here.page.mouse.down()
    seen = []
    for step in range(1, 25):
        here.page.mouse.move(box["x"] + 12 + (0.7 - 0.02 * step) * (box["width"] - 24), y)
        here.page.wait_for_timeout(30)
        seen.append((here.title("entropy_arch"), stage.get_by_role("slider").get_attribute("aria-valuetext")))
    urls = here.page.url
    here.page.mouse.up()
    assert len({title for title, _ in seen}) >= 4
    assert len({value for _, value in seen}) >= 4
    assert "entropy_coin" not in urls
    value = here.written("entropy_coin")
    assert float(value) == pytest.approx(0.22, abs=0.02)
    here.shown(lambda: here.spoken("entropy_arch"), lambda spoken: spoken == [f"{float(value):g}"])


def test_dragging_a_handle_on_the_picture_moves_the_slider(visit):
    here = visit("/entropy")
    stage = here.stage("entropy_arch")
    handle = stage.get_by_role("slider")
    during = here.drag(handle, -120, 0, lambda: (here.title("entropy_arch"), here.page.url))
    assert len({title for title, _ in during}) >= 4
    assert not any("entropy_coin" in url for _, url in during)
    value = here.written("entropy_coin")
    assert float(value) < 0.6
    here.shown(
        lambda: here.control("entropy_coin").get_by_role("slider").input_value(), lambda v: float(v) == float(value)
    )
    assert f"p = {float(value):g} " in here.title("entropy_arch")


def test_sliders_take_keys_to_both_ends(visit):
    here = visit("/entropy")
    for key, keys, value in [
        ("entropy_coin", ["ArrowRight"], "0.71"),
        ("entropy_coin", ["ArrowLeft", "ArrowDown"], "0.69"),
        ("entropy_coin", ["PageDown"], "0.59"),
        ("entropy_coin", ["Home"], "0"),
        ("entropy_coin", ["End"], "1"),
        ("entropy_sigma", ["Home"], "0.05"),
        ("entropy_sigma", ["End"], "2"),
        ("entropy_a", ["Home"], "0.0001"),
        ("entropy_draws", ["End"], "10000"),
    ]:
        slider = here.handle(key)
        slider.scroll_into_view_if_needed()
        here.press(slider, *keys)
        here.shown(lambda key=key: here.link.get(key), lambda text, value=value: text == value)
        assert here.spoken(key) == [value]


def test_handles_take_every_key_and_set_their_control(visit):
    here = visit("/entropy")
    for stage, number, key, keys, value in [
        ("entropy_arch", 0, "entropy_coin", ["ArrowRight", "ArrowUp"], "0.72"),
        ("entropy_arch", 0, "entropy_coin", ["ArrowLeft", "ArrowDown", "PageDown"], "0.6"),
        ("entropy_arch", 0, "entropy_coin", ["PageUp", "End"], "1"),
        ("entropy_arch", 0, "entropy_coin", ["Home"], "0"),
        ("entropy_surprisal", 1, "entropy_b", ["End"], "1"),
        ("entropy_scale", 0, "entropy_sigma", ["Home"], "0.05"),
    ]:
        handle = here.stage(stage).get_by_role("slider").nth(number)
        for one in keys:
            before = handle.get_attribute("aria-valuetext")
            handle.press(one)
            here.shown(lambda h=handle: h.get_attribute("aria-valuetext"), lambda now, before=before: now != before)
        here.shown(lambda key=key: here.link.get(key), lambda text, value=value: text == value)
        here.shown(lambda key=key: here.spoken(key), lambda spoken, value=value: spoken == [value])


def test_the_point_in_the_triangle_moves_the_distribution(visit):
    here = visit("/entropy")
    point = here.stage("entropy_simplex").get_by_role("slider")
    before, h = shares(here), here.readouts()["Entropy H"]
    during = here.drag(point, 40, -60, lambda: here.title("entropy_simplex"))
    assert len(set(during)) >= 4
    here.shown(here.readouts, lambda r: r["Entropy H"] != h)
    here.written(P)
    here.shown(lambda: shares(here), lambda s: s != before)
    after = shares(here)
    assert sum(after) == pytest.approx(1, abs=2e-3)  # spoken to four digits
    assert after[2] == pytest.approx(after[3], abs=1e-3)  # the rest keeps its proportions


def test_the_point_in_the_triangle_takes_keys_and_stays_inside(visit):
    here = visit("/entropy?entropy_p=0.2,0.3,0.5")
    point = here.stage("entropy_simplex").get_by_role("slider")
    for key in ("ArrowRight", "ArrowUp"):
        before = here.title("entropy_simplex")
        point.press(key)
        here.shown(lambda: here.title("entropy_simplex"), lambda title, before=before: title != before)
    for _ in range(12):
        point.press("PageUp")
    here.shown(lambda: shares(here), lambda s: s[2] == pytest.approx(1, abs=2e-3))
    assert sum(shares(here)) == pytest.approx(1, abs=1e-9)


def test_a_number_can_be_typed_and_one_that_is_none_is_answered_in_a_sentence(visit):
    here = visit("/entropy")
    field = here.control("entropy_coin").get_by_role("textbox")
    alert = here.control("entropy_coin").get_by_role("alert")
    for typed in ("2", "-1", "x", "1/0", ""):
        field.fill(typed)
        field.press("Enter")
        expect(alert).to_have_text(f"“{typed}” is not a number from 0 to 1: 0.7 is kept.")
        assert here.link == {}
    for typed, value in (("0.25", "0.25"), ("1/8", "0.125"), ("35%", "0.35"), ("0,45", "0.45")):
        field.fill(typed)
        field.press("Enter")
        here.shown(lambda: here.link.get("entropy_coin"), lambda text, value=value: text == value)
        here.shown(lambda: here.title("entropy_arch"), lambda title, value=value: f"p = {value} " in title)
        expect(alert).to_be_hidden()


# --- every page


@pytest.mark.parametrize("page", contents.LESSONS, ids=lambda page: page.file)
def test_every_slider_and_handle_answers_a_key_and_the_link_restores_it_all(visit, page):
    here = visit(address(page))
    spoken = "aria-valuetext"
    keys = here.page.locator(".live-slider").evaluate_all(
        "nodes => nodes.map(n => n.closest('[class*=st-key-]').className.match(/st-key-(\\S+)-hand/)[1])"
    )
    for key in keys:
        slider = here.handle(key)
        slider.scroll_into_view_if_needed()
        before = slider.get_attribute(spoken)
        at_top = float(slider.input_value()) >= float(slider.get_attribute("max"))
        slider.press("ArrowLeft" if at_top else "ArrowRight")
        here.shown(lambda slider=slider: slider.get_attribute(spoken), lambda v, before=before: v != before)
        here.shown(lambda key=key: (key, here.link.get(key)), lambda named: named[1] is not None)
    for stage in here.page.locator(".live-stage").all():
        stage.scroll_into_view_if_needed()
        stage.locator(".js-plotly-plot .main-svg").first.wait_for(state="attached")
        for handle in stage.get_by_role("slider").all():
            assert handle.get_attribute("aria-label")
            box = handle.bounding_box()
            assert min(box["width"], box["height"]) >= 24
            before = handle.get_attribute(spoken)
            handle.press("ArrowLeft")
            here.shown(lambda h=handle: h.get_attribute(spoken), lambda v, before=before: v != before)
    again = visit(here.settled().removeprefix(here.server))
    assert {key: again.spoken(key) for key in keys} == {key: here.spoken(key) for key in keys}
    assert again.readouts() == here.readouts()
