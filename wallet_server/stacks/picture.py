"""A stack's picture as a file of its own, which looks the same without the server."""

from __future__ import annotations

from functools import cache

from wallet_server.pages.drawing import STATIC, rendered
from wallet_server.plain_text import plain
from wallet_server.stacks import svg, words
from wallet_server.stacks.model import Stack


def file(stack: Stack, home: str) -> str:
    """The SVG of `stack`, with its style in it. Boxes lead to the wallet's pages at `home`."""
    label = f"How {plain(stack.name, 200)} is made up, from left to right: {words.counted(stack)}"
    drawing = svg.draw(stack, home)
    return rendered("stack.svg", drawing=drawing, label=label, style=_style()).strip() + "\n"


@cache
def _style() -> str:
    """The colours of the pages, and how stacks are drawn there."""
    colours = (STATIC / "touchstone.css").read_text("utf-8").partition("* {")[0]
    return colours + (STATIC / "wallet-stacking.css").read_text("utf-8")
