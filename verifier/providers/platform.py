"""What a platform file offers: its addresses, told by examples, and how what they answer is read.

A platform is one file with one `Provider`; the list of them is in `verifier.providers`. An address
is read by the first `Shape` that fits it whole: exact hosts, default ports, no user name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import parse_qs

from msgspec import Struct, field

from verifier.addresses import Address
from verifier.errors import Malformed
from verifier.json_gate import LIMIT_IN_ALL, read_object
from verifier.model import (
    ACCEPT,
    Credential,
    Document,
    Documents,
    JsonObject,
    Payload,
    Problem,
    Proof,
    Request,
)
from verifier.providers.pages import Page, page_of

#: Asked of an address that gives a page to people; some answer JSON's Accept header with an error.
PAGE = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"
UUID = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"

#: The contract's words for what an address leads to (section 5).
KINDS = frozenset(
    (
        *("award", "profile", "picture", "template", "organization", "file"),
        *("wrapper", "short_link", "private"),
    )
)


class Match(Struct, frozen=True):
    """An address that belongs to a platform.

    `kind` is one of the contract's nine words (section 5), `id` the platform's own identifier,
    `canonical` the one spelling of the address, without anything that tells of a reader or a
    holder. `parts` are the named parts of the address by which it was recognised.
    """

    provider: str
    kind: str
    id: str
    canonical: str
    parts: Mapping[str, str] = field(default_factory=dict)


#: Names the look-ups an address needs, as far as the documents already tell.
Asks = Callable[[Match, Documents], Iterable[Request]]
#: Reads the platform's own answers, a `Payload` where a whole credential stands in one; `None`
#: where they don't say what they should. Raises `NoCredential`: `not_an_award` with what was found.
Reads = Callable[[Match, Documents], Credential | Payload | None]
#: Reads a page, fetched or seen in the reader's tab; `None` where it doesn't say what it should.
Sees = Callable[[Match, Page], Credential | None]


class Shape(Struct, frozen=True):
    """One form of a platform's addresses, and how what is there is read.

    `hosts` are exact, `*` stands for one label and `**` alone for any host; `path` is the whole
    path as a regular expression, a slash at its end aside, and `query` tells of each parameter it
    needs what its whole value is. The named groups and parameters, `host` and `scheme` fill the
    `{…}` of `canonical`, `id` and `asks`; those in `lower` and `upper` are written so.

    What is there: with `reads`, answers of the platform's own kind; with `sees`, a page; with
    neither, a credential or a picture with one in it. Without `asks` nothing is fetched, and `says`
    tells why and what the reader can do instead; `missing` is what to say of a 404. `award` is the
    report's word for the thing.
    """

    kind: str
    hosts: tuple[str, ...]
    path: str
    canonical: str
    id: str = "{id}"
    query: Mapping[str, str] = field(default_factory=dict)
    lower: tuple[str, ...] = ()
    upper: tuple[str, ...] = ()
    asks: str | Asks | None = None
    accept: str = ACCEPT
    reads: Reads | None = None
    sees: Sees | None = None
    says: str | None = None
    missing: str | None = None
    award: str = "badge"

    def match(self, provider: str, address: Address) -> Match | None:
        """`address` as this shape reads it, `None` where it doesn't fit."""
        if address.port != (443 if address.scheme == "https" else 80):
            return None
        found = re.fullmatch(f"(?:{self.path})/?", address.path, re.ASCII)
        if found is None or _hosts(self.hosts).fullmatch(address.host) is None:
            return None
        parts = {name: text for name, text in found.groupdict().items() if text is not None}
        given = parse_qs(address.query or "")
        for name, pattern in self.query.items():
            values = given.get(name, [])
            if len(values) != 1 or re.fullmatch(pattern, values[0], re.ASCII) is None:
                return None
            parts[name] = values[0]
        parts |= {name: parts[name].lower() for name in self.lower if name in parts}
        parts |= {name: parts[name].upper() for name in self.upper if name in parts}
        parts |= {"scheme": address.scheme, "host": address.netloc}
        canonical = self.canonical.format_map(parts)
        return Match(provider, self.kind, self.id.format_map(parts), canonical, parts)

    def requests(self, match: Match, documents: Documents) -> Iterable[Request]:
        """The look-ups that `match` needs."""
        if self.asks is None:
            return ()
        if callable(self.asks):
            return self.asks(match, documents)
        parts = {**match.parts, "canonical": match.canonical}
        return (Request(self.asks.format_map(parts), self.accept),)


@cache
def _hosts(hosts: tuple[str, ...]) -> re.Pattern[str]:
    if hosts == ("**",):
        return re.compile(r".+")
    return re.compile(
        "|".join(
            re.escape(host).replace(r"\*", "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?") for host in hosts
        )
    )


