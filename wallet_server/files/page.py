"""The self-contained file: one HTML page that needs no script and asks nobody for anything. Its
badges can be taken out of it byte for byte.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from wallet_server.files.handed import Handed, Received
from wallet_server.handing.codes import code
from wallet_server.pages.drawing import STATIC, rendered
from wallet_server.receipts.finding import block
from wallet_server.stacks import svg, words
from wallet_server.thumbnails import Thumbnail
from wallet_server.wire import moment

_STYLES = ("touchstone.css", "wallet-gallery.css", "sharing.css", "handed.css")


def html(handed: Handed) -> bytes:
    """The file."""
    style = _style(*_STYLES, *(("wallet-stacking.css",) if handed.stack else ()))
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page = rendered(
        "handed.html",
        handed=handed,
        at=moment(handed.at),
        style=style,
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; "
        "form-action 'none'",
        data=_data,
        code=_code,
        receipts=block(handed.receipts) if handed.receipts else "",
        words=words,
        drawing=None if handed.stack is None else svg.draw(handed.stack),
        outline=() if handed.stack is None else words.outline(handed.stack),
    )
    return page.encode("utf-8", "replace")


def _data(file: Received | Thumbnail) -> str:
    """A `data:` address (RFC 2397) of a file."""
    return f"data:{file.media_type};base64,{base64.b64encode(file.content).decode()}"


def _code(address: str) -> str:
    """The QR code that leads to `address`, as a `data:` address."""
    return _data(Thumbnail("image/svg+xml", code(address).svg))


@cache
def _style(*names: str) -> str:
    """The look of our pages, in the page."""
    return "\n".join((STATIC / name).read_text(encoding="utf-8") for name in names)
