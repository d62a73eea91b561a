"""A visitor with a browser: opens pages of the running application, takes hold of things, reads what is shown."""

import re
import time
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import Locator, Page

from pages import contents

PATIENCE = 20  # seconds; only a failing test waits that long
# Streamlit looks for its own server at the address of a deep link first, and finds it one level up.
PROBES = re.compile(r"/[\w-]+/_stcore/(health|host-config)$")

UNFINISHED = """() => {
  const app = document.querySelector("[data-test-script-state]");
  const state = app?.dataset.testScriptState, found = state === "notRunning" ? [] : [`script ${state}`];
  for (const node of document.querySelectorAll("[class*='-hand ']")) {
    if (!node.querySelector("[class^='live-'], [class*=' live-']")) found.push(node.className);
  }
  return found;
}"""


def address(page: contents.Page, **link: str) -> str:
    """Where a page is, in a given state."""
    return ("/" if page is contents.HOME else f"/{page.path}") + (f"?{urlencode(link)}" if link else "")


def until(read, accepts, page: Page):
    """What `read` gives, as soon as it is accepted. Fails with the last thing read."""
    end = time.monotonic() + PATIENCE
    while not accepts(found := read()):
        assert time.monotonic() < end, f"still {found!r} after {PATIENCE} s"
        page.wait_for_timeout(40)
    return found


class Visit:
    """One tab of one visitor, with everything that went wrong in it."""

    def __init__(self, page: Page, server: str):
        self.page, self.server = page, server
        self.errors: list[str] = []
        self.outside: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._watch)

    def _hear(self, message) -> None:
        if message.type == "error" and not PROBES.search(message.location["url"]):
            self.errors.append(message.text)

    def _watch(self, request) -> None:
        place = urlsplit(request.url)
        if place.scheme not in ("data", "blob") and place.netloc != urlsplit(self.server).netloc:
            self.outside.append(request.url)

    # --- going places

    def open(self, path: str = "/") -> "Visit":
        """Open an address and wait until the page has been drawn and the browser's side of it is at rest."""
        self.page.goto(self.server + path)
        self.page.get_by_role("heading", level=1).wait_for()
        self.at_rest()
        return self

    def at_rest(self) -> "Visit":
        """Wait until no script runs and every live control that the script named is there."""
        until(lambda: self.page.evaluate(UNFINISHED), lambda found: found == [], self.page)
        return self

    @property
    def link(self) -> dict[str, str]:
        """What stands in the address."""
        query = parse_qs(urlsplit(self.page.url).query, keep_blank_values=True)
        return {name: values[-1] for name, values in query.items()}

    def written(self, name: str) -> str:
        """What the link says of a value once it says it for good: answers on their way may still change it."""
        found, since = None, time.monotonic()
        while time.monotonic() < since + PATIENCE:
            self.at_rest()
            before, found = found, self.link.get(name)
            if found is not None and found == before:
                return found
            self.page.wait_for_timeout(250)
        raise AssertionError(f"the link does not settle: {name} is {found!r}")

    def settled(self) -> str:
        """The address, once nothing that is on its way changes it any more."""
        found, before = self.page.url, None
        while found != before:
            self.page.wait_for_timeout(250)
            self.at_rest()
            found, before = self.page.url, found
        return found

    # --- what is on the page

    def control(self, key: str) -> Locator:
        """A live control or stage by its key."""
        return self.page.locator(f".st-key-{key}-hand")

    def stage(self, key: str) -> Locator:
        """A stage, scrolled into sight and drawn."""
        stage = self.control(key)
        stage.scroll_into_view_if_needed()
        stage.locator(".js-plotly-plot .main-svg").first.wait_for(state="attached")
        return stage

    def title(self, key: str) -> str:
        """The finding above a picture."""
        return self.control(key).locator(".live-title").inner_text()

    def alt(self, key: str) -> str:
        """What a screen reader says of a picture."""
        return self.control(key).get_by_role("img").first.get_attribute("aria-label")

    def readouts(self) -> dict[str, str]:
        """Named numbers, read in one go: a rerun may exchange the elements in between."""
        pairs = "nodes => nodes.map(n => [...n.children].map(child => child.textContent))"
        return dict(self.page.locator(".readouts > div").evaluate_all(pairs))

    def handle(self, key: str, number: int = 0) -> Locator:
        """The handle of a bar or on a stage; the range of a slider."""
        return self.control(key).get_by_role("slider").nth(number)

    def spoken(self, key: str) -> list[str]:
        """The values of all handles of a control, as they are spoken."""
        return [h.get_attribute("aria-valuetext") for h in self.control(key).get_by_role("slider").all()]

    def shown(self, read, accepts):
        """What `read` gives, as soon as it is accepted."""
        return until(read, accepts, self.page)

    # --- the hand

    def drag(self, handle: Locator, dx: float, dy: float, watch, steps: int = 24) -> list:
        """Drag a handle in small steps, reading `watch` after each, and let go. Gives what was seen until then."""
        handle.scroll_into_view_if_needed()
        box = handle.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        mouse = self.page.mouse
        mouse.move(x, y)
        mouse.down()
        seen = []
        for step in range(1, steps + 1):
            mouse.move(x + dx * step / steps, y + dy * step / steps)
            self.page.wait_for_timeout(30)
            seen.append(watch())
        mouse.up()
        return seen

    def press(self, handle: Locator, *keys: str) -> None:
        """Press keys on a control."""
        for key in keys:
            handle.press(key)

    def sideways(self) -> list[str]:
        """What is wider than the screen: the document or its main part, and whatever sticks out of them."""
        return self.page.evaluate(
            """() => {
              const parts = [document.scrollingElement, ...document.querySelectorAll(".stMain, .stMainBlockContainer")];
              const wide = parts.filter(e => e.scrollWidth > e.clientWidth + 1);
              return wide.map(e => `${e.className || e.tagName}: ${e.scrollWidth} > ${e.clientWidth}`);
            }"""
        )
