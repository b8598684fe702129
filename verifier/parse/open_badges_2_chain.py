"""From an assertion to its badge class to its issuer: which copy of each one counts.

What a hosted badge says is what its own address says (Open Badges 2.0, "HostedBadge"). So each of
the three is read from its own id, once more where a document names another id than the address that
gave it, and a copy that came along inside another document is only looked at where it has no
address.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from verifier.addresses import Address, is_address, read_address
from verifier.errors import Malformed
from verifier.json_gate import read_object
from verifier.model import Document, Documents, JsonObject, Request
from verifier.parse.members import present
from verifier.parse.open_badges_1 import own_address, version_of

#: Platforms that serve one document at several of their addresses, and name only one of them in it:
#: their hosts, and what in the path tells one document from another.
PLATFORMS: tuple[tuple[frozenset[str], re.Pattern[str]], ...] = (
    # Seen 2019 to 2026: the id has /api/v1 where the address that is given out has /v1.
    (
        frozenset(("api.credly.com", "www.credly.com", "credly.com")),
        re.compile(r"/(?:api/)?v1/obi/v2/(.+)"),
    ),
)


#: What a document says is its own address.
Claims = Callable[[JsonObject], str | None]


class State(Enum):
    """How far one object of the chain can be relied on."""

    SERVED = "its own address gives it out"
    GONE = "its own address says that it was taken back (410)"
    EMBEDDED = "it stands in the object that names it, and has no address of its own"
    UNREACHABLE = "its address gave nothing that counts"
    BROKEN = "its address gives out JSON that can't be read"
    ELSEWHERE = "its address gives out a document that belongs to another address"
    ABSENT = "nothing says where it is"
    PENDING = "not looked up yet"


class Link(Struct, frozen=True):
    """One object of the chain.

    `body` is the copy that counts, or the best there is where none does; `address` is its own;
    `document` the answer that decided; `moved_from` the address that led to `address`.
    """

    state: State
    body: JsonObject
    address: str | None = None
    document: Document | None = None
    moved_from: str | None = None


class Chain(Struct, frozen=True):
    """An assertion, its badge class and its issuer; `given` is the copy that was handed in."""

    version: str
    given: JsonObject
    assertion: Link
    badge: Link
    issuer: Link

    @property
    def missing(self) -> tuple[Request, ...]:
        """What must be fetched before more can be told."""
        links = (self.assertion, self.badge, self.issuer)
        return tuple(
            Request(link.address)
            for link in links
            if link.state is State.PENDING and link.address is not None
        )

    @property
    def revoked(self) -> bool:
        """Whether the assertion's own address takes it back."""
        served = self.assertion.state is State.SERVED
        return self.assertion.state is State.GONE or (
            served and self.assertion.body.get("revoked") is True
        )


def follow(
    given: JsonObject, url: str | None, documents: Documents, *, signed: bool = False
) -> Chain:
    """The chain that starts at `given`, an assertion fetched from `url` if that is not `None`.

    A signed assertion needs no host: it stands for itself.
    """
    held = Link(State.EMBEDDED, given)
    assertion = held if signed else _assertion(given, url, documents)
    decides = assertion.body if assertion.state is not State.PENDING else given
    version = version_of(decides if "badge" in decides else given)
    pending = Link(State.PENDING, {})
    if assertion.state is State.PENDING:
        return Chain(version, given, assertion, pending, pending)
    claims = _no_id if version == "OB 1.1" else _id
    badge = _named(decides.get("badge", given.get("badge")), documents, claims)
    if badge.state is State.PENDING:
        return Chain(version, given, assertion, badge, pending)
    issuer = _within_class(badge) or _named(badge.body.get("issuer"), documents, claims)
    return Chain(version, given, assertion, badge, issuer)


def _within_class(badge: Link) -> Link | None:
    """The issuer's profile as it stands in a badge class that a platform itself gives out, below
    the issuer's own address: asking there again would ask the same host about the same thing.
    """
    profile, at = badge.body.get("issuer"), badge.address
    if not isinstance(profile, dict) or badge.state is not State.SERVED:
        return None
    own = profile.get("id")
    if not is_address(own) or not is_address(at):
        return None
    issuer, home = read_address(own), read_address(at)
    for hosts, pattern in PLATFORMS:
        if {issuer.host, home.host} <= hosts and issuer.origin[0] == home.origin[0] == "https":
            parts = pattern.fullmatch(issuer.path), pattern.fullmatch(home.path)
            if parts[0] and parts[1] and parts[1][1].startswith(f"{parts[0][1]}/"):
                return Link(State.SERVED, profile, str(own), badge.document)
    return None


def same_document(one: Address, other: Address) -> bool:
    """Whether two addresses are one, or a platform's two for one document."""
    if one == other:
        return True
    for hosts, pattern in PLATFORMS:
        if {one.host, other.host} <= hosts and one.origin[0] == other.origin[0] == "https":
            parts = pattern.fullmatch(one.path), pattern.fullmatch(other.path)
            if parts[0] and parts[1] and parts[0][1] == parts[1][1] and one.query == other.query:
                return True
    return False


def on_platform(link: Link) -> bool:
    """Whether a listed platform gives the object out itself, at its own address."""
    if link.state is not State.SERVED or not is_address(link.address):
        return False
    return any(read_address(link.address).host in hosts for hosts, _ in PLATFORMS)


