"""A CV or a mail as the record that it is: an entry for every award that it links to or holds.

It is its holder's own, so it proves nothing by itself; what it names is looked for and judged one
by one, held against the person whom it names and what it says beside each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from verifier.addresses import is_address
from verifier.containers import container_of, pixels, qr, text
from verifier.errors import NoCredential
from verifier.model import Claim, Credential, Entry, Problem, Recipient
from verifier.papers import docx, handed_on, mail, odt, pdf_document, saved_page
from verifier.papers.claims import claim_at
from verifier.papers.person import person_in
from verifier.papers.sheet import (
    LINKS,
    Block,
    Link,
    Sheet,
    addresses_in,
    award_at,
    joined,
)
from verifier.providers import discreet, locate, unwrap

#: Awards that are looked at in one document: more than anybody lists.
AWARDS = 50
#: The contract's word → what a reader calls such a file.
_NAMES = {
    "pdf": "PDF document",
    "docx": "Word document",
    "odt": "text document",
    "html": "web page",
    "eml": "message",
}
_RECORD = (
    "This {name} comes from whoever wrote it, who could have changed it, so it proves nothing by "
    "itself. {whom}"
)
_NOTHING = (
    "No badge is in this {name}: no link to an award, and no picture or file that carries one. "
    "Ask its holder for the badges' addresses, or for the files as the issuer gave them out."
)
_ALONE = "This is the writer's own word: no award was found at the place that this {name} names."
#: An address that is no platform's is looked at where it, or what is said of it, promises a badge.
_PROMISING = re.compile(
    r"badge|credential|certif|assertion|zertifi|insignia|licen[cs]e|verif|diploma", re.IGNORECASE
)
_PATHS = re.compile(
    r"/(?:\w+[-_])?(?:badge|credential|assertion|certificate)s?(?:/|$)|\.jwt$", re.I
)
#: Where people keep work and write about themselves.
_NO_AWARDS = re.compile(
    r"(?:.+\.)?(?:github\.com|gitlab\.com|shields\.io|linkedin\.com|x\.com|twitter\.com"
    r"|facebook\.com|instagram\.com|youtube\.com|medium\.com|xing\.com|orcid\.org|google\.com)"
)


class Reader(Protocol):
    """What reads one kind of file."""

    def recognises(self, content: bytes) -> bool:
        """Whether `content` may be such a file, by its own first bytes."""
        ...

    def read(self, content: bytes) -> Sheet:
        """What is in it. Raises `Malformed`."""
        ...


READERS: tuple[Reader, ...] = (pdf_document, docx, odt, handed_on, saved_page, mail)


class _Named(Struct, frozen=True):
    """An award that a document names: where, what is said of it, and by whom if by another."""

    key: str | bytes
    at: str | None
    held: bytes | None
    claim: Claim | None
    of: Recipient | None


def recognises(content: bytes) -> bool:
    """Whether `content` is a document that somebody may have written."""
    return any(reader.recognises(content) for reader in READERS)


def read(content: bytes) -> Credential | None:
    """The record that the document is. Raises `Malformed`, and `NoCredential` where it was read
    and names no award; `None` for a PDF or a page that names none, which may be something else.
    """
    sheet = sheet_of(content)
    named = _once(_named(sheet))
    if named:
        return _record(sheet, named, content)
    if sheet.container in ("pdf", "html"):
        return None
    raise NoCredential("not_a_badge", _NOTHING.format(name=_NAMES[sheet.container]))


def sheet_of(content: bytes) -> Sheet:
    """What is in a document that is recognised. Raises `Malformed`."""
    return next(reader for reader in READERS if reader.recognises(content)).read(content)


def leads_beyond(record: Credential, credential: bytes) -> bool:
    """Whether the document names another award than the one `credential` that was found in it."""
    own = {award_at(one) or one for one in text.identifiers(credential)}
    linked = [
        entry.at
        for entry in record.bundle
        if isinstance(entry, Entry) and entry.at is not None and award_at(entry.at) is not None
    ]
    return any(at not in own for at in linked)


def is_one_credential(record: Credential) -> bool:
    """Whether all that the document names is one credential that is written into it."""
    entries = [one for one in record.bundle if isinstance(one, Entry)]
    held = [entry.held for entry in entries if entry.held is not None]
    return len(entries) == len(held) == 1 and text.form(held[0]) in ("json", "jwt")


def has_words(record: Credential) -> bool:
    """Whether the document says anything, and does not merely hold files."""
    return bool(record.description)


def _record(sheet: Sheet, named: tuple[_Named, ...], content: bytes) -> Credential:
    name = _NAMES[sheet.container]
    person = sheet.person if sheet.container == "eml" else person_in(sheet.blocks)
    quoted = [one.of for one in named[:AWARDS] if one.of is not None]
    says = _RECORD.format(name=name, whom=_whom(person, quoted))
    if len(named) > AWARDS:
        says += f" {len(named) - AWARDS} more links and files in it were not looked at."
    says += f" {sheet.left}" if sheet.left else ""
    entries = tuple(_entry(one, sheet.container, person) for one in named[:AWARDS])
    return Credential(
        standard="page",
        container=sheet.container,
        content=content,
        document={},
        kind="record",
        name=f"Badges in this {name}",
        description=_beginning(sheet),
        recipient=person,
        problems=(Problem("page_only", "document", says),),
        bundle=entries,
    )


def _whom(person: Recipient, quoted: list[Recipient]) -> str:
    if not _called(person):
        whom = "It names nobody with whom the badges in it could be compared."
    else:
        whom = f"The badges in it were compared with {_called(person)}, whom it names."
    senders = list(dict.fromkeys(filter(None, map(_called, quoted))))
    if senders:
        whom += f" Those that it quotes were compared with {', '.join(senders)}, as it quotes them."
    elif quoted:
        whom += " Those that it quotes were compared with nobody."
    return whom


def _called(person: Recipient) -> str:
    """Everything by which a badge may be somebody's, so that nothing is matched unseen."""
    mails = [one.value for one in person.identities if one.kind == "email"]
    return " and ".join(filter(None, (person.name, *mails)))


