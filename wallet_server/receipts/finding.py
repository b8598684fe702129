"""Where receipts lie: a file of their own, one attached to a PDF, or a block of a page that is
handed on. Reading is work without an end of its own: run it in a worker.
"""

from __future__ import annotations

import re

from verifier.containers import pdf
from verifier.errors import Malformed
from wallet_server.receipts.limits import IN_ALL
from wallet_server.receipts.reading import Receipt, read

#: What a file of receipts is, and what it is called where it is attached.
MEDIA_TYPE, NAME = "application/vnd.touchstone.receipts+json", "receipts.json"
_OPENS = f'<script type="{MEDIA_TYPE}">'
_BLOCK = re.compile(re.escape(_OPENS.encode()) + rb"([^<]*+)</script>")


def block(written: bytes) -> str:
    """A file of receipts as it stands in a page: no program runs it, and no browser shows it."""
    return f"{_OPENS}{written.decode('ascii')}</script>"


def receipts_in(content: bytes) -> tuple[Receipt, ...]:
    """The receipts in a file of any of the three kinds. Raises `Malformed` as `read` does, and
    `receipt.ambiguous` where there are several files of receipts in it.
    """
    if len(content) > IN_ALL:
        raise Malformed("receipt.size", f"The file is over {IN_ALL // 2**20} MiB.")
    if pdf.recognises(content):
        return read(_only([one for one in _attached(content) if _is_one(one)], "PDF"))
    if content.lstrip()[:1] == b"<":
        return read(_only(_BLOCK.findall(content), "page"))
    if content.lstrip()[:1] != b"{":
        raise Malformed("receipt.none", "This file holds no receipt that Touchstone wrote.")
    return read(content)


def _attached(content: bytes) -> tuple[bytes, ...]:
    return pdf.opened(content, lambda reader: tuple(pdf.attached(reader)))


def _is_one(content: bytes) -> bool:
    """Whether an attached file means to be one; what is wrong with it is said when it is read."""
    return content.startswith(b"{") and b'"receipts"' in content and b'"bodies"' in content


def _only(found: list[bytes], place: str) -> bytes:
    if not found:
        raise Malformed("receipt.none", f"This {place} holds no receipt that Touchstone wrote.")
    if len(found) > 1:
        says = f"This {place} holds several files of receipts; ask for a single one."
        raise Malformed("receipt.ambiguous", says)
    return found[0]
