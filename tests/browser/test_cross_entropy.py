"""The hand on the Cross-entropy page: a code word by its edge, both distributions, the right answer, the tangent."""

from tests.printed import first, value

PAGE = "/cross-entropy"
LINK = "cross_p=0.6,0.3,0.1&cross_q=0.2,0.3,0.5&cross_right=0.1&cross_heads=0.3&cross_belief=0.6&unit=nats"


def adds_up(title: str) -> bool:
    parts, _, total = title.removeprefix("H(p) + KL(p‖q) = ").rpartition(" = ")
    return sum(map(value, parts.split(" + "))) == first(total)


def test_a_code_word_is_dragged_by_its_edge_and_the_sum_adds_up_all_the_way(visit):
    here = visit(PAGE)
    stage = here.stage("cross_code")
    word = stage.get_by_role("slider", name="Code word of A")
    during = here.drag(word, 0, 60, lambda: (here.title("cross_code"), here.readouts(), here.page.url))
    titles = [title for title, _, _ in during]
    assert len(set(titles)) >= 4
    assert all(map(adds_up, titles))
    assert len({read["Cross-entropy H(p, q)"] for _, read, _ in during}) >= 4
    assert len({url for _, _, url in during}) == 1
    written = here.written("cross_q")
    shares = [float(share) for share in written.split(",")]
    assert shares[0] > 0.2
    assert shares[1] < 0.125  # a shorter word for A leaves less room to the others
    again = visit(f"{PAGE}?cross_q={written}", viewport={"width": 1280, "height": 720})
    assert again.readouts() == here.readouts()
    assert again.title("cross_code") == here.title("cross_code")


def test_a_bar_dragged_to_nothing_makes_the_cost_infinite(visit):
    here = visit(PAGE)
    seen = here.drag(here.handle("cross_q", 2), 0, 120, lambda: here.title("cross_code"))
    assert len(set(seen)) >= 4
    here.shown(
        lambda: here.title("cross_code"), lambda t: t == "Infinite: p expects C at 0.125, and q calls it impossible"
    )
    assert here.readouts()["Cross-entropy H(p, q)"] == "infinity"
    assert here.readouts()["Entropy H(p)"] == "1.75 bits"


def test_presets_show_the_published_numbers(visit):
    here = visit(PAGE)
    for name, bits in {"0.9": "0.1520 bits", "0.1": "3.322 bits", "0.01": "6.644 bits"}.items():
        here.page.get_by_role("button", name=f"Label, q = {name}", exact=True).click()
        here.shown(here.readouts, lambda r, bits=bits: r["Cross-entropy H(p, q)"] == bits)
    for name, bits in {"1": "0 bits", "0.8": "0.3219 bits", "0.01": "6.644 bits"}.items():
        here.page.get_by_role("button", name=f"q = {name}", exact=True).click()
        here.shown(here.readouts, lambda r, bits=bits: r["Log loss −log q"] == bits)


def test_the_points_on_the_curve_and_on_the_tangent_set_their_sliders(visit):
    here = visit(PAGE)
    here.stage("cross_loss")
    during = here.drag(here.handle("cross_loss"), -120, 0, lambda: here.title("cross_loss"))
    assert len(set(during)) >= 4
    assert float(here.written("cross_right")) < 0.3
    stage = here.stage("cross_tangent")
    stage.get_by_role("slider", name="Believed probability, q").press("End")
    here.shown(lambda: here.title("cross_tangent"), lambda t: t == "At p = 0.5: 1 + infinity = infinity")
    here.shown(lambda: here.link.get("cross_belief"), lambda text: text == "1")


def test_every_control_in_one_link_restores_the_page_in_a_fresh_browser(visit):
    here = visit(f"{PAGE}?{LINK}", viewport={"width": 390, "height": 844})
    for key in ("cross_code", "cross_loss", "cross_tangent"):
        here.stage(key)
    assert here.sideways() == []
    assert here.link == dict(pair.split("=") for pair in LINK.split("&"))
    assert here.title("cross_code").endswith("= 1.396 nats")  # 0.6 log 5 + 0.3 log(10/3) + 0.1 log 2
    assert here.readouts()["Log loss −log q"] == "2.303 nats"
    assert here.title("cross_tangent").startswith("At p = 0.3: 0.6109 + 0.1838")
