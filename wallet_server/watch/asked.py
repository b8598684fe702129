"""What a page or a program asks for by the number of an event."""

from __future__ import annotations

from wallet_server.refusals import Refusal

_DIGITS = 9


def number(text: str) -> int:
    """The number of an event, as an address or a form gives it. Raises `Refusal`."""
    if not text.isascii() or not text.isdigit() or len(text) > _DIGITS:
        raise Refusal(400, "number", "Name a change by its number.")
    return int(text)
