"""What a source without a badge is, told by its first bytes, so that the refusal can say so."""

from __future__ import annotations

import re

_BINARY = (
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"\0\0\x01\0", "an icon"),
    (b"%!PS", "a PostScript document"),
    (b"\x1f\x8b", "a compressed file"),
)
#: Documents that Touchstone can't look into, and what to do with them.
_DOCUMENTS = (
    (b"\xd0\xcf\x11\xe0", "an Office document of the old kind (such as .doc)"),
    (b"{\\rtf", "a rich text document (RTF)"),
)
_SAVE_AS = "Open it, save it as PDF or DOCX, and check that file."
_FAMILIES = (
    (b"WEBP", 8, "a WebP picture"),
    (b"ftypavif", 4, "an AVIF picture"),
    (b"ftyp", 4, "a video or HEIC picture"),
)
#: The pictures that are looked at for a QR code.
_SEEN = frozenset(("a JPEG picture", "a GIF picture", "a WebP picture"))
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*|<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_PICTURES_HOLD_NONE = (
    "Badges are carried by PNG and SVG pictures, by JSON files, and by PDF files to which one is "
    "attached; links to them are found in PDF, DOCX, ODT and HTML files and in mails (.eml)."
)


def is_page(content: bytes) -> bool:
    """Whether `content` is a web page."""
    return _PAGE.match(content.removeprefix(b"\xef\xbb\xbf")[:16384]) is not None


def describe(content: bytes) -> str:
    """Why there is no badge in `content`, and what to bring instead."""
    if not content.strip():
        return "The file is empty. Download it again, or ask its holder for it."
    if is_page(content):
        return (
            "This is a web page, and no badge can be read out of it as it stands. "
            "Look on the page for a link to download or share the badge."
        )
    written = next((name for magic, name in _DOCUMENTS if content.startswith(magic)), None)
    if written is not None:
        return f"This is {written}, which Touchstone doesn't read. {_SAVE_AS}"
    kind = next((name for magic, name in _BINARY if content.startswith(magic)), None)
    if kind is None:
        kind = next((name for magic, at, name in _FAMILIES if content[at:].startswith(magic)), None)
    if kind is not None:
        seen = " and shows no QR code of one" if kind in _SEEN else ""
        return f"This is {kind}, which can't carry a badge{seen}. {_PICTURES_HOLD_NONE}"
    if _is_text(content[:4096]):
        return (
            f"This is text, but neither a credential nor the address of one. {_PICTURES_HOLD_NONE}"
        )
    return f"This is no kind of file that carries a badge. {_PICTURES_HOLD_NONE}"


def _is_text(head: bytes) -> bool:
    try:
        return head.decode("utf-8", "strict").isprintable() or b"\0" not in head
    except UnicodeDecodeError:
        return False
