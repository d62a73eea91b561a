"""How the tests of pages are shared out."""

from pathlib import Path

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Of several workers one looks at all states of a page, so that each state is made once."""
    for item in items:
        page = getattr(item, "callspec", None) and item.callspec.params.get("page")
        if item.path == Path(__file__).with_name("test_every_page.py") and page:
            item.add_marker(pytest.mark.xdist_group(page.file))
