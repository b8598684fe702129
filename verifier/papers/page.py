"""A web page that is no platform's: the credentials written into it, the addresses where it says
they are, and the awards of platforms that it links to.

HTML, section 4.12.1.1 (data blocks) and 4.6.7.1 (`rel=alternate`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urljoin

from msgspec import Struct

from verifier.addresses import is_address
from verifier.containers import text
from verifier.errors import Malformed
from verifier.json_gate import read_object
from verifier.model import JsonObject, as_list
from verifier.papers.handed_on import files_in
from verifier.providers import locate, unwrap
from verifier.providers.pages import Page

#: Blocks, links and awards that are looked at in one page; one badge has a handful.
BLOCKS, LINKS, AWARDS = 200, 2000, 50
#: Addresses of credentials that a page names, and of those the ones that are asked.
ALTERNATES = 3
_RELATIONS = frozenset(("alternate", "describedby", "item"))
#: Media types under which a page may hold a credential, or name the address of one.
_TYPES = frozenset(
    (
        *("application/ld+json", "application/vc+ld+json", "application/vc", "application/vc+jwt"),
        *("application/jwt", "application/vc+sd-jwt", "application/dc+sd-jwt"),
    )
)
_ALSO_LINKED = frozenset(("application/json", "image/png", "image/svg+xml"))
#: Words for what a credential says it is; schema.org's of a course or a diploma are none of them.
_AWARDS = ("Assertion", "Credential", "Presentation")
_OF_SCHEMA_ORG = "EducationalOccupationalCredential"


class Found(Struct, frozen=True):
    """What a page holds: `credentials` byte for byte, `alternates` where it says that one is, and
    the `awards` of platforms that it links to.
    """

    credentials: tuple[bytes, ...] = ()
    alternates: tuple[str, ...] = ()
    awards: tuple[str, ...] = ()


def found_in(page: Page) -> Found:
    """Everything in `page` that is, or leads to, a credential; each once."""
    return Found(
        tuple(dict.fromkeys(_credentials(page))),
        tuple(dict.fromkeys(_alternates(page)))[:ALTERNATES],
        tuple(dict.fromkeys(_awards(page)))[:AWARDS],
    )


def _credentials(page: Page) -> Iterator[bytes]:
    yield from (one for one in files_in(page.content) if text.form(one) in ("json", "jwt"))
    for script in page.soup.find_all("script", type=True, limit=BLOCKS):
        if _media_type(script["type"]) in _TYPES:
            yield from _written(script.get_text().strip().encode("utf-8", "replace"))


def _written(block: bytes) -> Iterator[bytes]:
    """The credentials in one block: itself, or each of a list or a graph."""
    if text.form(block) == "jwt":
        yield block
        return
    try:
        whole = read_object(block if block.startswith(b"{") else b'{"@graph":%s}' % block)
    except Malformed:
        return
    if _is_credential(whole):
        yield block
        return
    for one in as_list(whole.get("@graph")):
        # One that borrows its context from the list around it is no credential by itself.
        if isinstance(one, dict) and "@context" in one and _is_credential(one):
            yield json.dumps(one, ensure_ascii=False).encode()


def _is_credential(document: JsonObject) -> bool:
    types = [str(word) for word in as_list(document.get("type") or document.get("@type"))]
    if any(word.endswith(_OF_SCHEMA_ORG) for word in types):
        return False
    named = any(word.endswith(_AWARDS) for word in types)
    return text.is_award(document) and (named or {"recipient", "badge"} <= document.keys())


def _alternates(page: Page) -> Iterator[str]:
    for link in page.soup.find_all("link", href=True, limit=LINKS):
        relations = {str(word).lower() for word in as_list(link.get("rel"))}
        if relations & _RELATIONS and _media_type(link.get("type")) in _TYPES | _ALSO_LINKED:
            at = _absolute(page, str(link["href"]))
            if at is not None:
                yield at


def _awards(page: Page) -> Iterator[str]:
    for link in page.soup.find_all("a", href=True, limit=LINKS):
        at = _absolute(page, str(link["href"]))
        located = None if at is None else locate(unwrap(at) or at)
        if located is not None and located[0].kind == "award":
            yield located[0].canonical


def _absolute(page: Page, reference: str) -> str | None:
    try:
        at = urljoin(page.address, reference.strip())
    except ValueError:
        return None
    return at if is_address(at) else None


def _media_type(value: object) -> str:
    return str(value or "").split(";", 1)[0].strip().lower()
