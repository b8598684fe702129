"""Issuer lists: who is trusted, refused, or a platform (contract, section 2, "An issuer list")."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from verifier.errors import Malformed
from verifier.json_gate import read_object
from verifier.model import JsonObject
from verifier.ports import ListedIssuer, Scope

POLICIES = ("trust", "deny", "platform", "known")
_LIST_LIMIT = 4 * 1024 * 1024
#: Entries of a list, texts of one member of an entry, and characters of a text.
_ENTRIES, _TEXTS, _LENGTH = 20_000, 500, 2000


class IssuerList(Struct, frozen=True):
    """One list as read; `readable` is `False` for a list that stands in for one that could not be
    read. `source` says where its facts come from, `content` are the bytes it was read from,
    and `published` means that these are there for anybody to read.
    """

    name: str
    issuers: tuple[ListedIssuer, ...] = ()
    as_of: str | None = None
    readable: bool = True
    scope: Scope | None = None
    source: str | None = None
    content: bytes = b""
    published: bool = False

    @property
    def vouches(self) -> bool:
        """Whether it vouches for anybody; some only name issuers, or refuse them."""
        return any(issuer.policy == "trust" for issuer in self.issuers)


def read_list(content: bytes) -> IssuerList:
    """Read an issuer list. Raises `Malformed` (`trust.…`, or a reason of the JSON gate) naming what
    is wrong.
    """
    document = read_object(content, limit=_LIST_LIMIT)
    entries = document.get("issuers")
    if not isinstance(entries, list):
        raise Malformed("trust.issuers", "An issuer list needs a member “issuers” that is a list.")
    if len(entries) > _ENTRIES:
        raise Malformed("trust.issuers", f"An issuer list has at most {_ENTRIES} entries.")
    return IssuerList(
        name=_text(document, "name"),
        issuers=tuple(_issuer(entry) for entry in entries),
        as_of=_optional(document, "as_of"),
        scope=_scope(document),
        source=_optional(document, "source"),
        content=content,
    )


def unread(name: str) -> IssuerList:
    """The stand-in for a list that could not be read: from it nothing follows about anyone."""
    return IssuerList(name=name, readable=False)


#: The lists that come with Touchstone, in the order in which they are asked.
SHIPPED = ("shipped.json", "dcc-community.json", "dcc-sandbox.json")


@cache
def shipped() -> tuple[IssuerList, ...]:
    """The lists that come with Touchstone."""
    folder = Path(__file__).parent
    lists = (read_list((folder / name).read_bytes()) for name in SHIPPED)
    return tuple(replace(one, published=True) for one in lists)


def _issuer(entry: object) -> ListedIssuer:
    if not isinstance(entry, dict):
        raise Malformed("trust.issuers", "Every entry of “issuers” must be an object.")
    policy = entry.get("policy", "trust")
    if policy not in POLICIES:
        raise Malformed(
            "trust.policy", f"“{str(policy)[:40]}” is not a policy: {', '.join(POLICIES)}."
        )
    return ListedIssuer(
        id=_text(entry, "id"),
        name=_text(entry, "name"),
        policy=policy,
        also=_texts(entry, "also"),
        domains=tuple(map(_host, _texts(entry, "domains"))),
        called=_texts(entry, "called"),
        note=_optional(entry, "note"),
        scope=_scope(entry),
        checks=entry.get("checks") is not False,
    )


def _scope(document: JsonObject) -> Scope | None:
    if document.get("scope") is None:
        return None
    from verifier.trust.scope import read_scope  # here: few lists have one

    return read_scope(document["scope"])


def _host(domain: str) -> str:
    """As hosts stand in addresses: international ones as `xn--`, no dot at the end."""
    plain = domain.strip().lower().rstrip(".")
    if plain.isascii():
        return plain
    import idna  # here: most domains are in ASCII

    try:
        return idna.encode(plain, uts46=True).decode()
    except idna.IDNAError:
        return plain


def _text(document: JsonObject, member: str) -> str:
    value = document.get(member)
    if not isinstance(value, str) or not value:
        raise Malformed(
            f"trust.{member}", f"“{member}” of an issuer list must be a text that is not empty."
        )
    if len(value) > _LENGTH:
        raise Malformed(f"trust.{member}", f"“{member}” is longer than {_LENGTH} characters.")
    return value


def _optional(document: JsonObject, member: str) -> str | None:
    return None if document.get(member) in (None, "") else _text(document, member)


def _texts(document: JsonObject, member: str) -> tuple[str, ...]:
    value = document.get(member, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise Malformed(f"trust.{member}", f"“{member}” must be a list of texts.")
    if len(value) > _TEXTS or any(len(item) > _LENGTH for item in value):
        raise Malformed(f"trust.{member}", f"“{member}” holds more than any issuer has.")
    return tuple(value)
