"""A small drawing in the colors of the roles: these follow the theme, which an image cannot."""

from pages.live.mount import component

_drawing = component("drawing")


def drawing(key: str, svg: str) -> None:
    """Show the drawing. What stands beside it says in words what it shows."""
    _drawing(key=f"{key}:hand", data=dict(svg=svg))
