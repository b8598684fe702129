"""Merkle proofs: the hash of a badge, among others in a tree, whose root stands in a public ledger.

Blockcerts 1.2 (Chainpoint 2.0), 2.0 (MerkleProof2017) and 3.0 (MerkleProof2019, also as the
cryptosuite `merkle-proof-2019` and within ChainedProof2021). What is hashed is the badge's
canonical form; the proof's own members are not, so nothing is believed for standing there.

A badge counts where the hash of what it says leads to the root, the ledger holds that root, and the
address that put it there was the issuer's at that time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from verifier import jsonld, keys, ledger
from verifier.dates import read_moment, written
from verifier.errors import Malformed
from verifier.ledger import Anchor, Entry
from verifier.model import Credential, Documents, JsonObject, Proof, Request, as_list
from verifier.parse.credential_rules import VC_2
from verifier.parse.open_badges_1 import read_date
from verifier.proofs import blockcerts_issuer
from verifier.proofs.answers import answer
from verifier.proofs.blockcerts_issuer import PREFIX, Fault, Profile
from verifier.proofs.covered import shape_of
from verifier.proofs.merkle_path import MerkleProof, read_json, read_packed
from verifier.report import CODES, Check, Outcome, Question

#: A member that JSON-LD 1.1 can't read for being written like an IRI, and the IRI it stands for.
_SIGNATURE_IMAGE = ("image:signature", "https://w3id.org/blockcerts#image:signature")


def needs(credential: Credential, proof: Proof, documents: Documents) -> Iterable[Request]:
    """The ledger's entry, and the issuer's profile."""
    try:
        merkle = _taken_apart(credential, proof)
    except Malformed:
        return
    yield from ledger.needs(merkle.anchor)
    yield from blockcerts_issuer.needs(credential.issuer.id, documents)
    method = proof.options.get("verificationMethod")
    if isinstance(method, str) and not method.startswith(PREFIX):
        yield from keys.needs(method, credential.issuer.id)


def check(credential: Credential, proof: Proof, documents: Documents, now: datetime) -> Check:
    """What this proof says of the credential; one without members is no proof at all, and only the
    credential's words are looked at.

    Raises `TooCostly` for a credential whose canonical form takes too much work.
    """
    detail: dict[str, Any] = {"type": proof.cryptosuite or proof.type}
    if not proof.options:
        return _without_proof(credential, proof, detail)
    try:
        merkle = _taken_apart(credential, proof)
    except Malformed as error:
        return _answer("bad_signature", error.says, detail, "bad", error.reason)
    detail["ledger"] = ledger.ledger_of(merkle.anchor).name
    detail["transaction"] = merkle.anchor.transaction
    covered = _fitting(credential, proof, merkle, detail)
    if isinstance(covered, Check):
        return covered
    misused = _misused(credential, proof, detail)
    if misused is not None:
        return misused
    claimed = _method_fault(credential, proof, covered, documents, now)
    return _anchored(credential, merkle, claimed, documents, detail)


def anchor_of(credential: Credential, proof: Proof) -> Anchor | None:
    """Where the proof says that its root stands, `None` for one that can't be read."""
    try:
        return _taken_apart(credential, proof).anchor
    except Malformed:
        return None


def _without_proof(credential: Credential, proof: Proof, detail: Mapping[str, Any]) -> Check:
    try:
        for covered in _covered(credential, proof):
            jsonld.canonical(covered, shape_of(credential))
    except jsonld.Rejected as error:
        return _answer(error.code, error.says, detail, "unchecked", error.reason)
    says = "It is made to stand in a ledger and names no entry of any: anyone could have written it"
    return _answer("unsigned", f"{says}.", detail, "unchecked")


def _taken_apart(credential: Credential, proof: Proof) -> MerkleProof:
    """Raises `Malformed`."""
    if "proofValue" in proof.options or credential.standard not in ("Blockcerts 1", "Blockcerts 2"):
        return read_packed(proof.options.get("proofValue"))
    stated = credential.document.get("verification")
    if not isinstance(stated, Mapping):
        return read_json(proof.options, None)
    return read_json(proof.options, stated.get("publicKey") or stated.get("creator"))


