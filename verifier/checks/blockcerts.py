"""How Blockcerts are taken back: by a list that the issuer's profile names, and in version 1 by
spending a coin that was left in the ledger's entry for that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from urllib.parse import quote

from verifier import ledger
from verifier.addresses import is_address
from verifier.checks.reading import Reading, clear
from verifier.errors import Malformed
from verifier.ledger import Anchor
from verifier.model import Credential, Documents, Request, Status
from verifier.proofs import blockcerts_issuer, merkle

#: The status of every Blockcert that has no `credentialStatus`.
TYPE = "BlockcertsRevocation"
#: What is wrong with an issuer that has no profile, or one that was read.
_NO_LIST = frozenset(("key.none", "key.service", "key.keyless"))


def needs(entry: Status, credential: Credential, documents: Documents) -> Iterator[Request]:
    """The issuer's profile, and who spent the coins."""
    yield from blockcerts_issuer.needs(credential.issuer.id, documents)
    for _, request in _coins(entry, credential, documents):
        yield request


def listed(entry: Status, credential: Credential, documents: Documents) -> Status | None:
    """The list of the profile as it is now, else the one that the credential itself names."""
    profile = blockcerts_issuer.read(credential.issuer.id, documents)
    issuer = entry.options.get("issuer")
    named = issuer.get("revocationList") if isinstance(issuer, Mapping) else None
    url = profile.revocation_list or named
    if not isinstance(url, str) or not is_address(url):
        return None
    whole = documents.get(Request(url))
    if whole is not None and not whole.answered:
        url = _asked_for(url, entry.options.get("id"))
    # The profile names the list by its address, so whom the list names as its issuer is told only.
    options = {
        "url": url,
        "named": True,
        **{name: entry.options.get(name) for name in ("id", "uid")},
    }
    return Status("OB2RevocationList", options)


def _asked_for(url: str, identifier: object) -> str:
    """Some issuers answer for one credential at a time, as Blockcerts' own verifier asks them to.

    The whole list is asked for first: nobody needs to know whose badge is being looked at.
    """
    if not isinstance(identifier, str):
        return url
    return f"{url}{'&' if '?' in url else '?'}assertionId={quote(identifier, safe='')}"


def readings(
    entry: Status, credential: Credential, documents: Documents, now: datetime
) -> Iterator[Reading]:
    """What the coins say, and that nothing is known where the profile could not be read."""
    fault = blockcerts_issuer.read(credential.issuer.id, documents).fault
    if fault is not None and fault.reason not in _NO_LIST:
        yield Reading("status_unreachable", "Its issuer's profile could not be read.")
    for address, request in _coins(entry, credential, documents):
        document = documents.get(request)
        detail = {"url": request.url, "type": TYPE, "address": address}
        try:
            spent = ledger.is_spent(document, request)
        except Malformed as error:
            yield Reading("status_unreachable", error.says, None, detail)
            continue
        if document is not None and not spent:
            yield clear(document, now, detail)
        elif document is not None:
            says = "The issuer took this back by spending the coin it had left for that."
            yield Reading("revoked", says, document.at, detail)


def _coins(
    entry: Status, credential: Credential, documents: Documents
) -> Iterator[tuple[str, Request]]:
    """The outputs of the ledger's entry at an address that takes the credential back."""
    anchor = _anchor(credential)
    key = entry.options.get("key")
    profile = blockcerts_issuer.read(credential.issuer.id, documents)
    addresses = {*profile.revocation_addresses, *([key] if isinstance(key, str) else [])}
    if anchor is None or not addresses:
        return
    try:
        outputs = ledger.read(anchor, documents).outputs
    except Malformed:
        return
    for number, address in enumerate(outputs):
        request = ledger.spending(anchor, number)
        if address in addresses and request is not None:
            yield address, request


def _anchor(credential: Credential) -> Anchor | None:
    for proof in credential.proofs:
        if proof.form == "merkle" and proof.options:
            return merkle.anchor_of(credential, proof)
    return None
