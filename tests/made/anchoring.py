"""Made-up Blockcerts, written from their standards: what is hashed, the tree, the ledger's answer
in the form of a real explorer, and the issuer's profile.

No transaction here was ever made: identifiers and addresses are hashes of words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import base58
import cbor2
from msgspec import Struct

from tests.made.folder import Answer, Web, answered
from tests.made.issuers import HOLDER, HOLDER_EMAIL, RIVERSIDE, Issuer
from tests.made.signing import CREDENTIALS_2, JsonDocument, multikey, quads

OPEN_BADGES_2 = "https://w3id.org/openbadges/v2"
BLOCKCERTS_1 = "https://w3id.org/blockcerts/v1"
BLOCKCERTS_2 = "https://w3id.org/blockcerts/v2"
BLOCKCERTS_3 = "https://w3id.org/blockcerts/v3.2"
DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2"
PREFIX = "ecdsa-koblitz-pubkey:"
#: 1 June 2025, 12:00 UTC.
ANCHORED = 1_748_779_200
_SIBLING = hashlib.sha256(b"the badge of a classmate").hexdigest()
_PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYA"
    "AjCB0C8AAAAASUVORK5CYII="
)


class Ledger(Struct, frozen=True):
    """How a proof names a ledger, and where an explorer shows it."""

    chain: str
    codes: tuple[int, int]
    explorer: str = ""
    ethereum: bool = False


BITCOIN = Ledger("bitcoinMainnet", (0, 1), "https://blockstream.info/api/tx/")
TESTNET = Ledger("bitcoinTestnet", (0, 3), "https://blockstream.info/testnet/api/tx/")
ETHEREUM = Ledger(
    "ethereumMainnet", (1, 1), "https://eth.blockscout.com/api/v2/transactions/", ethereum=True
)
MOCK = Ledger("mockchain", (-1, -1))


def address(name: str, ledger: Ledger = BITCOIN) -> str:
    """The address called `name`."""
    digest = hashlib.sha256(name.encode()).digest()[:20]
    if ledger.ethereum:
        return f"0x{digest.hex()}"
    return base58.b58encode_check((b"\0" if ledger is BITCOIN else b"\x6f") + digest).decode()


def transaction(name: str, ledger: Ledger = BITCOIN) -> str:
    """The identifier of the transaction called `name`."""
    return ("0x" if ledger.ethereum else "") + hashlib.sha256(f"tx {name}".encode()).hexdigest()


# --- the badges ---


def badge_1(name: str, issuer: Issuer = RIVERSIDE, /, **of_assertion: object) -> JsonDocument:
    """The `document` of a Blockcert 1.2, which leaves a coin to take it back by."""
    given, family = HOLDER.split(" ")
    return {
        "@context": BLOCKCERTS_1,
        "type": "CertificateDocument",
        "assertion": {
            "type": "Assertion",
            "id": f"{issuer.home}/certificates/{_slug(name)}",
            "uid": hashlib.sha256(name.encode()).hexdigest()[:24],
            "issuedOn": "2025-05-30",
            "image:signature": _PIXEL,
            "evidence": "",
            **of_assertion,
        },
        "certificate": {
            "type": "Certificate",
            "id": f"{issuer.home}/criteria/{_slug(name)}",
            "name": name,
            "description": f"What {issuer.name} gives out for {name}.",
            "language": "en-GB",
            "image": _PIXEL,
            "issuer": {
                "type": "Issuer",
                "id": profile_url(issuer),
                "name": issuer.name,
                "url": issuer.home,
                "email": f"badges@{issuer.domain}",
                "image": _PIXEL,
            },
        },
        "recipient": {
            "type": "email",
            "identity": HOLDER_EMAIL,
            "hashed": False,
            "givenName": given,
            "familyName": family,
            "revocationKey": address("taken back"),
        },
        "verify": {"type": "ECDSA(secp256k1)", "attribute-signed": "uid"},
    }


def badge_2(name: str, issuer: Issuer = RIVERSIDE, /, **more: object) -> JsonDocument:
    """A Blockcert 2.0, not yet anchored; `more` replaces or adds members."""
    return {
        "@context": [OPEN_BADGES_2, BLOCKCERTS_2],
        "type": "Assertion",
        "id": f"urn:uuid:{_uuid(name)}",
        "recipient": {"type": "email", "identity": HOLDER_EMAIL, "hashed": False},
        "recipientProfile": {"type": ["RecipientProfile", "Extension"], "name": HOLDER},
        "badge": {
            "type": "BadgeClass",
            "id": f"urn:uuid:{_uuid(issuer.name + name)}",
            "name": name,
            "description": f"What {issuer.name} gives out for {name}.",
            "image": _PIXEL,
            "criteria": {"narrative": "Finish every unit."},
            "issuer": {"type": "Profile", "id": profile_url(issuer), "name": issuer.name},
        },
        "issuedOn": "2025-05-30T10:00:00Z",
        "verification": {
            "type": ["MerkleProofVerification2017", "Extension"],
            "publicKey": PREFIX + address(issuer.domain),
        },
        **more,
    }


def badge_3(name: str, issuer: Issuer = RIVERSIDE, /, **more: object) -> JsonDocument:
    """A Blockcert 3.2, not yet anchored; `more` replaces or adds members."""
    return {
        "@context": [CREDENTIALS_2, DATA_INTEGRITY, BLOCKCERTS_3],
        "type": ["VerifiableCredential", "BlockcertsCredential"],
        "id": f"urn:uuid:{_uuid(name)}",
        "name": name,
        "issuer": profile_url(issuer),
        "validFrom": "2025-05-30T10:00:00Z",
        "credentialSubject": {
            "id": f"urn:uuid:{_uuid(HOLDER)}",
            "name": HOLDER,
            "email": HOLDER_EMAIL,
            "claim": {"name": name, "description": f"What {issuer.name} gives out for {name}."},
        },
        "display": {"contentMediaType": "text/html", "content": "<p>Well done.</p>"},
        **more,
    }


# --- the proofs ---


def target_of(document: Mapping[str, Any]) -> str:
    """The hash of what a badge says."""
    return hashlib.sha256(quads(document)).hexdigest()


def root_of(document: Mapping[str, Any]) -> str:
    """The root of a tree of two, the badge's hash being the left one."""
    pair = bytes.fromhex(target_of(document)) + bytes.fromhex(_SIBLING)
    return hashlib.sha256(pair).hexdigest()


