"""The VAE page in the hand: the point on the plane, the surface that stays turned, typed vectors, the level of beta."""

import pytest
from playwright.sync_api import expect

EYE = """node => {
  const { x, y, z } = node.querySelector(".js-plotly-plot")._fullLayout.scene.camera.eye;
  return [x, y, z];
}"""
HEIGHT = """node => node.querySelector(".js-plotly-plot")._fullData.at(-1).z[1]"""
PLANE, SURFACE = "vae_plane", "vae_surface"


def test_dragging_the_point_moves_everything_during_the_drag_and_the_link_after_it(visit):
    here = visit("/vae-kl")
    stage = here.stage(PLANE)

    def watch():
        return here.title(PLANE), here.readouts().get("for the mean"), here.page.url

    during = here.drag(stage.get_by_role("slider"), 90, -80, watch)
    assert len({title for title, *_ in during}) >= 4
    assert len({mean for _, mean, _ in during}) >= 4
    assert len({url for *_, url in during}) == 1
    here.shown(lambda: here.link, lambda link: {"vae_mu", "vae_sigma"} <= set(link))
    here.at_rest()
    assert float(here.link["vae_mu"]) > 1.2
    assert float(here.link["vae_sigma"]) > 0.7
    draws = here.shown(lambda: here.alt("vae_draws_picture"), lambda alt: f"N({here.link['vae_mu']}," in alt)

    again = visit(here.page.url.removeprefix(here.server), viewport={"width": 1280, "height": 720})
    assert again.readouts() == here.readouts()
    assert again.title(PLANE) == here.title(PLANE)
    again.stage(PLANE)
    again.shown(lambda: again.spoken(PLANE), lambda spoken: spoken == here.spoken(PLANE))
    assert again.alt("vae_draws_picture") == draws


def test_the_surface_stays_as_a_hand_turned_it_while_the_point_moves(visit):
    here = visit("/vae-kl")
    stage = here.stage(SURFACE)
    start = here.shown(lambda: stage.evaluate(EYE), bool)
    canvas = stage.locator("canvas").first.bounding_box()
    x, y = canvas["x"] + canvas["width"] / 2, canvas["y"] + canvas["height"] / 2
    mouse = here.page.mouse
    mouse.move(x, y)
    mouse.down()
    for step in range(1, 9):
        mouse.move(x + 10 * step, y)
        here.page.wait_for_timeout(40)
    mouse.up()
    turned = here.shown(lambda: stage.evaluate(EYE), lambda eye: eye != pytest.approx(start, abs=0.05))

    height = stage.evaluate(HEIGHT)
    here.handle("vae_mu").press("End")
    here.shown(lambda: here.readouts()["for the mean"], lambda text: text == "6.492 bits")
    higher = here.shown(lambda: stage.evaluate(HEIGHT), lambda z: z != height)
    assert higher > 6.9
    assert stage.evaluate(EYE) == pytest.approx(turned, abs=1e-6)

    here.handle("vae_turn").press("Home")  # and by keyboard
    here.shown(lambda: stage.evaluate(EYE), lambda eye: eye[0] < -1 and abs(eye[1]) < 1e-6)
    here.shown(lambda: here.link.get("vae_turn"), lambda text: text == "-180")


def test_the_point_takes_keys_on_both_axes_and_the_presets_show_published_numbers(visit):
    here = visit("/vae-kl?unit=nats&vae_mu=0&vae_sigma=1")
    here.stage(PLANE).get_by_role("slider").press("ArrowRight")
    here.shown(lambda: here.link.get("vae_mu"), lambda text: text == "0.05")
    here.stage(PLANE).get_by_role("slider").press("ArrowDown")
    here.shown(lambda: here.link.get("vae_sigma"), lambda text: text == "0.95")
    for name, nats in (("Shifted by 1", "0.5"), ("σ² = 2", "0.1534"), ("μ = 2, σ² = ½", "2.097"), ("The prior", "0")):
        here.page.get_by_role("button", name=name, exact=True).click()
        here.shown(here.readouts, lambda r, nats=nats: r["Charged by the prior"] == f"{nats} nats")
    assert here.page.get_by_text("The posterior is the prior").is_visible()


def test_typed_vectors_are_drawn_and_refused_ones_kept_to_be_mended(visit):
    here = visit("/vae-kl")
    field = here.control("vae_means").get_by_role("textbox")
    field.fill("1 0")
    field.press("Enter")
    here.shown(lambda: here.title("vae_dimensions"), lambda title: title.startswith("2 dimensions"))
    expect(here.page.get_by_text("2 means and 3 log-variances")).to_be_visible()
    here.shown(lambda: here.link.get("vae_means"), lambda text: text == "1 0")
    field.fill("1 zero")
    field.press("Enter")
    expect(here.control("vae_means").get_by_role("alert")).to_contain_text("“zero” is not a number")
    assert field.input_value() == "1 zero"
    assert here.link["vae_means"] == "1 0"
    field.fill(".5 -.3 .1")
    field.press("Enter")
    here.shown(lambda: here.link, lambda link: "vae_means" not in link)
    expect(here.control("vae_means").get_by_role("alert")).to_be_hidden()


def test_the_level_is_dragged_over_the_eigenvalues_and_dimensions_collapse(visit):
    here = visit("/vae-kl")
    stage = here.stage("vae_spectrum_picture")
    during = here.drag(stage.get_by_role("slider"), 0, -90, lambda: (here.title("vae_spectrum_picture"), here.page.url))
    assert len({title for title, _ in during}) >= 4
    assert len({url for _, url in during}) == 1
    beta = float(here.written("vae_beta"))
    assert beta > 2
    used = sum(v > beta * 0.5 for v in (4, 2, 1, 0.3))
    here.shown(lambda: here.title("vae_spectrum_picture"), lambda t: f"leaves {used} of 4 dimensions" in t)
    slider = here.handle("vae_beta")
    slider.press("End")
    here.shown(lambda: here.title("vae_landscape"), lambda t: t == "λ = 4: the best encoder is the prior, (0, 1)")