class Example(Struct, frozen=True):
    """An address of the platform, and what it must be found to be.

    `canonical` is `None` where it is the address itself.
    """

    url: str
    kind: str
    id: str
    canonical: str | None = None


class Evidence(Struct, frozen=True):
    """One line of the README's table: what may be handed in, and what that can prove at best.

    `assurance` is the contract's word.
    """

    what: str
    assurance: str
    says: str


class Provider(Struct, frozen=True):
    """One platform.

    `strangers` are addresses that look like its own and belong to nobody. `issuers` are the hosts
    on which the ids of those who issue through it live. For a credential issued through it, however
    it came, `wants` names what else is looked up, as far as the documents tell; `completes` adds
    what that and the platform's habits tell, and `twin` is the address of a hosted copy of the same
    award to fall back on, where the signature of the one at hand can't be checked; `is_twin` says
    whether it is one.

    `closed` are hosts whose terms or robots file let no program in: nothing there is fetched but
    what a shape asks for. `white_label` tells of a page on another host that is the platform's the
    award at home, which is read as its canonical address is; `None` of any other page.

    `prints` reads the lines of a certificate on paper, `None` where it is no such thing.

    `names` gives one name to what several of its addresses lead to; without it each canonical
    address is a thing of its own.
    """

    name: str
    title: str
    shapes: tuple[Shape, ...]
    examples: tuple[Example, ...]
    evidence: tuple[Evidence, ...]
    strangers: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    issuers: frozenset[str] = frozenset()
    wants: Callable[[Credential, Documents], Iterable[Request]] = lambda credential, _: ()
    completes: Callable[[Credential, Documents], Credential] = lambda credential, _: credential
    twin: Callable[[Credential], str | None] = lambda _: None
    is_twin: Callable[[Credential, Credential], bool] = lambda one, other: False
    prints: Callable[[Sequence[str]], Credential | None] = lambda _: None
    white_label: Callable[[Page], Match | None] = lambda _: None
    names: Callable[[Match], str] = lambda match: match.canonical

    def match(self, address: Address) -> tuple[Match, Shape] | None:
        """`address` as the first of the shapes that fits reads it."""
        for shape in self.shapes:
            found = shape.match(self.name, address)
            if found is not None:
                return found, shape
        return None

    def keeps_out(self, address: Address) -> bool:
        """Whether its terms keep programs from `address`."""
        return bool(self.closed) and _hosts(self.closed).fullmatch(address.host) is not None


def shown(match: Match, where: Page | Document, **members: Any) -> Credential:  # noqa: ANN401
    """The award that a platform shows in a page, or in an answer of its own kind.

    `members` are those of `Credential`, whose `id` is the canonical address unless told otherwise.
    It proves that whoever runs that host says so, no more.
    """
    page = where if isinstance(where, Page) else page_of(where)
    return Credential(
        **{
            "standard": "page",
            "container": "html" if page.seen else "url",
            "content": b"",
            "document": {},
            "provider": match.provider,
            "url": page.address,
            "id": match.canonical,
            "proofs": (Proof("page", match.provider, options={"seen": page.seen}),),
            **members,
        }
    )


def unread(match: Match, problem: Problem, award: str = "badge") -> Credential:
    """An award of which nothing could be read: there is something to report on, and no more.

    A private award and one that never was look alike from outside, so neither is called false.
    """
    return Credential(
        standard="page",
        container="url",
        content=b"",
        document={},
        kind=award,
        provider=match.provider,
        id=match.canonical,
        url=match.canonical,
        problems=(problem,),
    )


def printed(match: Match, **members: Any) -> Credential:  # noqa: ANN401
    """The award that a certificate on paper names: anybody can draw one, so it proves nothing."""
    says = (
        "Anybody can print such a certificate, so it proves nothing. If it is real, it can be seen "
        f"at {match.canonical}."
    )
    return Credential(
        **{
            "standard": "page",
            "container": "pdf",
            "content": b"",
            "document": {},
            "provider": match.provider,
            "id": match.canonical,
            "url": match.canonical,
            "problems": (Problem("page_only", "paper", says),),
            **members,
        }
    )


def answer_of(documents: Documents, address: str) -> Document | None:
    """What `address` answered, however it was asked for."""
    return next((one for request, one in documents.items() if request.url == address), None)


def object_of(documents: Documents, address: str) -> JsonObject | None:
    """The JSON object that `address` answered, `None` where it answered no such thing."""
    document = answer_of(documents, address)
    if document is None:
        return None
    try:
        return read_object(document.content, limit=LIMIT_IN_ALL)
    except Malformed:
        return None