def media(document: Document) -> str:
    """`json`; `text` for what old and careless servers call JSON; `other` for what never counts.

    A picture or a download is what a stranger may put on the issuer's host.
    """
    name = (document.content_type or "").partition(";")[0].strip().lower()
    if name in ("application/json", "text/json") or name.endswith("+json"):
        return "json"
    return "text" if name in ("", "text/plain", "text/html") else "other"


def final_address(document: Document) -> str:
    """The address that gave the answer, after redirects."""
    return document.final_url or document.url


def _assertion(given: JsonObject, url: str | None, documents: Documents) -> Link:
    version = version_of(given)
    claimed = own_address(given, version)
    fetched = None if url is None else _fetched(url, documents)
    if fetched is not None:
        here = _read(fetched, fetched.url)
        if here.state is State.SERVED:
            here = replace(here, body=given)
        if claimed is None or _is_its(claimed, fetched):
            return replace(here, address=claimed or final_address(fetched), body=given)
    if claimed is None or not is_address(claimed):
        return Link(State.ABSENT, given)
    link = _served(claimed, documents, lambda body: own_address(body, version_of(body)))
    if fetched is not None and _says_no(link):
        return Link(State.ELSEWHERE, given, claimed, link.document, fetched.url)
    if fetched is not None and link.state is not State.PENDING:
        link = replace(link, moved_from=fetched.url)
    return _with_body(link, given)


def _named(reference: object, documents: Documents, claims: Claims) -> Link:
    """A badge class or an issuer, by its address or as it stands in the object that names it."""
    values = present(reference)
    value = values[0] if len(values) == 1 else None
    if isinstance(value, dict):
        own = value.get("id")
        if not is_address(own):
            return Link(State.EMBEDDED, value)
        return _with_body(_served(str(own), documents, claims), value)
    if isinstance(value, str) and is_address(value):
        return _served(value, documents, claims)
    return Link(State.ABSENT, {})


def _served(address: str, documents: Documents, claims: Claims) -> Link:
    """What `address` gives out, asked once more at the id that the document itself claims."""
    link = _look_up(address, documents)
    claimed = claims(link.body) if link.state in (State.SERVED, State.GONE) else None
    if claimed is None or not is_address(claimed) or link.document is None:
        return link
    if _is_its(claimed, link.document):
        return replace(link, address=claimed)
    second = replace(_look_up(claimed, documents), moved_from=address)
    if second.state is not State.SERVED or second.document is None:
        return replace(second, state=State.ELSEWHERE) if _says_no(second) else second
    confirmed = claims(second.body)
    if confirmed is None or not is_address(confirmed) or not _is_its(confirmed, second.document):
        return replace(second, state=State.ELSEWHERE)
    return second


def _look_up(address: str, documents: Documents) -> Link:
    document = documents.get(Request(address))
    if document is None:
        return Link(State.PENDING, {}, address)
    return _read(document, address)


def _read(document: Document, address: str) -> Link:
    """An answer as one object of the chain, whatever address it may belong to."""
    gone = document.error is None and document.status == 410
    if not gone and (not document.answered or media(document) == "other"):
        return Link(State.UNREACHABLE, {}, address, document)
    try:
        body = read_object(document.content)
    except Malformed as error:
        if gone:
            return Link(State.GONE, {}, address, document)
        # A page under JSON's name is what a host shows while it is being mended, not what it says.
        page = document.content.lstrip()[:1] == b"<"
        broken = media(document) == "json" and error.reason != "json.size" and not page
        return Link(State.BROKEN if broken else State.UNREACHABLE, {}, address, document)
    return Link(State.GONE if gone else State.SERVED, body, address, document)


def _fetched(url: str, documents: Documents) -> Document | None:
    """The answer from which a credential at `url` was read; perhaps asked for elsewhere."""
    answers = [documents[Request(url)]] if Request(url) in documents else list(documents.values())
    return next((answer for answer in answers if final_address(answer) == url), None)


def _is_its(claimed: str, document: Document) -> bool:
    """Whether `claimed` is the address that was asked or the one that answered."""
    try:
        own = read_address(claimed)
        asked = (read_address(document.url), read_address(final_address(document)))
    except Malformed:
        return False
    return any(same_document(own, address) for address in asked)


def _says_no(link: Link) -> bool:
    """Whether an address is known not to give the document out; an outage says nothing.

    In a folder of saved documents a failed look-up stands as a failure, so that an address which is
    not listed at all never gave anything out.
    """
    if link.state in (State.BROKEN, State.ELSEWHERE):
        return True
    if link.state is not State.UNREACHABLE or link.document is None:
        return False
    if link.document.error is not None:
        return link.document.error == "unlisted"
    return link.document.status == 404


def _with_body(link: Link, body: JsonObject) -> Link:
    """`link`, showing `body` where its own address showed nothing."""
    return link if link.state is State.SERVED else replace(link, body=link.body or body)


def _id(body: JsonObject) -> str | None:
    found = body.get("id")
    return found if isinstance(found, str) else None


def _no_id(body: JsonObject) -> None:
    """In 1.1 the link alone identifies a badge class or an issuer; `id` came to count with 2.0."""
