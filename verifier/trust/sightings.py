"""What is worth remembering of an issuer: the key it signed with, and the domain it was proven at.

Only of what is genuine, and nothing about whoever received it: a credential that its recipient
issued themselves, and one that a holder presents, leave no trace.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from msgspec import Struct

from verifier.addresses import proven_name
from verifier.model import Credential
from verifier.report import Check

#: Dids that are a key: they can't have another.
_KEYS_THEMSELVES = ("did:key:", "did:jwk:")


class Observed(Struct, frozen=True):
    """One thing seen of an issuer; `issuer` is its id, the id of the list's entry that vouches for
    it (`listed:…`), or what it calls itself (`called:…`). The rest is as in `Sighting`.
    """

    issuer: str
    kind: str
    value: str
    method: str | None = None


def observed(credential: Credential, genuine: Check, issuer: Check) -> tuple[Observed, ...]:
    """What `credential` shows of its issuer, whose two checks are `genuine` and `issuer`.

    An issuer on a platform has no domain of its own, and one whose id is a key no other key.
    """
    identifier = credential.issuer.id
    if identifier is None or identifier.startswith(_KEYS_THEMSELVES):
        return ()
    counts = genuine.code in ("signature", "hosted") and not genuine.detail.get("insecure")
    if not counts or credential.standard == "VP":
        return ()
    seen = (*_key(identifier, genuine), *_domain(credential, issuer))
    return seen if seen and not _own(credential) else ()


def _key(identifier: str, genuine: Check) -> Iterator[Observed]:
    digest = genuine.detail.get("key_sha256")
    if digest and identifier:
        method = genuine.detail.get("verificationMethod")
        yield Observed(identifier, "key", str(digest), str(method) if method else None)


def _domain(credential: Credential, issuer: Check) -> Iterator[Observed]:
    proven = proven_name(credential.issuer.id)
    if proven is None or proven.startswith("did:") or credential.provider is not None:
        return
    if issuer.detail.get("platform"):
        return
    entry = issuer.detail.get("entry")
    called = " ".join(
        unicodedata.normalize("NFKC", credential.issuer.name or "").casefold().split()
    )
    if entry:
        yield Observed(f"listed:{entry}", "domain", proven)
    elif called:
        yield Observed(f"called:{called[:200]}", "domain", proven)


def _own(credential: Credential) -> bool:
    """Whether the recipient is the issuer."""
    issuer, recipient = credential.issuer, credential.recipient
    about = {issuer.id, issuer.url, issuer.email, issuer.name} - {None}
    named = {recipient.name, *(identity.value for identity in recipient.identities)}
    return not about.isdisjoint(named)