def anchored_1(document: JsonDocument) -> JsonDocument:
    """A Blockcert 1.2 whole, with its receipt."""
    readable = readable_1(document)
    receipt = {
        "@context": "https://w3id.org/chainpoint/v2",
        "type": "ChainpointSHA256v2",
        "targetHash": target_of(readable),
        "merkleRoot": root_of(readable),
        "proof": [{"right": _SIBLING}],
        "anchors": [{"type": "BTCOpReturn", "sourceId": transaction("first")}],
    }
    return {
        "@context": BLOCKCERTS_1,
        "type": "BlockchainCertificate",
        "document": document,
        "receipt": receipt,
    }


def anchored_2(document: JsonDocument, ledger: Ledger = BITCOIN) -> JsonDocument:
    """A Blockcert 2.0 with its signature."""
    kind = "ETHData" if ledger.ethereum else "BTCOpReturn"
    anchor = {"sourceId": transaction("first", ledger), "type": kind, "chain": ledger.chain}
    signature = {
        "type": ["MerkleProof2017", "Extension"],
        "targetHash": target_of(document),
        "merkleRoot": root_of(document),
        "proof": [{"right": _SIBLING}],
        "anchors": [anchor],
    }
    return {**document, "signature": signature}


def anchored_3(
    document: JsonDocument, ledger: Ledger = BITCOIN, /, **options: object
) -> JsonDocument:
    """A Blockcert 3 with its proof; those in its list of proofs come before."""
    issuer = document["issuer"]
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": "merkle-proof-2019",
        "created": "2025-06-01T12:00:00Z",
        "proofPurpose": "assertionMethod",
        "verificationMethod": f"{issuer if isinstance(issuer, str) else issuer['id']}#key-1",
        **options,
        "proofValue": packed(target_of(document), root_of(document), ledger),
    }
    earlier = document.get("proof")
    return {**document, "proof": proof if earlier is None else [*earlier, proof]}


def packed(target: str, root: str, ledger: Ledger, sibling: str = _SIBLING) -> str:
    """A MerkleProof2019: CBOR, each hash in it in CBOR once more, behind multibase."""

    def inner(value: str) -> bytes:
        return cbor2.dumps(value if value.startswith("0x") else bytes.fromhex(value))

    chain, network = ledger.codes
    anchor = [[0, chain], [1, network], [2, inner(transaction("first", ledger))]]
    parts = [[0, inner(root)], [1, inner(target)], [2, [anchor]], [3, [[1, inner(sibling)]]]]
    return "z" + base58.b58encode(cbor2.dumps(parts)).decode()


