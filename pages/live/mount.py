"""How a control's script reaches the browser: served as a file, so that no message carries it."""

from pathlib import Path

import streamlit as st

HERE = Path(__file__).parent


def component(name: str):
    """The component whose browser side is pages/live/<name>.js, drawn into the page itself (no iframe)."""
    base = st.get_option("server.baseUrlPath").strip("/")
    script = f"{'/' + base if base else ''}/live/{name}.js"
    loader = f"const module = await import(window.location.origin + '{script}');\nexport default module.default;\n"
    return st.components.v2.component(f"live_{name}", js=loader, isolate_styles=False)
