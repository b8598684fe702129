"""The badge as markup for other people's pages and mails: a link around its picture, and its name
as text beside it, so that it still says what it is where pictures are not loaded.
"""

from __future__ import annotations

import re
from html import escape

from msgspec import Struct

from wallet_server.handing.badge import Badge
from wallet_server.handing.places import Place

#: Pixels of the picture in a mail and in a page.
_SMALL, _LARGE = 72, 160
_SEE = "See whether it holds"
_OF_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&])")


class Signature(Struct, frozen=True):
    """A signature for e-mail, as HTML and as text."""

    html: str
    text: str


class Embed(Struct, frozen=True):
    """Code for a web page, and for what is written in Markdown."""

    html: str
    markdown: str


def signature(badge: Badge, place: Place) -> Signature:
    """One table with inline styles and nothing else: mail programs take away style sheets, classes
    and ids, and the one that draws with Word knows no other way to put text beside a picture. No
    colours, since readers with a dark theme have their own.
    """
    name, at = escape(badge.name), escape(place.address)
    by = f"issued by {escape(badge.issuer)}<br>" if badge.issuer else ""
    picture = ""
    if place.picture is not None:
        picture = (
            '<td style="padding:0 12px 0 0;vertical-align:middle">'
            f'<a href="{at}"><img src="{escape(place.picture)}" alt="{name}" width="{_SMALL}"'
            f' height="{_SMALL}" border="0" style="display:block;border:0"></a></td>'
        )
    html = (
        '<table cellpadding="0" cellspacing="0" border="0" style="border-collapse:collapse"><tr>'
        f'{picture}<td style="vertical-align:middle;font-family:Arial,Helvetica,sans-serif;'
        f'font-size:13px;line-height:18px"><b>{name}</b><br>{by}<a href="{at}">{_SEE}</a></td>'
        "</tr></table>"
    )
    lines = (badge.name, f"issued by {badge.issuer}" if badge.issuer else "", place.address)
    return Signature(html, "\n".join(line for line in lines if line))


def embed(badge: Badge, place: Place) -> Embed:
    """A link around the picture, or around the name where there is no picture to show."""
    name, at = escape(badge.name), escape(place.address)
    shown, marked = name, _marked(badge.name)
    if place.picture is not None:
        shown = f'<img src="{escape(place.picture)}" alt="{name}" width="{_LARGE}">'
        marked = f"![{marked}]({_bracketed(place.picture)})"
    return Embed(
        f'<a href="{at}" rel="noopener">{shown}</a>', f"[{marked}]({_bracketed(place.address)})"
    )


def _marked(text: str) -> str:
    """Text that no sign in it changes (CommonMark, section 2.4)."""
    return _OF_MARKDOWN.sub(r"\\\1", text)


def _bracketed(address: str) -> str:
    """An address as the target of a link: brackets in it would end it (CommonMark, section 6.3)."""
    return address.replace("(", "%28").replace(")", "%29")