def _beginning(sheet: Sheet) -> str | None:
    """Its first line, so that a reader knows which document it is."""
    return next((block.text.replace("\t", " ")[:200] for block in sheet.blocks if block.text), None)


def _entry(named: _Named, container: str, person: Recipient) -> Entry:
    claim = named.claim
    problem = Problem("page_only", "document.entry", _ALONE.format(name=_NAMES[container]))
    alone = Credential(
        standard="page",
        container=container,
        content=b"",
        document={},
        kind="other",
        id=None if named.at is None else discreet(named.at),
        name=None if claim is None else claim.title,
        problems=(problem,),
    )
    about = person if named.of is None else named.of
    claims = () if claim is None else (claim,)
    return Entry(alone, named.at, claims, named.held, about)


def _once(named: Iterator[_Named]) -> tuple[_Named, ...]:
    """Each award once, with the first thing that is said of it."""
    found: dict[tuple[str | bytes, bool], _Named] = {}
    for one in named:
        key = (one.key, one.of is not None)
        first = found.setdefault(key, one)
        if first.claim is None and one.claim is not None:
            found[key] = replace(first, claim=one.claim)
    own = {key for key, quoted in found if not quoted}
    kept = (one for (key, quoted), one in found.items() if not quoted or key not in own)
    return tuple(kept)


def _named(sheet: Sheet) -> Iterator[_Named]:
    blocks = list(sheet.blocks)
    lines = [block.text for block in blocks]
    left = LINKS
    for index, block in enumerate(blocks):
        before = blocks[max(0, index - 2) : index]
        for link in links_at(lines, index, block)[:left]:
            left -= 1
            at = unwrap(link.address) or link.address
            key = award_at(at)
            if key is None and not promises(at, link, block):
                continue
            claim = claim_at(block, link, before)
            yield _Named(key or at, key or at, None, claim, block.of)
        for file in block.files:
            if may_carry(file):
                yield _Named(file, None, file, claim_at(block, None, before), block.of)


def links_at(lines: list[str], index: int, block: Block) -> list[Link]:
    """The links of a block, and the addresses written out in it, also over the end of its line."""
    linked = [link for link in block.links if is_address(link.address)]
    known = {link.address for link in linked}
    whole = joined(lines, index)
    written = [] if whole is None else [whole[0]]
    written += [
        at for at in addresses_in(block.text) if whole is None or not whole[0].startswith(at)
    ]
    return [*linked, *(Link(at) for at in dict.fromkeys(written) if at not in known)]


def promises(at: str, link: Link, block: Block) -> bool:
    """Whether an address that is no platform's award may be a badge's all the same."""
    located = locate(at)
    host = (urlsplit(at).hostname or "").lower()
    if located is not None or _NO_AWARDS.fullmatch(host):
        return False
    words = link.words or (block.text if len(block.links) < 2 else "")
    return _PATHS.search(urlsplit(at).path) is not None or _PROMISING.search(words) is not None


def may_carry(file: bytes) -> bool:
    """Whether a file has something in it: a picture with nothing baked in is only a picture."""
    word = container_of(file)
    if word in ("png", "svg"):
        return b"openbadge" in file or (word == "png" and bool(qr.read(file)))
    if pixels.recognises(file):
        return bool(qr.read(file))
    return word is not None or text.form(file) in ("json", "jwt") or recognises(file)
