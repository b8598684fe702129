"""Challenges as they are made: for which domain, and where they are answered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from msgspec import Struct

from verifier.errors import Malformed
from wallet_server.presenting import requests
from wallet_server.store import challenges
from wallet_server.store.challenges import Challenge
from wallet_server.store.database import Database
from wallet_server.verification import now

#: How long one may stand open, in days, and how long it does unless told otherwise.
LONGEST, USUAL = 90, 7
_TEXTS = {"reason": 600, "name": 200, "email": 200}


class Made(Struct, frozen=True):
    """A challenge, the request that asks it, and the link with both in it; there is none where the
    domain is not this server's. The link is known this once.
    """

    challenge: Challenge
    request: dict[str, Any]
    link: str | None


def make(
    database: Database, origin: str | None, domain: str, asks: dict[str, str], days: int
) -> Made:
    """A new challenge that counts for `domain`, or else for the host of `origin`, where this server
    is reached. Raises `Malformed`.
    """
    domain = (domain or (origin or "").partition("://")[2]).strip().lower().rstrip("/")
    if not requests.DOMAIN.fullmatch(domain):
        says = "Give the domain under which the holder knows you, such as careers.example."
        raise Malformed("challenge.domain", says)
    if not 1 <= days <= LONGEST:
        raise Malformed("challenge.days", f"A challenge stands open for 1 to {LONGEST} days.")
    told = {name: " ".join(asks.get(name, "").split()) for name in _TEXTS}
    for name, most in _TEXTS.items():
        if len(told[name]) > most:
            raise Malformed(f"challenge.{name}", f"At most {most} characters of “{name}”, please.")
    secret, made = challenges.make(database, domain, told, timedelta(days=days), now())
    address = f"{origin}/ask/{secret}"
    link = address if origin is not None and requests.is_of(origin, domain) else None
    request = request_of(made, link)
    return Made(made, request, None if link is None else requests.linked(link, request))


def request_of(challenge: Challenge, link: str | None = None) -> dict[str, Any]:
    """The request that asks a challenge; with `link` it says where its answer may be brought."""
    return requests.written(challenge.challenge, challenge.domain, challenge.reason, link)