def _fitting(
    credential: Credential, proof: Proof, merkle: MerkleProof, detail: Mapping[str, Any]
) -> JsonObject | Check:
    """What was hashed, or why the hashes do not fit."""
    if not merkle.leads_to_root():
        says = "Altered after it was issued: the path through the tree does not lead to its root."
        return _answer("altered", says, detail, "bad", "merkle.path")
    rejected: jsonld.Rejected | None = None
    for covered in _covered(credential, proof):
        try:
            text = jsonld.canonical(covered, shape_of(credential))
        except jsonld.Rejected as error:
            rejected = rejected or error
            continue
        if hashlib.sha256(text.encode()).hexdigest() == merkle.target:
            return covered
    if rejected is not None:
        seen = "unchecked" if rejected.code == "context" else "bad"
        return _answer(rejected.code, rejected.says, detail, seen, rejected.reason)
    says = "Altered after it was issued: its hash is no longer the one that was put into the tree."
    return _answer("altered", says, detail, "bad", "merkle.target")


def _covered(credential: Credential, proof: Proof) -> Iterator[JsonObject]:
    """What may have been hashed: the badge without proofs, or with those that stand before this
    one; with them alone, if the proof says that it builds on them.
    """
    document = credential.document
    if credential.standard == "Blockcerts 1":
        yield _readable(document)
        return
    own = "signature" if credential.standard == "Blockcerts 2" else "proof"
    bare = {name: value for name, value in document.items() if name != own}
    proofs = as_list(document.get(own))
    place = next((at for at, entry in enumerate(proofs) if entry is proof.options), 0)
    chained = proof.type == "ChainedProof2021" or proof.options.get("previousProof") is not None
    if not chained:
        yield bare
    if place:
        yield {**bare, own: proofs[:place]}


def _readable(document: JsonObject) -> JsonObject:
    """Blockcerts 1.2 with its one unreadable member under the IRI that it stands for, without the
    one (`language`) that its schema has and its vocabulary forgot, which is never shown, and
    without empty text, which says nothing.
    """
    short, whole = _SIGNATURE_IMAGE
    readable = dict(document)
    assertion, certificate = document.get("assertion"), document.get("certificate")
    if isinstance(assertion, dict):
        readable["assertion"] = {
            whole if name == short else name: value
            for name, value in assertion.items()
            if value != ""
        }
    if isinstance(certificate, dict):
        readable["certificate"] = {
            name: value for name, value in certificate.items() if name != "language"
        }
    return readable


def _misused(credential: Credential, proof: Proof, detail: Mapping[str, Any]) -> Check | None:
    """VC Data Integrity, section 4.4, for proofs that stand in a credential; before the data model
    2.0 issuers wrote dates without an offset.
    """
    if "proofValue" not in proof.options or credential.standard == "VP":
        return None
    if proof.options.get("proofPurpose") != "assertionMethod":
        says = "The proof was not made to assert anything: its proofPurpose is another."
        return _answer("structure", says, detail, "unchecked", "proof.purpose")
    try:
        _created(credential, proof)
    except Malformed as error:
        return _answer("structure", error.says, detail, "unchecked", error.reason)
    return None


def _created(credential: Credential, proof: Proof) -> datetime | None:
    created = proof.options.get("created")
    if created is None:
        return None
    strict = as_list(credential.document.get("@context"))[:1] == [VC_2]
    return read_moment(created) if strict else read_date(created)


def _anchored(
    credential: Credential,
    merkle: MerkleProof,
    claimed: Fault | None,
    documents: Documents,
    detail: Mapping[str, Any],
) -> Check:
    """What the ledger and the issuer say of a badge whose hashes fit; `claimed` is what stands
    against the key that the proof names.
    """
    try:
        entry = ledger.read(merkle.anchor, documents)
    except Malformed as error:
        if claimed is not None and CODES[Question.GENUINE][claimed.code] is Outcome.FAILED:
            return _fault(claimed, detail, "unchecked")
        return _no_entry(merkle, error, detail)
    if merkle.root not in entry.hashes:
        says = f"{detail['ledger']} holds another root than the badge claims."
        return _answer("altered", says, detail, "bad", "merkle.ledger")
    profile = blockcerts_issuer.read(credential.issuer.id, documents)
    found = {**detail, "anchored": f"{entry.at:%Y-%m-%dT%H:%M:%SZ}", "sender": entry.sender}
    return _tied(credential, merkle, entry, profile, claimed, found)


