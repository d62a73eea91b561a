"""Reading the largest table that is taken in, beside its peers: `python -m tests.benchmarks.bench_table`.

Each figure is a ratio of times measured in turns (peer, ours, peer, ours, ...), the median over the turns. Ours
includes all guesses; genfromtxt is told the layout, pandas guesses the types. Numbers have six digits.
"""

import io
from functools import partial

import numpy as np
import pandas as pd

from core.table import COLUMNS, ROWS, read_table
from tests.benchmarks.bench_discrete import ratio

FEWER = ROWS // 10  # rows, where a peer takes long


def written(rows: int, labels: int) -> bytes:
    """A CSV file of COLUMNS columns, the last ones labels."""
    rng = np.random.default_rng(20240502)
    out = io.StringIO()
    numbers = np.char.mod("%.6g", rng.standard_normal((rows, COLUMNS - labels)))
    words = np.char.mod("class %d", rng.integers(0, 5, (rows, labels)))
    np.savetxt(out, np.hstack([numbers, words]), fmt="%s", delimiter=",", comments="",
               header=",".join(f"c{i}" for i in range(COLUMNS)))  # fmt: skip
    return out.getvalue().encode()


def show(name: str, peer, data: bytes) -> None:
    """One line of the table."""
    gain, took = ratio(lambda: peer(io.BytesIO(data)), lambda: read_table(data), turns=5)
    print(f"{name:48}{gain:10.2f}{took:10.2f}{len(data) / 2**20:7.0f}")


def main() -> None:
    """Print the table."""
    print(f"{'':48}times peer   seconds     MB")
    for labels in (1, 25):
        show(f"{ROWS} x {COLUMNS}, {labels} of labels (pandas)", pd.read_csv, written(ROWS, labels))
    genfromtxt = partial(np.genfromtxt, delimiter=",", skip_header=1)
    show(f"{FEWER} x {COLUMNS} numbers (numpy.genfromtxt)", genfromtxt, written(FEWER, 0))


if __name__ == "__main__":
    main()
