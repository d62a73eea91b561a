"""The five small drawings on the way from data to loss: each in the roles that its pages' pictures have."""


def _in(role: str, dash: str = "", fill: bool = False) -> str:
    """How a shape of this role is drawn: its color follows the theme by itself."""
    inside = f"var(--role-{role}-fill)" if fill else "none"
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'fill="{inside}" stroke="var(--role-{role})" stroke-width="2" stroke-linejoin="round"{dashed}'


DASH, DOT = "6 4", "2 4"
FLOOR = f'<path d="M4 54H92" {_in("ghost")}/>'
SHAPES = {
    # a distribution
    "Data": FLOOR + "".join(
        f'<rect x="{x}" y="{54 - high}" width="15" height="{high}" {_in("p", fill=True)}/>'
        for x, high in ((10, 46), (31, 26), (52, 14), (73, 8))
    ),
    # what two of them share
    "Features": f'<path d="M48 12.7A20 20 0 0 1 48 47.3A20 20 0 0 1 48 12.7Z" {_in("shared", fill=True)}/>'
    f'<circle cx="38" cy="30" r="20" {_in("p")}/><circle cx="58" cy="30" r="20" {_in("q", DASH)}/>',
    # the truth and what is believed instead
    "Model": f'{FLOOR}<path d="M6 54C24 54 26 10 38 10S52 54 70 54" {_in("p", fill=True)}/>'
    f'<path d="M22 54C44 54 46 24 60 24S74 54 90 54" {_in("q", DASH)}/>',
    # how probability is shared out
    "Predictions": f'<path d="M10 4V56" {_in("ghost")}/>' + "".join(
        f'<rect x="10" y="{y}" width="{long}" height="11" {_in("q", DASH, fill=True)}/>'
        for y, long in ((8, 74), (25, 30), (42, 12))
    ),
    # what the truth costs when it is given little
    "Loss": f'<path d="M8 4V54H92" {_in("ghost")}/><path d="M10 6C14 34 40 50 90 52" {_in("loss")}/>'
    f'<path d="M22.4 31V54" {_in("loss", DOT)}/><circle cx="22.4" cy="31" r="4" fill="var(--role-loss)"/>',
}  # fmt: skip


def miniature(station: str) -> str:
    """The drawing of a station as SVG; the words beside it say what it says."""
    return f'<svg viewBox="0 0 96 60" width="96" height="60" aria-hidden="true">{SHAPES[station]}</svg>'
