"""How long a rerun of each page takes on the server, as a ratio to a script with one slider and one chart.

    python -m tests.benchmarks.bench_pages

Both are rerun in turn in one process, a step of their first control each time, so that the machine's mood cancels.
"""

import statistics
import time
from pathlib import Path

from streamlit.testing.v1 import AppTest

from pages import contents

FRAME = Path(__file__).parents[2] / "pages" / "frame.py"
ROUNDS = 40


def one_chart():
    """The yardstick: what a page costs that does nothing but show one curve."""
    import numpy as np
    import plotly.graph_objects as go
    import streamlit as st

    p = st.slider("p", 0.0, 1.0, 0.5, 0.01, key="p")
    x = np.linspace(0.001, 0.999, 300, dtype=np.float32)
    curve = -x * np.log2(x) - (1 - x) * np.log2(1 - x)
    st.plotly_chart(go.Figure([go.Scatter(x=x, y=curve), go.Scatter(x=[p], y=[1.0], mode="markers")]))


def rerun(app: AppTest) -> float:
    """Seconds for one rerun."""
    start = time.perf_counter()
    app.run()
    return time.perf_counter() - start


def main() -> None:
    """Print one line a page."""
    yardstick = AppTest.from_function(one_chart).run()
    print(f"{'page':24}{'median ms':>10}{'one chart':>10}{'ratio':>8}")
    for page in contents.PAGES:
        app = AppTest.from_file(FRAME, default_timeout=30).run()
        app.switch_page(page.file).run()
        pairs = [(rerun(app), rerun(yardstick)) for _ in range(ROUNDS)]
        ours, theirs = (statistics.median(column) * 1e3 for column in zip(*pairs, strict=True))
        ratio = statistics.median(a / b for a, b in pairs)
        print(f"{page.title:24}{ours:>10.1f}{theirs:>10.1f}{ratio:>8.2f}")


if __name__ == "__main__":
    main()
