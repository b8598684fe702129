"""Issuer lists: who is trusted, refused, or a platform (contract, section 2, "An issuer list")."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from verifier.errors import Malformed
from verifier.json_gate import read_object
from verifier.model import JsonObject
from verifier.ports import ListedIssuer, TrustRegistry

POLICIES = ("trust", "deny", "platform")
_LIST_LIMIT = 4 * 1024 * 1024


@dataclass(frozen=True)
class IssuerList:
    """One list as read; `readable` is `False` for a list that stands in for one that could not be
    read.
    """

    name: str
    issuers: tuple[ListedIssuer, ...] = ()
    as_of: str | None = None
    readable: bool = True


def read_list(content: bytes) -> IssuerList:
    """Read an issuer list. Raises `Malformed` (`trust.…`, or a reason of the JSON gate) naming what
    is wrong.
    """
    document = read_object(content, limit=_LIST_LIMIT)
    entries = document.get("issuers")
    if not isinstance(entries, list):
        raise Malformed("trust.issuers", "An issuer list needs a member “issuers” that is a list.")
    as_of = document.get("as_of")
    return IssuerList(
        name=_text(document, "name"),
        issuers=tuple(_issuer(entry) for entry in entries),
        as_of=as_of if isinstance(as_of, str) else None,
    )


def unread(name: str) -> IssuerList:
    """The stand-in for a list that could not be read: from it nothing follows about anyone."""
    return IssuerList(name=name, readable=False)


@cache
def shipped() -> tuple[TrustRegistry, ...]:
    """The lists that come with Touchstone."""
    folder = files("verifier.trust")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".json"))
    return tuple(read_list((folder / name).read_bytes()) for name in names)


def _issuer(entry: object) -> ListedIssuer:
    if not isinstance(entry, dict):
        raise Malformed("trust.issuers", "Every entry of “issuers” must be an object.")
    policy = entry.get("policy", "trust")
    if policy not in POLICIES:
        raise Malformed(
            "trust.policy", f"“{str(policy)[:40]}” is not a policy: {', '.join(POLICIES)}."
        )
    note = entry.get("note")
    return ListedIssuer(
        id=_text(entry, "id"),
        name=_text(entry, "name"),
        policy=policy,
        also=_texts(entry, "also"),
        domains=tuple(domain.lower() for domain in _texts(entry, "domains")),
        called=_texts(entry, "called"),
        note=note if isinstance(note, str) else None,
    )


def _text(document: JsonObject, member: str) -> str:
    value = document.get(member)
    if not isinstance(value, str) or not value:
        raise Malformed(f"trust.{member}", f"An issuer list needs a text for “{member}”.")
    return value


def _texts(document: JsonObject, member: str) -> tuple[str, ...]:
    value = document.get(member, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise Malformed(f"trust.{member}", f"“{member}” must be a list of texts.")
    return tuple(value)
