"""A QR code in a picture: an address, or a credential.

Looked for only where nothing is baked into the picture. Run it in a worker.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from verifier.containers import pixels, text

if TYPE_CHECKING:
    from PIL import Image


def read(content: bytes) -> tuple[bytes, ...]:
    """Every address and every credential that a QR code in the picture holds; none where the
    picture can't be looked at.
    """
    return pixels.see(content, "L", _read) or ()


def _read(picture: Image.Image) -> tuple[bytes, ...]:
    from zxingcpp import BarcodeFormat, BarcodeFormats, TextMode, read_barcodes

    codes = read_barcodes(
        pixels.on_white(picture, "L"),
        formats=BarcodeFormats([BarcodeFormat.QRCode]),
        text_mode=TextMode.Plain,
    )
    texts = (_scanned(code.text.strip()).encode("utf-8", "replace") for code in codes)
    return tuple(found for found in texts if text.form(found) or text.is_data(found))


def _scanned(text: str) -> str:
    """What a telephone would open: a space in an address is written as browsers write it."""
    return text.replace(" ", "%20") if text.lower().startswith(("http://", "https://")) else text