def readable_1(document: Mapping[str, Any]) -> JsonDocument:
    """A Blockcert 1.2 as JSON-LD 1.1 can read it: one member by its address, and without what its
    vocabulary has no word for, or what says nothing.
    """
    whole = "https://w3id.org/blockcerts#image:signature"
    assertion = {
        whole if name == "image:signature" else name: value
        for name, value in document["assertion"].items()
        if value != ""
    }
    certificate = {k: v for k, v in document["certificate"].items() if k != "language"}
    return {**document, "assertion": assertion, "certificate": certificate}


# --- the web ---


def entry(
    root: str,
    sender: str = RIVERSIDE.domain,
    ledger: Ledger = BITCOIN,
    at: int = ANCHORED,
    **more: object,
) -> Web:
    """What an explorer answers about the transaction that holds `root`."""
    name = transaction("first", ledger)
    if ledger.ethereum:
        body = {
            "hash": name,
            "from": {"hash": address(sender, ledger).upper().replace("0X", "0x")},
            "raw_input": f"0x{root}",
            "timestamp": "2025-06-01T12:00:00.000000Z",
            "confirmations": 1200,
            "status": "ok",
        }
        return {f"{ledger.explorer}{name}": answered({**body, **more})}
    spent = {"scriptpubkey": "76a914", "scriptpubkey_address": address(sender, ledger)}
    outputs = [
        {"scriptpubkey": "76a914", "scriptpubkey_address": address("taken back"), "value": 546},
        {"scriptpubkey": f"6a20{root}", "scriptpubkey_type": "op_return", "value": 0},
    ]
    body = {
        "txid": name,
        "vin": [{"txid": transaction("earlier"), "vout": 0, "prevout": spent}],
        "vout": outputs,
        "status": {"confirmed": True, "block_height": 899_999, "block_time": at},
    }
    return {f"{ledger.explorer}{name}": answered({**body, **more})}


def spending(*, spent: bool) -> Web:
    """What the explorer answers about the coin that takes a Blockcert 1 back."""
    return {f"{BITCOIN.explorer}{transaction('first')}/outspend/0": answered({"spent": spent})}


def profile_url(issuer: Issuer = RIVERSIDE) -> str:
    """Where the issuer's profile is."""
    return f"{issuer.home}/issuer.json"


def profile(issuer: Issuer = RIVERSIDE, **members: object) -> JsonDocument:
    """The issuer's profile: a key for each ledger, a list of what was taken back, and a
    verification method for version 3.
    """
    own = profile_url(issuer)
    return {
        "@context": [OPEN_BADGES_2, BLOCKCERTS_2],
        "type": "Profile",
        "id": own,
        "name": issuer.name,
        "url": issuer.home,
        "publicKey": [
            {"id": PREFIX + address(issuer.domain, ledger), "created": "2024-01-01T00:00:00Z"}
            for ledger in (BITCOIN, TESTNET, ETHEREUM)
        ],
        "verificationMethod": [
            {
                "id": f"{own}#key-1",
                "type": "Multikey",
                "controller": own,
                "publicKeyMultibase": multikey(issuer.domain),
            }
        ],
        "assertionMethod": [f"{own}#key-1"],
        "revocationList": f"{issuer.home}/revoked.json",
        **members,
    }


def profile_web(*revoked: str, issuer: Issuer = RIVERSIDE, **members: object) -> Web:
    """The profile at its address, and the list of what was taken back."""
    listed = {
        "@context": OPEN_BADGES_2,
        "type": "RevocationList",
        "id": f"{issuer.home}/revoked.json",
        "issuer": profile_url(issuer),
        "revokedAssertions": [{"id": one, "revocationReason": "Awarded twice."} for one in revoked],
    }
    return {
        profile_url(issuer): answered(profile(issuer, **members)),
        f"{issuer.home}/revoked.json": answered(listed),
    }


def silent(web: Web) -> Web:
    """The same addresses, none of which answers."""
    return {url: Answer(error="timeout") for url in web}


def _slug(name: str) -> str:
    return name.lower().replace(" ", "-")


def _uuid(name: str) -> str:
    digest = hashlib.sha256(name.encode()).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-4{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"
