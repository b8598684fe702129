"""A signature that somebody wrote, as the two mail sites show it to whoever gets the mail: what
they keep of its HTML, where its pictures come from then, and what becomes of its links.
"""

from __future__ import annotations

from collections.abc import Callable

from bs4 import BeautifulSoup, Tag

from tests.pages.mail import in_gmail, in_outlook
from tests.pages.page import Chance, MadePage, Planted, gmail_picture, google_link, safe_link

_TAGS = frozenset(
    ("a", "b", "br", "div", "i", "img", "p", "span", "strong", "table", "tbody", "td", "tr")
)
_ATTRIBUTES = frozenset(
    (
        *("align", "alt", "border", "cellpadding", "cellspacing", "colspan", "height", "href"),
        *("src", "style", "valign", "width"),
    )
)
#: Of inline styles, those that both keep; neither keeps positions or addresses.
_STYLES = frozenset(
    (
        *("border", "border-collapse", "color", "display", "font-family", "font-size"),
        *("font-weight", "height", "line-height", "padding", "text-decoration"),
        *("vertical-align", "width"),
    )
)


def gmail(seed: int, signature: str, award: str, sender: tuple[str, str]) -> MadePage:
    """A message in Gmail that ends with the signature."""
    chance = Chance(seed)

    def link(tag: Tag) -> None:
        tag["target"] = "_blank"
        tag["data-saferedirecturl"] = google_link(str(tag["href"]))

    def picture(tag: Tag) -> None:
        tag["class"] = "CToWUd"
        tag["src"] = gmail_picture(str(tag["src"]), chance.hexadecimal(9))

    body = (
        '<p>Hello</p><div class="gmail_signature" data-smartmail="gmail_signature"><div dir="ltr">'
        f"{_kept(signature, link, picture)}</div></div>"
    )
    return in_gmail(seed, chance, body, _planted(award, sender), sender)


def outlook(seed: int, signature: str, award: str, sender: tuple[str, str]) -> MadePage:
    """The same in Outlook."""

    def link(tag: Tag) -> None:
        tag["originalsrc"] = tag["href"]
        tag["href"] = safe_link(str(tag["href"]))
        tag["data-auth"], tag["data-linkindex"] = "Verified", "0"

    def picture(tag: Tag) -> None:
        tag["data-imagetype"] = "External"

    body = f'<p>Hello</p><div id="x_Signature">{_kept(signature, link, picture)}</div>'
    return in_outlook(seed, Chance(seed), body, _planted(award, sender), sender)


def _planted(award: str, sender: tuple[str, str]) -> tuple[Planted, ...]:
    return (Planted(award, (sender[0],), (sender[1],)),)


def _kept(signature: str, link: Callable[[Tag], None], picture: Callable[[Tag], None]) -> str:
    soup = BeautifulSoup(signature, "html.parser")
    for tag in soup.find_all(True):
        if tag.name not in _TAGS:
            tag.unwrap()
            continue
        tag.attrs = {name: value for name, value in tag.attrs.items() if name in _ATTRIBUTES}
        if "style" in tag.attrs:
            tag["style"] = _styles(str(tag["style"]))
        if tag.name == "a":
            link(tag)
        if tag.name == "img":
            picture(tag)
    return str(soup)


def _styles(style: str) -> str:
    pairs = (one.partition(":") for one in style.split(";"))
    return ";".join(f"{name}:{value}" for name, _, value in pairs if name.strip() in _STYLES)
