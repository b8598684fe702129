"""The code to scan: ISO/IEC 18004, black on white in every theme, with the border it needs."""

from __future__ import annotations

import io

from msgspec import Struct

#: Modules around the code (ISO/IEC 18004, section 6.3.8), and how large each is drawn, in pixels.
_BORDER, _SCALE = 4, 8


class Code(Struct, frozen=True):
    """A code as a drawing and as a picture."""

    svg: bytes
    png: bytes


def code(address: str) -> Code:
    """The code that leads to `address`. Up to 15 % of it may be hidden (level M).

    Raises `ValueError` for an address of more letters than a code holds, some 2,300.
    """
    import segno  # imported here, since hardly any request draws one

    made = segno.make_qr(address, error="m")
    drawn, painted = io.BytesIO(), io.BytesIO()
    made.save(drawn, kind="svg", scale=_SCALE, border=_BORDER, dark="#000", light="#fff")
    made.save(painted, kind="png", scale=_SCALE, border=_BORDER)
    return Code(drawn.getvalue(), painted.getvalue())
