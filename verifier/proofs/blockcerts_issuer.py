"""A Blockcerts issuer's own profile: the ledger addresses that it issues from, and since when.

Blockcerts 1.1 and 1.2, "issuer-id"; 2.0, "issuerSchema"; 3.0 leaves it as it was, and lets a DID
document name it as a service of the type IssuerProfile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from verifier.addresses import is_address, read_address
from verifier.errors import Malformed
from verifier.json_gate import read_object
from verifier.keys import controllers
from verifier.model import Document, Documents, JsonObject, Request, as_list, first_text
from verifier.parse.open_badges_1 import read_date

#: Addresses looked at in one profile.
LIMIT = 500
#: How far the time in a block may be off (Bitcoin's rule: two hours ahead of the network).
BLOCK_SKEW = timedelta(hours=2)
PREFIX = "ecdsa-koblitz-pubkey:"


class Fault(Struct, frozen=True):
    """What keeps an address from being the issuer's; `code` is one of the question `genuine`."""

    code: str
    reason: str
    says: str


class Profile(Struct, frozen=True):
    """What an issuer's id leads to.

    `fault` says why no ledger's entry can be tied to the issuer; `document` is empty where there is
    none of the issuer's. `insecure` where somebody on the way could have changed it.
    """

    document: JsonObject
    fault: Fault | None = None
    insecure: bool = False

    @property
    def revocation_list(self) -> str | None:
        """Where the issuer lists what it took back."""
        found = self.document.get("revocationList")
        return found if isinstance(found, str) and is_address(found) else None

    @property
    def revocation_addresses(self) -> tuple[str, ...]:
        """The addresses by which the issuer takes whole batches back (Blockcerts 1)."""
        found = (
            *as_list(self.document.get("revocationKeys")),
            *as_list(self.document.get("revocation_key")),
        )
        keys = (first_text([item.get("key")]) for item in found if isinstance(item, Mapping))
        return tuple(key for key in keys if key is not None)

    def speaks_for(self, address: str, at: datetime) -> Fault | None:
        """Why an entry that `address` made at `at` is not the issuer's, `None` where it is."""
        if self.fault is not None:
            return self.fault
        listed = [key for key in _keys(self.document) if _same(_address(key), address)]
        if not listed:
            says = "The address that made the ledger's entry is not one of the issuer's."
            return Fault("key_not_issuers", "key.foreign", says)
        faults = [_out_of_time(key, at) for key in listed]
        return None if None in faults else faults[0]


def needs(issuer: str | None, documents: Documents) -> Iterator[Request]:
    """The profile, and the DID document that names it."""
    if issuer is not None and issuer.startswith("did:"):
        yield from controllers.needs(issuer)
    place = _place(issuer, documents)
    if isinstance(place, str):
        yield Request(place.partition("#")[0])


def read(issuer: str | None, documents: Documents) -> Profile:
    """The profile of `issuer`, the id in a credential."""
    place = _place(issuer, documents)
    if isinstance(place, Fault):
        return Profile({}, place)
    address = place.partition("#")[0]
    document = documents.get(Request(address))
    fault = _unread(document, address)
    if document is None or fault is not None:
        return Profile({}, fault)
    try:
        profile = read_object(document.content)
    except Malformed as error:
        return Profile({}, _unreachable(error.reason))
    if profile.get("id") != place:
        says = "What stands at the issuer's address is somebody else's profile."
        return Profile({}, Fault("issuer_unproven", "key.id", says))
    if not any(True for _ in _keys(profile)):
        says = "The issuer's profile lists no address that it issues from."
        return Profile(profile, Fault("issuer_unproven", "key.keyless", says))
    plain = any(url.startswith("http:") for url in (place, document.final_url or place))
    return Profile(profile, insecure=plain)


def _place(issuer: str | None, documents: Documents) -> str | Fault:
    """Where the profile is."""
    if issuer is not None and issuer.startswith("did:"):
        return _service(issuer, documents)
    if issuer is None or not is_address(issuer):
        says = "The issuer's id is no address, so nothing ties a ledger's entry to it."
        return Fault("issuer_unproven", "key.none", says)
    return issuer


def _service(issuer: str, documents: Documents) -> str | Fault:
    """The profile that a DID document names."""
    try:
        controller = controllers.read_controller(issuer, documents)
    except Malformed as error:
        return Fault("structure", error.reason, error.says)
    if controller.state == "unsupported":
        says = f"Touchstone can't look up keys of “{controller.reason}” yet."
        return Fault("unsupported_proof", "did.method", says)
    if controller.state != "read":
        return _unreachable(controller.reason)
    for service in as_list(controller.document.get("service")):
        kinds = as_list(service.get("type")) if isinstance(service, Mapping) else []
        place = service.get("serviceEndpoint") if isinstance(service, Mapping) else None
        if "IssuerProfile" in kinds and isinstance(place, str) and is_address(place):
            return place
    says = "The issuer's document names no profile with the addresses that it issues from."
    return Fault("issuer_unproven", "key.service", says)


def _unread(document: Document | None, address: str) -> Fault | None:
    """The same rules as for key documents: JSON, from the very host that was asked."""
    if document is None or not document.answered:
        return _unreachable(
            "unasked" if document is None else document.error or str(document.status)
        )
    if read_address(document.final_url or address).host != read_address(address).host:
        return _unreachable("redirect")
    media_type = (document.content_type or "").partition(";")[0].strip().lower()
    if media_type != "application/json" and not media_type.endswith("+json"):
        return _unreachable("content_type")
    return None


def _unreachable(reason: str) -> Fault:
    says = "The issuer's profile could not be fetched, so nothing ties the ledger's entry to it."
    return Fault("key_unreachable", f"key.{reason}", says)


def _keys(profile: JsonObject) -> Iterator[JsonObject]:
    for member in ("publicKey", "publicKeys", "issuerKeys", "issuer_key"):
        for item in as_list(profile.get(member))[:LIMIT]:
            if isinstance(item, str):
                yield {"id": item}
            elif isinstance(item, Mapping) and _address(item):
                yield item


def _address(key: JsonObject) -> str:
    found = first_text([key.get("id"), key.get("publicKey"), key.get("key")]) or ""
    return found.removeprefix(PREFIX)


def _same(one: str, other: str) -> bool:
    """Ethereum's addresses may be written in any case, Bitcoin's mean it."""
    if other.lower().startswith("0x"):
        return one.lower() == other.lower()
    return one == other


def _out_of_time(key: JsonObject, at: datetime) -> Fault | None:
    """The ledger tells when the entry was made, so a key that ended later still counts."""
    try:
        begins = [read_date(key[name]) for name in ("created", "date") if key.get(name)]
        ends = [
            read_date(key[name]) for name in ("revoked", "expires", "invalidated") if key.get(name)
        ]
    except Malformed as error:
        return Fault("key_unreachable", error.reason, f"The issuer's key list. {error.says}")
    if any(at >= end for end in ends):
        says = "The issuer had given the address up before the ledger's entry was made."
        return Fault("key_not_issuers", "key.revoked", says)
    if any(at < begin - BLOCK_SKEW for begin in begins):
        says = "The ledger's entry is older than the issuer's use of the address."
        return Fault("key_not_issuers", "key.created", says)
    return None