def _no_entry(merkle: MerkleProof, error: Malformed, detail: Mapping[str, Any]) -> Check:
    """Contract, section 1: an entry that can't be read is no entry that is wrong."""
    if ledger.ledger_of(merkle.anchor).test:
        says = f"Its hashes fit, but it stands in {detail['ledger']}, so it proves nothing."
        return _answer("ledger_unreachable", says, detail, "unchecked", "ledger.test")
    says = f"Its hashes fit, but whether its issuer made them is not known: {error.says}"
    return _answer("ledger_unreachable", says, detail, "unchecked", error.reason)


def _tied(
    credential: Credential,
    merkle: MerkleProof,
    entry: Entry,
    profile: Profile,
    claimed: Fault | None,
    detail: Mapping[str, Any],
) -> Check:
    """Whether the entry is the issuer's, and worth anything."""
    fault = profile.speaks_for(entry.sender, entry.at)
    if fault is not None:
        return _fault(fault, detail, "good")
    # A key that ended since then takes nothing back: the ledger tells when the entry was made.
    if claimed is not None and (claimed.code, claimed.reason) != ("key_not_listed", "key.revoked"):
        return _fault(claimed, detail, "good")
    where = ledger.ledger_of(merkle.anchor)
    if where.test:
        says = f"It stands in {where.name}, where entries cost nothing, so it proves nothing."
        return _answer("ledger_unreachable", says, detail, "good", "ledger.test")
    if credential.standard == "VP":
        says = "The presentation stands in a ledger, which answers nobody's challenge."
        return _answer("unsupported_proof", says, detail, "unchecked", "merkle.presentation")
    # the key of a ledger is known by its address
    key = {
        "verificationMethod": entry.sender,
        "key_sha256": hashlib.sha256(entry.sender.encode()).hexdigest(),
    }
    insecure = {"insecure": True} if profile.insecure else {}
    says = (
        f"Its hash has stood in {where.name} since {written(entry.at)}, put there by its issuer's "
        f"own address; so {ledger.host(merkle.anchor)} shows it."
    )
    return _answer("signature", says, {**detail, **key, **insecure}, "good")


def _method_fault(
    credential: Credential,
    proof: Proof,
    covered: JsonObject,
    documents: Documents,
    now: datetime,
) -> Fault | None:
    """What stands against the key that a proof of version 3 names. Where it covers other proofs, it
    may be that of whoever anchored what the issuer had signed, which proves nothing of the issuer.
    """
    method = proof.options.get("verificationMethod")
    if "proofValue" not in proof.options or (isinstance(method, str) and method.startswith(PREFIX)):
        return None
    own = isinstance(method, str) and method.partition("#")[0] == credential.issuer.id
    if "proof" in covered and not own:
        says = "Somebody else than the issuer put it into the ledger."
        return Fault("issuer_unproven", "key.witness", says)
    signed = _created(credential, proof)
    found = keys.find(method, credential.issuer.id, documents, now, signed)
    return None if found.code is None else Fault(found.code, found.reason, found.says)


def _fault(fault: Fault, detail: Mapping[str, Any], signature: str) -> Check:
    return _answer(fault.code, fault.says, detail, signature, fault.reason)


_FIXES = {
    "altered": "Ask the holder for the file as the issuer gave it, or ask the issuer.",
    "bad_signature": "Ask the holder for the file as the issuer gave it, or ask the issuer.",
    "unsigned": "Ask the holder for the file as the issuer gave it, with its proof.",
    "ledger_unreachable": "Try again later; if it stays so, ask the issuer to confirm the badge.",
    "key_unreachable": "Try again later; if it stays so, ask the issuer to publish its profile.",
    "key_not_listed": "Ask the issuer whether this badge is theirs; they can list the key again.",
    "issuer_unproven": "The issuer can mend this by listing its addresses in its own profile.",
    "key_not_issuers": "Ask the issuer whether this badge is theirs.",
    "context": "Touchstone only reads vocabularies it has pinned; ask us to add this one.",
    "unsupported_proof": "This is for us to mend; until then ask the issuer to confirm the badge.",
}
_answer = partial(answer, fixes=_FIXES)
