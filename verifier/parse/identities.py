"""What the standards call the kinds of identifiers of people, read into the words of the model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from verifier.model import Identity, JsonObject, objects, text_or_none

#: Open Badges 2.0 names a property of a profile, 3.0 an `identityType`; issuers add their own
#: behind `ext:`, or write the property as an IRI.
_KINDS = {
    **dict.fromkeys(("email", "emailaddress", "mail"), "email"),
    **dict.fromkeys(("url", "website", "homepage"), "url"),
    **dict.fromkeys(
        ("telephone", "telephonenumber", "phone", "phonenumber", "mobile"), "telephone"
    ),
    "did": "did",
    "name": "name",
}
_SCHEMES = {"did": "did", "mailto": "email", "tel": "telephone", "http": "url", "https": "url"}
_SIGNS = re.compile(r"[-_\s]")


def identity(kind: str, value: str, *, hashed: bool = False, salt: str | None = None) -> Identity:
    """The identifier of the kind that is written so; a plain `id` is what its own scheme says."""
    known = _KINDS.get(kind.casefold())  # as most write it
    if known is None:
        bare = _SIGNS.sub("", re.split(r"[/:#]", kind)[-1]).casefold()
        if bare == "id" and not hashed:
            return of_uri(value)
        known = _KINDS.get(bare, kind)
    return Identity(known, value, hashed, salt)


def of_uri(text: str) -> Identity:
    """The identifier in a URI: what `mailto:` and `tel:` lead to, or the URI itself."""
    scheme, _, rest = text.partition(":")
    kind = _SCHEMES.get(scheme) or _SCHEMES.get(scheme.strip().lower(), "id")
    if kind in ("email", "telephone"):
        return Identity(kind, unquote(rest.partition("?")[0]))
    return Identity(kind, text)


def identity_objects(values: object) -> Iterator[Identity]:
    """Open Badges 3.0, "IdentityObject": `identityHash` is plain where it is not `hashed`."""
    for entry in objects(values):
        kind, value = entry.get("identityType"), entry.get("identityHash")
        if isinstance(kind, str) and isinstance(value, str):
            salt = text_or_none(entry.get("salt"))
            yield identity(kind, value, hashed=entry.get("hashed") is True, salt=salt)


def identifier_entries(values: object) -> Iterator[Identity]:
    """Open Badges 3.0, "IdentifierEntry": always plain."""
    for entry in objects(values):
        kind, value = entry.get("identifierType"), entry.get("identifier")
        if isinstance(kind, str) and isinstance(value, str):
            yield identity(kind, value)


def legal_identifiers(values: object, kind: str) -> Iterator[Identity]:
    """European Learning Model, "Identifier" and "LegalIdentifier": its `notation`."""
    for entry in objects(values):
        value = text_or_none(entry.get("notation"))
        if value is not None:
            yield identity(text_or_none(entry.get("schemeName")) or kind, value)


def contact_points(values: object) -> Iterator[Identity]:
    """European Learning Model, "ContactPoint": its mailboxes and telephones."""
    for point in objects(values):
        for mailbox in objects(point.get("emailAddress")):
            address = text_or_none(mailbox.get("id"))
            if address is not None:
                yield of_uri(address)
        for phone in objects(point.get("phone")):
            number = text_or_none(phone.get("phoneNumber"))
            if number is not None:
                yield Identity("telephone", number)


def plain_members(subject: JsonObject, members: Iterable[str]) -> Iterator[Identity]:
    """Members that hold an identifier as text."""
    for member in members:
        value = text_or_none(subject[member]) if member in subject else None
        if value is not None:
            yield identity(member, value)
