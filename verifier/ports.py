"""What the host lends the verifier: the web, workers, the moment, the person asked about, and
trust.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol, TypeVar

from msgspec import Struct, field

from verifier.model import Claim, Document, Request

T = TypeVar("T")


class Fetcher(Protocol):
    """The only door to the web."""

    async def fetch(self, request: Request) -> Document:
        """Answer `request`. Never raises for what the web does: a failure is a `Document` with
        `error` set.
        """
        ...


class Workers(Protocol):
    """Runs one pure function under limits of time and memory, where it can be stopped without harm
    to others.
    """

    async def run(self, function: Callable[..., T], *arguments: object) -> T:
        """The result of `function(*arguments)`. Raises `TooCostly` when a limit is reached."""
        ...


class Scope(Struct, frozen=True):
    """What alone a list or an entry speaks about: `says` in words ("nursing"), `words` what a badge
    must say of itself, any one of them: phrases, or addresses of skills and alignments.
    """

    says: str
    words: tuple[str, ...]


class ListedIssuer(Struct, frozen=True):
    """What an issuer list says of one issuer; `policy` is `trust`, `deny`, `platform` or `known`
    (the list has heard of it and vouches for nothing), `called` are other names that it is known
    by. A `scope` narrows that of the list.
    """

    id: str
    name: str
    policy: str = "trust"
    also: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    note: str | None = None
    scope: Scope | None = None
    #: Of a platform: whether it checks who issues through it. An open one says nothing of anybody.
    checks: bool = True


class TrustRegistry(Protocol):
    """A list of issuers that the reader trusts or refuses. One that has changed is another."""

    @property
    def name(self) -> str:
        """What the list calls itself."""
        ...

    @property
    def readable(self) -> bool:
        """`False` where the list could not be read: then nothing may be concluded from an issuer's
        absence.
        """
        ...

    @property
    def issuers(self) -> tuple[ListedIssuer, ...]:
        """Everybody on the list."""
        ...

    @property
    def as_of(self) -> str | None:
        """The list's own date, as it writes it."""
        ...

    @property
    def scope(self) -> Scope | None:
        """What alone the list vouches about; its denials are not narrowed by it."""
        ...

    @property
    def content(self) -> bytes:
        """The bytes it was read from; none of a list that could not be read."""
        ...

    @property
    def published(self) -> bool:
        """Whether anybody may read all that is in it; else it may hold what is its reader's own."""
        ...


class Sighting(Struct, frozen=True):
    """When a key (`kind` is `key`) or a domain (`domain`) of an issuer was first met.

    `value` is the SHA-256 of the public key, or the domain; `method` the key's verificationMethod.
    """

    kind: str
    value: str
    first_seen: datetime
    method: str | None = None


#: What was met before, by issuer (as `verifier.trust.sightings` names them).
Sightings = Mapping[str, tuple[Sighting, ...]]


class Person(Struct, frozen=True):
    """Whom the badge should be about.

    `exact` means the reader stated this person; otherwise the identifiers were merely seen on a
    page, and one that does not fit proves nothing. `guesses` are what may be their name or no
    name at all, such as a CV's first line: one that does not fit makes nobody a stranger.
    """

    names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    dids: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    telephones: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    guesses: tuple[str, ...] = ()
    exact: bool = False
    #: Identifiers of any other kind, as `kind=identifier` or without their kind.
    ids: tuple[str, ...] = ()
    #: Addresses of the pages that show this person: such a page may be theirs, and if a badge names
    #: another, nothing follows.
    pages: tuple[str, ...] = ()


class Circumstances(Struct, frozen=True):
    """Everything a verdict depends on besides the credential and the documents.

    `presenter` is the DID or address that the holder of the presentation around this credential
    proved to be theirs; `endorsed` the id of what this credential was found on as an endorsement.
    `sightings` is what was met of issuers before. `unnamed` means that a paper holds it out as
    somebody's without naming them.
    """

    now: datetime
    person: Person | None = None
    claims: tuple[Claim, ...] = ()
    challenge: str | None = None
    domain: str | None = None
    trust: tuple[TrustRegistry, ...] = field(default_factory=tuple)
    presenter: str | None = None
    endorsed: str | None = None
    unnamed: bool = False
    sightings: Sightings = field(default_factory=dict)
