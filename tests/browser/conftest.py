"""The running application and a browser to look at it with: one of each for all tests of a worker."""

import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.visit import PATIENCE, Visit

ROOT = Path(__file__).parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
USUAL = {"viewport": {"width": 1280, "height": 720}, "color_scheme": "light", "accept_downloads": True}


def pytest_itemcollected(item):
    """All tests here need the browser."""
    item.add_marker(pytest.mark.browser)


@contextmanager
def running():
    """The application as `streamlit run app.py` starts it, on a free port. Gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    command += ["--server.address", "127.0.0.1", "--server.port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    address = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + 60
        while not healthy(address):
            assert process.poll() is None, f"the server did not start: {process.stdout.read()}"
            assert time.monotonic() < end, "the server did not answer within a minute"
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        said, _ = process.communicate(timeout=30)
    assert "Traceback" not in said, said


def healthy(address: str) -> bool:
    """Whether the server answers."""
    try:
        with urlopen(f"{address}/_stcore/health", timeout=2) as answer:
            return answer.status == 200
    except (URLError, OSError):
        return False


@pytest.fixture(scope="session")
def browser():
    """Chromium, if this machine has it."""
    if CHROMIUM is None:
        wanted = "The browser tests need Chromium: `apt-get install chromium` on Debian, or any Chrome in the PATH."
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(wanted)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(browser):
    """The address of the application."""
    with running() as address:
        yield address


@pytest.fixture(scope="session")
def visitors(browser):
    """One visitor of each kind (size of the screen, theme, touch). What a browser loaded once, it keeps."""
    known = {}

    def visitor(**kind):
        wanted = USUAL | kind
        if repr(wanted) not in known:
            known[repr(wanted)] = browser.new_context(**wanted)
            known[repr(wanted)].set_default_timeout(1000 * PATIENCE)
        return known[repr(wanted)]

    yield visitor
    for context in known.values():
        context.close()


@pytest.fixture
def visit(server, visitors):
    """Open tabs, each a session of its own: `visit(path)`, or `visit(path, viewport=...)` by another kind of visitor.

    At the end nothing may have gone wrong in any of them, and nothing may have been asked of another machine.
    """
    visits = []

    def open_tab(path="/", **kind) -> Visit:
        visits.append(Visit(visitors(**kind).new_page(), server))
        return visits[-1].open(path)

    yield open_tab
    for one in visits:
        one.page.close()
    assert [url for one in visits for url in one.outside] == []
    assert [error for one in visits for error in one.errors] == []
