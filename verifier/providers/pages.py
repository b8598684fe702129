"""Web pages made for people, read for what they say: titles, marks, data within, and why a page
says nothing.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from verifier.addresses import read_address
from verifier.errors import Malformed
from verifier.json_gate import read_object
from verifier.model import Document, JsonObject, Problem

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

#: The largest page that is read; a page of an award is a tenth of this at most.
SIZE = 2 * 2**20
#: A page with fewer letters than this, scripts aside, is drawn by a script that did not run.
_SHELL = 200
_BOT = re.compile(
    r"just a moment|attention required|are you (?:a )?(?:human|robot)|pardon our interruption"
    r"|verify(?:ing)? (?:that )?you are (?:a )?human|unusual traffic|access denied"
    r"|checking your browser|request unsuccessful|security check",
    re.IGNORECASE,
)
_BOT_MARKS = (
    "#challenge-form, #challenge-running, #cf-challenge-running, #px-captcha, "
    "script[src*='/cdn-cgi/challenge-platform/'], iframe[src*='_Incapsula_Resource'], "
    "form[action*='/sorry/']"
)
_SIGN_IN = re.compile(r"/(?:log[-_]?in|sign[-_]?in|signon|sso|authwall|auth)(?:[/?#]|$)", re.I)
_SIGN_IN_TITLE = re.compile(r"\b(?:sign|log)[ -]?in\b|join now", re.IGNORECASE)


class Page(Struct, frozen=True, dict=True):
    """A page as it was read. `address` gave it out, after redirects; `seen` is set where it was not
    fetched but stands in the reader's own tab.
    """

    address: str
    content: bytes
    seen: bool = False

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The page's elements; XHTML is read as the HTML that browsers take it for."""
        from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning  # here: most badges are no pages

        with warnings.catch_warnings():
            warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
            return BeautifulSoup(self.content[:SIZE], "lxml")

    @property
    def title(self) -> str | None:
        """What stands in its `title`."""
        return clean(self.soup.title.get_text()) if self.soup.title else None

    @property
    def text(self) -> str:
        """Its words, in order and with single spaces; scripts and styles left out."""
        return " ".join(self._words())

    def meta(self, name: str) -> str | None:
        """What the `meta` element of this `property` or `name` says, entities read."""
        for attribute in ("property", "name"):
            found = self.soup.find("meta", attrs={attribute: name})
            if found is not None and found.get("content"):
                return clean(str(found["content"]))
        return None

    def json_ld(self) -> Iterator[JsonObject]:
        """The objects of JSON-LD within it that can be read; a list or a graph gives each."""
        for script in self.soup.find_all("script", attrs={"type": "application/ld+json"}):
            try:
                yield read_object(script.get_text().encode().strip())
            except Malformed:
                continue

    def _words(self) -> Iterator[str]:
        for text in self.soup.find_all(string=True):
            name = text.parent.name if text.parent else ""
            plain = type(text).__name__ == "NavigableString"
            if plain and name not in ("script", "style", "noscript", "template", "title"):
                yield from text.split()


def page_of(document: Document) -> Page:
    """The page that `document` gave out."""
    return Page(document.final_url or document.url, document.content, document.seen)


def own_address(page: Page) -> str | None:
    """The address that a page says is its own."""
    return page.meta("og:url")


def clean(text: str) -> str | None:
    """`text` with single spaces and without control characters, `None` where nothing is left."""
    printable = "".join(" " if character.isspace() else character for character in text)
    kept = " ".join("".join(c for c in printable if c.isprintable()).split())
    return kept or None


def trouble(page: Page, title: str) -> Problem:
    """Why `page`, which should show an award of the platform called `title`, does not.

    A bot check, a sign-in wall, an empty shell and a changed layout are four different things.
    """
    host = read_address(page.address).host
    if len(page.content) > SIZE:
        return _unreadable("page.size", f"The page that {host} answers is too large to read.")
    words = f"{page.title or ''} {page.text[:2000]}"
    if page.soup.select_one(_BOT_MARKS) or (_BOT.search(words) and len(page.text) < 2000):
        says = f"{host} wants to know whether its visitor is a person before it shows the award."
        return _unreadable("page.bot_check", says)
    password = page.soup.select_one("input[type=password]")
    if password or is_sign_in(page.address) or _SIGN_IN_TITLE.search(page.title or ""):
        says = f"{host} shows this award only to those who sign in."
        return _unreadable("page.sign_in", says)
    if len(page.text) < _SHELL:
        says = (
            f"The page that {host} answers is empty until a script draws it, so it says nothing. "
            "It may also be private, or not be there."
        )
        return _unreadable("page.empty_shell", says)
    return changed_layout(page.address, title)


def changed_layout(address: str, title: str) -> Problem:
    """What `address` answers is not as the platform called `title` has answered before."""
    says = (
        f"What {read_address(address).host} answers is not laid out as {title} lays out its "
        "awards, so what it says could not be read."
    )
    return _unreadable("page.changed_layout", says)


def costly(address: str) -> Problem:
    """Reading the page at `address` was stopped."""
    says = (
        f"Reading the page that {read_address(address).host} answers would take more work than "
        "any award's page needs, so it was stopped."
    )
    return _unreadable("page.cost", says)


def is_sign_in(address: str) -> bool:
    """Whether an address is one at which people sign in."""
    return _SIGN_IN.search(address) is not None


def elsewhere(document: Document) -> Problem:
    """A platform's address leads to a page that is not the platform's."""
    there = read_address(document.final_url or document.url).host
    says = f"The award's address leads to {there}, which is not its platform's."
    return _unreadable("page.moved", says)


def _unreadable(reason: str, says: str) -> Problem:
    return Problem("page_unreadable", reason, says)


def text_of(value: Any) -> str | None:  # noqa: ANN401 any JSON value
    """`value` as a line of text, where it is text."""
    return clean(value) if isinstance(value, str) else None
