"""Somebody's own page as its owner wants to see it mended: every entry on it that leads to an
award, or should, with what is said there. LinkedIn's list of licences, a saved page, a CV.

Unlike `document` it keeps what leads beside the award: to a badge's class, to its picture, to a
page for its owner's eyes. Nothing of it is proven.
"""

from __future__ import annotations

import base64
import quopri
import re
from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec import Struct

from verifier.claims.words import fold
from verifier.containers.foreign import is_page
from verifier.errors import NoCredential
from verifier.model import Claim, Entry
from verifier.papers import archive, document, linkedin_export, linkedin_page, saved_page
from verifier.papers.claims import claim_at
from verifier.papers.person import person_in
from verifier.papers.sheet import Block, Link, Sheet
from verifier.providers import discreet, locate, unwrap
from verifier.providers.pages import Page

#: Entries that are looked at on one page.
ENTRIES = 200
#: Letters of its words.
WORDS = 400_000
#: What a link may lead to where the award should be.
ASTRAY = frozenset(("template", "picture", "private"))
_AWARDS = frozenset(("award", "file", "short_link"))
#: A page over this is read without what browsers save along with it and nobody reads.
_LARGE = 512 * 1024
_UNREAD = (b"script", b"style", b"code", b"noscript", b"template", b"svg")
_BADGE = re.compile(rb"openbadge|ld\+json", re.IGNORECASE)
#: How browsers save a page as one file (MHTML, RFC 2557): a message whose first part is the page.
_SNAPSHOT = re.compile(rb"^Snapshot-Content-Location:", re.IGNORECASE | re.MULTILINE)
_BORDER = re.compile(rb"^\s*(?:Content-Type:.{0,200})?boundary=\"([^\"\r\n]{1,70})\"", re.I | re.M)
_HEAD = 8192
_NO_PAGE = (
    "This is no page, and no list of licences. Save your page in your browser as HTML or PDF, or "
    "take Certifications.csv (or the whole archive) from LinkedIn's data export."
)
_TOO_LARGE = (
    "This page holds more than any profile does. Save only the part with your badges, or bring "
    "LinkedIn's Certifications.csv instead."
)
_NO_LIST = (
    "There is no Certifications.csv in this archive, or more than one. Ask LinkedIn for an export "
    "with your profile in it."
)


class Shown(Struct, frozen=True):
    """One entry: the address it leads to, `None` where there is none, or the file it holds; and
    what the page says of the award there.
    """

    at: str | None
    claims: tuple[Claim, ...] = ()
    held: bytes | None = None


class OwnPage(Struct, frozen=True):
    """What a page shows. `site` is `linkedin` or empty; `words` all that it says, folded, as far as
    that is known; `names` whom it names for certain; `left` how many entries were not taken. Of a
    site that shows only some of them there, `is_part` is set.
    """

    entries: tuple[Shown, ...]
    site: str = ""
    words: str | None = None
    names: tuple[str, ...] = ()
    left: int = 0
    is_part: bool = False


def read(content: bytes) -> OwnPage:
    """What a file shows. Run it in a worker. Raises `NoCredential` and `Malformed` as its kind
    does, and `not_a_badge` for what is no page.
    """
    content = _snapshot(content)
    if linkedin_export.recognises(content):
        return _of_rows(linkedin_export.read(content))
    if archive.recognises(content) and not document.recognises(content):
        return _of_rows(archive.read(content))
    if is_page(content):
        content = _lean(content)
        if not saved_page.recognises(content):
            raise NoCredential("too_large", _TOO_LARGE)
        page = Page("", content)
        if linkedin_page.recognises(page):
            return _of_linkedin(page)
    if not document.recognises(content):
        raise NoCredential("not_a_badge", _NO_PAGE)
    return _of_sheet(document.sheet_of(content))


def taken(entries: Iterator[Shown]) -> tuple[tuple[Shown, ...], int]:
    """Each award once, with the first thing that is said of it; and how many more there were."""
    found: dict[object, Shown] = {}
    for one in islice(entries, 10 * ENTRIES):
        key = one.held or (one.at and (_canonical(one.at) or one.at)) or one
        first = found.setdefault(key, one)
        if not first.claims and one.claims:
            found[key] = Shown(first.at, one.claims, first.held)
    every = tuple(found.values())
    return every[:ENTRIES], max(0, len(every) - ENTRIES)


