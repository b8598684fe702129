"""An issuer's id → the document that lists its keys: did:key and did:jwk hold their own, did:web
and https ids have one in the web.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from verifier.addresses import is_address, read_address
from verifier.encodings import read_base64url
from verifier.errors import Malformed
from verifier.json_gate import read_object
from verifier.keys.jwk import thumbprint
from verifier.model import Documents, JsonObject, Request, as_list

#: Verification methods looked at in one document.
LIMIT = 500
#: Ids that are no longer are remembered, and so are documents.
_SHORT, _SHORT_DOCUMENT = 200, 4096
#: The longest DID that holds its own key; the name of a key that lives under it is no longer.
SELF_CONTAINED = 2000

_DID = re.compile(r"did:([a-z0-9]+):((?:[A-Za-z0-9._:-]|%[0-9A-Fa-f]{2})+)")
_DOMAIN = r"([A-Za-z0-9.-]+)(?:%3[Aa]([0-9]{1,5}))?"
#: What an escape may not stand for within a path: separators, dots, NUL.
_HIDDEN = r"%(?:2[EeFf]|5[Cc]|00)"


class Controller(Struct, frozen=True):
    """What is known of the keys that speak for `id`.

    `state` is `read` (its document is here), `unread` (it did not answer, or with something else),
    `none` (the id has no document that lists keys) or `unsupported` (a DID method we can't read).
    `shared` are names that several keys of a key set have: they name none of them.
    """

    id: str
    state: str
    document: JsonObject
    reason: str = ""
    shared: frozenset[str] = frozenset()

    def listed(self, method: str, purpose: str = "assertionMethod") -> JsonObject | str | None:
        """`method` as the relationship `purpose` lists it: the key itself, its name where the key
        is elsewhere, or `None`.
        """
        for item in as_list(self.document.get(purpose))[:LIMIT]:
            if isinstance(item, str) and self._absolute(item) == method:
                return self.held(method) or method
            if isinstance(item, Mapping) and self._absolute(item.get("id")) == method:
                return item
        return None

    def held(self, method: str) -> JsonObject | None:
        """`method` wherever the document has it, whatever for."""
        if self.document.get("id") == method:
            return self.document
        for item in self._methods():
            if self._absolute(item.get("id")) == method:
                return item
        return None

    def names(self, purpose: str) -> list[str]:
        """The names of the verification methods that the relationship `purpose` lists."""
        items = as_list(self.document.get(purpose))[:LIMIT]
        found = [self._absolute(i.get("id") if isinstance(i, Mapping) else i) for i in items]
        return [name for name in found if name is not None]

    def methods(self) -> list[tuple[str, JsonObject]]:
        """Every verification method with its name, whatever for; equal copies are one."""
        found: list[tuple[str, JsonObject]] = []
        for item in self._methods():
            named = (self._absolute(item.get("id")) or "", item)
            if named not in found:
                found.append(named)
        return found

    def _methods(self) -> Iterator[JsonObject]:
        for member in ("verificationMethod", "publicKey", *_RELATIONSHIPS):
            for item in as_list(self.document.get(member))[:LIMIT]:
                if isinstance(item, Mapping):
                    yield item

    def _absolute(self, name: object) -> str | None:
        """A key's id; within its document it may be written as a fragment alone (DID Core, section
        3.2.2).
        """
        if not isinstance(name, str):
            return None
        return f"{self.id}{name}" if name.startswith("#") else name


_RELATIONSHIPS = (
    *(
        "assertionMethod",
        "authentication",
        "capabilityInvocation",
        "capabilityDelegation",
        "keyAgreement",
    ),
)


def address_of(identifier: str) -> str | None:
    """Where the document of `identifier` is fetched, `None` where there is nothing to fetch.

    Raises `Malformed` (`did.syntax`) for a DID that breaks the grammar of its method.
    """
    return (_kept_address if len(identifier) <= _SHORT else _address)(identifier)


def _address(identifier: str) -> str | None:
    if identifier.startswith("did:"):
        method, specific = read_did(identifier)
        return _web_address(specific) if method == "web" else None
    if identifier.startswith("https:") and is_address(identifier):
        return identifier.partition("#")[0]
    return None


#: Those that were met last: an issuer is asked for more than once a badge.
_kept_address = lru_cache(maxsize=1024)(_address)


def read_did(identifier: str) -> tuple[str, str]:
    """A DID as its method and method-specific id (DID Core, section 3.1). Raises `Malformed`
    (`did.syntax`).
    """
    match = _DID.fullmatch(identifier)
    longest = SELF_CONTAINED if match and match[1] in ("key", "jwk") else 1000
    if match is None or len(identifier) > longest:
        raise Malformed("did.syntax", f"“{identifier[:60]}” is not a DID.")
    return match[1], match[2]


def _web_address(specific: str) -> str:
    """did:web, "Read": the domain, its port as `%3A`, and a path joined by colons."""
    domain, *path = specific.split(":")
    match = re.fullmatch(_DOMAIN, domain)
    if match is None or any(
        not part or set(part) == {"."} or re.search(_HIDDEN, part) for part in path
    ):
        raise Malformed(
            "did.syntax", f"“did:web:{specific[:60]}” does not name a domain and a path."
        )
    port = f":{match[2]}" if match[2] else ""
    place = "/".join(path) if path else ".well-known"
    try:
        address = read_address(f"https://{match[1].lower()}{port}/{place}/did.json")
    except Malformed as error:
        raise Malformed(
            "did.syntax", f"“did:web:{specific[:60]}” does not name a domain and a path."
        ) from error
    if address.host.rpartition(".")[2].isdigit():
        raise Malformed("did.syntax", "A did:web must name a domain, not an IP address.")
    return address.url


def needs(identifier: str | None) -> tuple[Request, ...]:
    """The document of `identifier`, if it has one in the web."""
    if identifier is None or identifier.startswith(("did:key:", "did:jwk:")):
        return ()
    try:
        address = address_of(identifier)
    except Malformed:
        return ()
    return () if address is None else (Request(address),)


def read_controller(identifier: str, documents: Documents) -> Controller:
    """What `documents` tell of the keys of `identifier`. Raises `Malformed` (`did.syntax`)."""
    if identifier.startswith("did:key:"):
        return _of_key(identifier)
    if identifier.startswith("did:"):
        method, specific = read_did(identifier)
        if method == "jwk":
            return _of_jwk(identifier, specific)
        if method != "web":
            return Controller(identifier, "unsupported", {}, f"did:{method}")
    address = address_of(identifier)
    if address is None:
        return Controller(identifier, "none", {})
    document = documents.get(Request(address))
    if document is None or not document.answered:
        why = "unasked" if document is None else document.error or str(document.status)
        return Controller(identifier, "unread", {}, why)
    is_did = identifier.startswith("did:")
    end = document.final_url or address
    if end != address and read_address(end).host != read_address(address).host:
        # Whoever can make a host redirect does not thereby speak for it.
        return Controller(identifier, "unread", {}, "redirect")
    media_type = (document.content_type or "").partition(";")[0].strip().lower()
    if not is_did and media_type != "application/json" and not media_type.endswith("+json"):
        # Text and pictures are what strangers may put on somebody's host.
        return Controller(identifier, "unread", {}, "content_type")
    short = len(identifier) <= _SHORT and len(document.content) <= _SHORT_DOCUMENT
    return (_kept_told if short else _told)(identifier, document.content)


def _told(identifier: str, said: bytes) -> Controller:
    """What the document of `identifier`, in the bytes that its host gave out, tells of its keys."""
    try:
        content = read_object(said)
    except Malformed as error:
        return Controller(identifier, "unread", {}, error.reason)
    if isinstance(content.get("keys"), list) and "id" not in content:
        return _of_key_set(identifier, content["keys"])
    if "kty" in content and "id" not in content:
        held = _of_key_set(identifier, [content])
        return replace(held, document={**held.document, "publicKeyJwk": content})
    if _is_own_method(content, identifier):
        listed = {member: [content] for member in ("assertionMethod", "authentication")}
        return Controller(identifier, "read", {"id": identifier, **listed})
    if content.get("id") != identifier:
        # DID Core, section 7.1.2, and CID, section 3.3: a document speaks only for the id it names.
        return Controller(
            identifier, "unread" if identifier.startswith("did:") else "none", {}, "id"
        )
    lists_keys = any(content.get(member) for member in ("verificationMethod", *_RELATIONSHIPS))
    is_key = any(member.startswith("publicKey") and member != "publicKey" for member in content)
    if not (lists_keys or is_key or identifier.startswith("did:")):
        return Controller(identifier, "none", {}, "keyless")
    return Controller(identifier, "read", content)


#: The documents that were met last, by all their bytes.
_kept_told = lru_cache(maxsize=128)(_told)


@lru_cache(maxsize=1024)
def _of_key(identifier: str) -> Controller:
    """did:key, "Document Creation Algorithm", as far as assertions need it: one key, named by
    itself. Raises `Malformed` (`did.syntax`).
    """
    _, value = read_did(identifier)
    key = {
        "id": f"{identifier}#{value}",
        "type": "Multikey",
        "controller": identifier,
        "publicKeyMultibase": value,
    }
    document = {"id": identifier, "assertionMethod": [key], "authentication": [key]}
    return Controller(identifier, "read", document)


def _is_own_method(content: JsonObject, identifier: str) -> bool:
    """Whether a document is one key of `identifier`, under its own name, and nothing else."""
    name = content.get("id")
    return (
        isinstance(name, str)
        and name.startswith(f"{identifier}#")
        and content.get("controller") == identifier
    )


def _of_key_set(identifier: str, keys: list[object]) -> Controller:
    """A JWK Set (RFC 7517, section 5), or one JWK, at the very address that is the issuer's id:
    each key by its `kid`, or by its thumbprint if it has none.
    """
    held = [key for key in keys[:LIMIT] if isinstance(key, Mapping)]
    names = [str(key.get("kid") or thumbprint(key)) for key in held]
    shared = frozenset(name for name in names if names.count(name) > 1)
    methods = [
        {
            "id": f"{identifier}#{name}",
            "type": "JsonWebKey",
            "controller": identifier,
            "publicKeyJwk": key,
        }
        for name, key in zip(names, held, strict=True)
        if name not in shared
    ]
    document = {"id": identifier, "assertionMethod": methods, "authentication": methods}
    return Controller(identifier, "read", document, shared=shared)


@lru_cache(maxsize=256)
def _of_jwk(identifier: str, specific: str) -> Controller:
    """did:jwk, "Read": the key itself in base64url; one that is only for encryption asserts
    nothing. Raises `Malformed` (`did.syntax`, or a reason of the JSON gate).
    """
    try:
        jwk = read_object(read_base64url(specific))
    except Malformed as error:
        raise Malformed("did.syntax", f"The did:jwk holds no JWK. {error.says}") from error
    method = {
        "id": f"{identifier}#0",
        "type": "JsonWebKey",
        "controller": identifier,
        "publicKeyJwk": jwk,
    }
    document = {"id": identifier, "assertionMethod": [method], "authentication": [method]}
    return Controller(identifier, "read", document)
