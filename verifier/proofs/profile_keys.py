"""Which keys an issuer's own profile lists, and whether each says that it is the issuer's.

Open Badges 2.0, "Profile" (`publicKey`) and "CryptographicKey" (`owner`): there must be a two-way
connection. Before 2.0 a profile lists no keys, and the assertion's `verify.url` is the key's own
address (Open Badges 1.1, "VerificationObject").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from verifier.addresses import is_address
from verifier.errors import Malformed
from verifier.json_gate import read_object
from verifier.keys import Found
from verifier.keys.material import Unusable, read_key
from verifier.model import Document, Documents, JsonObject, Request, as_list
from verifier.parse.members import Member, one, present, problems, text, typed
from verifier.parse.open_badges_2_chain import final_address, media
from verifier.proofs.hosted_scope import same_host, same_place
from verifier.proofs.traced import address_in, plain_http

#: Keys of one profile that are looked at.
LIMIT = 6
#: What PEM is given out as; by its letter none of these is JSON's.
_PEM_TYPES = ("application/x-pem-file", "application/pkix-pubkey", "application/x-x509-ca-cert")
_KEY = (
    Member("type", typed("CryptographicKey", "Key")),
    Member("publicKeyPem", one(text)),
)


class Reference(Struct, frozen=True):
    """A key that a profile lists: its `name`, and what stands of it in the profile itself."""

    name: str | None
    body: JsonObject | None = None


class Held(Struct, frozen=True):
    """What is known of one listed key.

    `insecure` tells that it came over plain http, with a content type that is not JSON's, or that
    nothing but its address ties it to the issuer.
    """

    name: str | None
    found: Found
    insecure: bool = False


def listed(profile: JsonObject) -> list[Reference]:
    """The keys that `profile` lists, as far as they are looked at."""
    found = []
    for item in present(profile.get("publicKey"))[:LIMIT]:
        if isinstance(item, Mapping):
            name = item.get("id")
            body = item if any(member.startswith("publicKey") for member in item) else None
            found.append(Reference(name if isinstance(name, str) else None, body))
        elif isinstance(item, str):
            found.append(Reference(item))
    return found


def same_key(name: str | None, other: str | None) -> bool:
    """Whether two names are one: to the letter, or as addresses with one fragment."""
    if name is None or other is None:
        return False
    if name == other:
        return True
    place = address_in(name)
    same_fragment = name.partition("#")[2] == other.partition("#")[2]
    return place is not None and same_fragment and place == address_in(other)


def needs(references: list[Reference]) -> Iterator[Request]:
    """The addresses of the keys that do not stand in the profile."""
    for reference in references:
        if reference.body is None and is_address(reference.name):
            yield _request(str(reference.name))


def hold(reference: Reference, issuer: str, documents: Documents) -> Held:
    """The key behind a reference in the profile of `issuer`."""
    if reference.body is not None:
        return Held(reference.name, _judged(reference.body, issuer))
    answered = _answered(reference.name, documents)
    if isinstance(answered, Found):
        return Held(reference.name, answered)
    insecure = _insecure(answered)
    try:
        document = read_object(answered.content)
    except Malformed as error:
        return Held(reference.name, _unreachable(f"key.{error.reason}"), insecure)
    body = _named(document, str(reference.name))
    if body is None:
        found = Found(None, "key_unreachable", "key.id", "The key's address gives out another key.")
        return Held(reference.name, found, insecure)
    return Held(reference.name, _judged(body, issuer), insecure)


def hold_bare(name: str, home: str, documents: Documents) -> Held:
    """The key at `name`, the address that an assertion before 2.0 gives; its issuer is at `home`.

    The profile does not list it: that it stands on the issuer's own host is all that ties it to the
    issuer, and a stranger's upload may stand there, too. So it never counts as secure.
    """
    answered = _answered(name, documents, pem=True)
    if isinstance(answered, Found):
        return Held(name, answered, True)
    content = answered.content.strip()
    if content.startswith(b"{"):
        found = hold(Reference(name), home, documents).found
    else:
        found = _read({"publicKeyPem": content.decode("ascii", "replace")})
    own, other = address_in(home), address_in(name)
    if found.code is None and not (own and other and same_host(own, other)):
        says = "The key that signed this is not on its issuer's host, so nothing ties the two."
        found = Found(found.key, "issuer_unproven", "key.host", says)
    return Held(name, found, True)


def _request(name: str) -> Request:
    return Request(name.partition("#")[0])


def _answered(name: str | None, documents: Documents, *, pem: bool = False) -> Document | Found:
    """What the key's address answered, if that may count."""
    if name is None or not is_address(name):
        says = "The issuer's profile names its key by no address at which it could be read."
        return Found(None, "key_unreachable", "key.address", says)
    document = documents.get(_request(name))
    if document is None or not document.answered:
        why = "unasked" if document is None else document.error or str(document.status)
        return _unreachable(f"key.{why}")
    asked, final = address_in(name), address_in(final_address(document))
    if asked is None or final is None or not same_place(asked, final):
        return _unreachable("key.redirect")
    kind = (document.content_type or "").partition(";")[0].strip().lower()
    if media(document) == "other" and not (pem and kind in _PEM_TYPES):
        return _unreachable("key.content_type")
    return document


def _insecure(document: Document) -> bool:
    places = (document.url, final_address(document))
    return media(document) != "json" or any(plain_http(place) for place in places)


def _named(document: JsonObject, name: str) -> JsonObject | None:
    """The key called `name`: the document itself, or a part of it that its fragment names."""
    within = as_list(document.get("publicKey")) + as_list(document.get("verificationMethod"))
    for body in (document, *within[:LIMIT]):
        own = body.get("id") if isinstance(body, Mapping) else None
        if isinstance(body, Mapping) and isinstance(own, str) and same_key(own, name):
            return body
    return None


def _judged(body: JsonObject, issuer: str) -> Found:
    """The key in `body`, if it says that `issuer` is its owner."""
    for problem in problems(body, _KEY, "key"):
        return Found(None, "structure", problem.reason, problem.says)
    found = _read(body)
    if found.code is not None:
        return found
    owners = present(body.get("owner")) + present(body.get("controller"))
    names = [owner.get("id") if isinstance(owner, Mapping) else owner for owner in owners]
    if not names:
        says = "The key that signed this does not say whose it is."
        return Found(found.key, "issuer_unproven", "key.owner", says, found.algorithm)
    if not all(isinstance(name, str) and same_key(name, issuer) for name in names):
        says = "The key that signed this says that it belongs to somebody else than the issuer."
        return Found(found.key, "key_not_issuers", "key.owner", says, found.algorithm)
    return found


def _read(body: JsonObject) -> Found:
    key = read_key(body)
    if isinstance(key, Unusable):
        broken = key.reason == "key.malformed" and "publicKeyPem" in body
        reason = "ob2.key.publicKeyPem" if broken else key.reason
        return Found(None, "structure" if broken else key.code, reason, key.says)
    jwk = body.get("publicKeyJwk")
    allowed = jwk.get("alg") if isinstance(jwk, Mapping) else None
    return Found(key, algorithm=None if allowed is None else str(allowed))


def _unreachable(reason: str) -> Found:
    says = "The key that signed this could not be fetched."
    return Found(None, "key_unreachable", reason, says)
