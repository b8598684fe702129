"""A presentation, signed by its holder for one challenge and one domain (VC Data Model 2.0, section
4.13; Data Integrity EdDSA Cryptosuites 1.0, section 3.2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import base58

from verifier.errors import Malformed, TooCostly
from verifier.json_gate import read_object
from verifier.jsonld import Rejected
from verifier.model import Credential
from verifier.ports import Workers
from verifier.proofs import covered
from wallet_server import wire
from wallet_server.own_keys import OwnKey
from wallet_server.presenting.choosing import CannotPresent, Presentable
from wallet_server.presenting.requests import SUITE, Asked

#: Credentials in one presentation.
MOST = 50
_CONTEXT = "https://www.w3.org/ns/credentials/v2"


async def present(
    chosen: Sequence[Presentable], asked: Asked, key: OwnKey, workers: Workers, now: datetime
) -> bytes:
    """The signed presentation of `chosen` as JSON in UTF-8. Raises `CannotPresent`, which names the
    credential at fault.
    """
    if not 1 <= len(chosen) <= MOST:
        raise CannotPresent(f"Choose badges to present: at least one, and {MOST} at most.")
    options = _options(asked, key, now)
    document = _unsigned(chosen, key)
    try:
        covers = await workers.run(_to_sign, document, options)
    except (Rejected, Malformed, TooCostly) as error:
        raise await _blamed(chosen, options, key, workers) from error
    value = "z" + base58.b58encode(key.sign(covers)).decode()
    signed = wire.encoded({**document, "proof": {**options, "proofValue": value}})
    try:
        await workers.run(read_object, signed)  # whoever gets it has the same limits
    except Malformed as error:
        says = "These are too many, or too large, for one presentation. Choose fewer."
        raise CannotPresent(says) from error
    return signed


def _unsigned(chosen: Sequence[Presentable], key: OwnKey) -> dict[str, Any]:
    return {
        "@context": [_CONTEXT],
        "type": ["VerifiablePresentation"],
        "holder": key.did,
        "verifiableCredential": [one.document for one in chosen],
    }


def _options(asked: Asked, key: OwnKey, now: datetime) -> dict[str, Any]:
    """The proof less its value (section 3.2.5, Proof Configuration)."""
    return {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": wire.moment(now),
        "verificationMethod": key.method,
        "proofPurpose": "authentication",
        "challenge": asked.challenge,
        "domain": asked.domain,
    }


def _to_sign(document: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
    """Pure: what the signature is over. Raises `Rejected`, `Malformed` and `TooCostly`."""
    unsigned = Credential(standard="VP", container="json", content=b"", document=document)
    return covered.by_rdf(unsigned, options, "sha256")


async def _blamed(
    chosen: Sequence[Presentable], options: Mapping[str, Any], key: OwnKey, workers: Workers
) -> CannotPresent:
    """Which of the credentials is at fault."""
    for one in chosen:
        try:
            await workers.run(_to_sign, _unsigned([one], key), options)
        except (Rejected, Malformed) as error:
            return CannotPresent(f"“{one.name}” can't be presented. {error.says}")
        except TooCostly:
            return CannotPresent(f"“{one.name}” is too much work to present.")
    return CannotPresent("All of these together are too much work to present. Choose fewer.")
