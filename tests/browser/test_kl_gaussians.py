"""The hand on the KL page: peaks and shoulders, the modes, the start of a descent, the correlation."""

from urllib.parse import urlencode

PAGE = "/kl-gaussians"
FRESH = {"viewport": {"width": 1280, "height": 720}}
EVERY = {  # every control of the page, off its default
    "unit": "nats", "kl_mu_p": "-1.5", "kl_sigma_p": "0.8", "kl_mu_q": "1.25", "kl_sigma_q": "1.5", "kl_m1": "-3",
    "kl_s1": "0.5", "kl_m2": "2.5", "kl_s2": "1.1", "kl_weight": "0.3", "kl_start_mu": "-0.35", "kl_start_sigma": "1.3",
    "kl_rho": "-0.5", "kl_p": "0.4,0.3,0.2,0.1", "kl_q": "1/4,0.25,0.25,0.25",
}  # fmt: skip


def grip(here, stage, name):
    """A handle on a stage, by its name."""
    return here.stage(stage).get_by_role("slider", name=name, exact=True)


def test_dragging_a_peak_moves_both_directions_during_the_drag_and_the_link_after_it(visit):
    here = visit(f"{PAGE}?unit=nats")
    peak = grip(here, "kl_pair", "Mean of Q")
    during = here.drag(peak, 120, -20, lambda: (here.title("kl_pair"), here.readouts()["KL(Q‖P)"], here.page.url))
    assert len({title for title, _, _ in during}) >= 4
    assert len({kl for _, kl, _ in during}) >= 4
    assert len({url for _, _, url in during}) == 1
    here.page.wait_for_timeout(700)  # the last answers of the drag
    here.at_rest()
    written = here.link["kl_mu_q"]
    mu = float(written)
    assert peak.get_attribute("aria-valuetext") == f"μ = {written}"
    assert mu > 1
    assert here.link == {"unit": "nats", "kl_mu_q": written}  # a drag of the peak leaves the width alone
    assert here.readouts()["KL(P‖Q)"] == f"{0.9175443611 + mu * mu / 8:.4g} nats"

    again = visit(f"{PAGE}?unit=nats&kl_mu_q={written}", **FRESH)
    assert again.readouts() == here.readouts()
    assert again.title("kl_pair") == here.title("kl_pair")


def test_a_shoulder_sets_the_width(visit):
    here = visit(PAGE)
    here.drag(grip(here, "kl_pair", "Width of P"), -60, 0, lambda: None)
    wider = float(here.written("kl_sigma_p"))
    assert wider > 0.9
    assert set(here.link) == {"kl_sigma_p"}
    grip(here, "kl_pair", "Width of Q").press("ArrowRight")
    here.shown(lambda: here.link.get("kl_sigma_q"), lambda text: text == "2.05")


def test_the_presets_show_the_published_numbers_and_the_swap_exchanges_them(visit):
    here = visit(f"{PAGE}?unit=nats&kl_mu_p=2")
    for name, forward, reverse in [
        ("Narrow and wide", "0.9175 nats", "6.114 nats"), ("Swap P and Q", "6.114 nats", "0.9175 nats"),
        ("Almost disjoint", "50 nats", "50 nats"), ("Equal", "0 nats", "0 nats"),
    ]:  # fmt: skip
        here.page.get_by_role("button", name=name, exact=True).click()
        both = (forward, reverse)
        here.shown(here.readouts, lambda r, both=both: (r.get("KL(P‖Q)"), r.get("KL(Q‖P)")) == both)
    here.page.get_by_role("button", name=".5 .3 .2 and .4 .4 .2", exact=True).click()
    here.shown(here.readouts, lambda r: r["Σ p log p/q"] == "0.02527 nats" and r["Σ q log q/p"] == "0.02582 nats")


def test_a_start_on_the_other_side_falls_into_the_other_mode(visit):
    here = visit(PAGE)
    start = grip(here, "kl_descent", "Start, KL(Q‖P)")
    assert "KL(Q‖P) falls to μ = 1.976" in here.title("kl_descent")
    during = here.drag(start, -140, 0, lambda: here.title("kl_descent"))
    assert len(set(during)) >= 2
    here.shown(lambda: here.title("kl_descent"), lambda title: "KL(Q‖P) falls to μ = −1.986" in title)
    here.shown(lambda: here.link.get("kl_start_mu"), lambda text: text is not None and float(text) < 0)


def test_the_landscapes_follow_when_a_mode_is_let_go(visit):
    here = visit(PAGE)
    here.stage("kl_descent")
    before = here.alt("kl_descent")
    during = here.drag(grip(here, "kl_fit", "Second mode"), -130, 0, lambda: here.alt("kl_fit"))
    assert len(set(during)) >= 3
    here.shown(lambda: here.alt("kl_descent"), lambda alt: alt != before)
    here.written("kl_m2")


def test_a_link_with_every_control_restores_the_page_and_stands_as_it_was(visit):
    here = visit(f"{PAGE}?{urlencode(EVERY)}", **FRESH)
    assert here.title("kl_plane") == "At ρ = −0.5 KL(Q‖P) shrinks Q to σ = 0.8660"
    assert "From mean −0.35 and width 1.3" in here.alt("kl_descent")
    assert "−3 (σ = 0.5, weight 0.3) and 2.5 (σ = 1.1, weight 0.7)" in here.alt("kl_fit")
    assert here.link == EVERY | {"kl_q": "0.25,0.25,0.25,0.25"}
    again = visit(here.page.url.removeprefix(here.server), **FRESH)
    assert again.readouts() == here.readouts()


def test_on_a_phone_the_picture_comes_before_its_sliders(visit):
    here = visit(PAGE, viewport={"width": 390, "height": 844}, has_touch=True)
    assert here.control("kl_pair").bounding_box()["y"] < here.control("kl_mu_p").bounding_box()["y"]
    assert here.sideways() == []