def kind_of(at: str) -> str | None:
    """What a platform's address leads to; `None` for any other address."""
    located = locate(unwrap(at) or at)
    return None if located is None else located[0].kind


def _folded(text: str) -> str:
    return " ".join(fold(text[:WORDS]))


def _lean(content: bytes) -> bytes:
    """A large page without what nobody reads; what may hold a badge stays where it is."""
    for name in _UNREAD if len(content) > _LARGE else ():
        folded, parts, at = content.lower(), list[bytes](), 0
        while (start := folded.find(b"<" + name, at)) >= 0:
            close = folded.find(b"</" + name, start)
            end = folded.find(b">", close) + 1 if close >= 0 else 0
            if not end:
                break
            own = folded[start + 1 + len(name) : start + 2 + len(name)]
            keeps = own.isalnum() or _BADGE.search(content, start, end) is not None
            parts.append(content[at : end if keeps else start])
            at = end
        content = b"".join(parts) + content[at:]
    return content


def _snapshot(content: bytes) -> bytes:
    """The page in one that was saved as a single file; anything else as it is."""
    border = _BORDER.search(content[:_HEAD]) if _SNAPSHOT.search(content[:_HEAD]) else None
    parts = [] if border is None else content.split(b"--" + border[1], 2)
    if len(parts) < 3:
        return content
    head, _, body = parts[1].replace(b"\r\n", b"\n").lstrip(b"\n").partition(b"\n\n")
    coded = head.lower()
    if b"quoted-printable" in coded:
        return quopri.decodestring(body)
    return base64.b64decode(body) if b"base64" in coded else body  # what is no base64 of it is cut


def _canonical(at: str) -> str | None:
    located = locate(unwrap(at) or at)
    return None if located is None else located[0].canonical


def _of_rows(record: object) -> OwnPage:
    bundle = getattr(record, "bundle", None)
    if bundle is None:
        raise NoCredential("not_a_badge", _NO_LIST)
    rows = [one for one in bundle if isinstance(one, Entry)]
    entries, left = taken(Shown(row.at and discreet(row.at), row.claims) for row in rows)
    titles = (claim.title for row in rows for claim in row.claims)
    return OwnPage(entries, "linkedin", _folded("\n".join(filter(None, titles))), left=left)


def _of_linkedin(page: Page) -> OwnPage:
    found = linkedin_page.entries(page)
    entries, left = taken(Shown(at, () if claim is None else (claim,)) for at, claim in found)
    name = linkedin_page.owner(page)
    names = () if name is None else (name,)
    return OwnPage(entries, "linkedin", _folded(page.text), names, left, is_part=True)


def _of_sheet(sheet: Sheet) -> OwnPage:
    entries, left = taken(_shown(sheet.blocks))
    person = person_in(sheet.blocks)
    names = tuple(one.value for one in person.identities if one.kind == "name")
    words = _folded("\n".join(block.text for block in sheet.blocks))
    return OwnPage(entries, "", words, names, left)


def _shown(blocks: Sequence[Block]) -> Iterator[Shown]:
    """What its writer's own words lead to; what they quote is somebody else's."""
    lines = [block.text for block in blocks]
    for index, block in enumerate(blocks):
        if block.of is not None:
            continue
        before = blocks[max(0, index - 2) : index]
        for link in document.links_at(lines, index, block):
            at = unwrap(link.address) or link.address
            if _counts(at, link, block):
                claim = claim_at(block, link, before)
                yield Shown(discreet(at), () if claim is None else (claim,))
        for file in block.files:
            if document.may_carry(file):
                claim = claim_at(block, None, before)
                yield Shown(None, () if claim is None else (claim,), file)


def _counts(at: str, link: Link, block: Block) -> bool:
    kind = kind_of(at)
    return kind in _AWARDS | ASTRAY or (kind is None and document.promises(at, link, block))
