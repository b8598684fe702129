"""What the host lends the verifier: the web, workers, the moment, the person asked about, and
trust.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

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


@dataclass(frozen=True)
class ListedIssuer:
    """What an issuer list says of one issuer; `policy` is `trust`, `deny` or `platform`, `called`
    are other names that it is known by.
    """

    id: str
    name: str
    policy: str = "trust"
    also: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    note: str | None = None


class TrustRegistry(Protocol):
    """A list of issuers that the reader trusts or refuses."""

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


@dataclass(frozen=True)
class Person:
    """Whom the badge should be about.

    `exact` means the reader stated this person; otherwise the identifiers were merely seen on a
    page, and one that does not fit proves nothing.
    """

    names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    dids: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    telephones: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    exact: bool = False
    #: Identifiers of any other kind, as `kind=identifier` or without their kind.
    ids: tuple[str, ...] = ()
    #: Addresses of the pages that show this person: such a page may be theirs, and if a badge names
    #: another, nothing follows.
    pages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Circumstances:
    """Everything a verdict depends on besides the credential and the documents.

    `presenter` is the DID or address that the holder of the presentation around this credential
    proved to be theirs; `endorsed` the id of what this credential was found on as an endorsement.
    """

    now: datetime
    person: Person | None = None
    claims: tuple[Claim, ...] = ()
    challenge: str | None = None
    domain: str | None = None
    trust: tuple[TrustRegistry, ...] = field(default_factory=tuple)
    presenter: str | None = None
    endorsed: str | None = None
