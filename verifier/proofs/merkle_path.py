"""A Merkle proof taken apart: from one document's hash, by way of its neighbours', to the root.

MerkleProof2017 and Chainpoint 2.0 are JSON. MerkleProof2019 is the same packed into CBOR behind a
multibase letter ("Merkle Proof 2019", sections on encoding and on the keymap): arrays of pairs of
a number and a value, each hash in CBOR once more, as bytes or as their hex.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from verifier.encodings import read_multibase
from verifier.errors import Malformed
from verifier.ledger import Anchor
from verifier.model import JsonObject

#: Characters of a proofValue, and steps to the root: more than a batch of all the badges there are.
LENGTH = 8192
STEPS = 64

_HASH = re.compile(r"[0-9a-f]{64}")
#: MerkleProof2019's numbers for ledgers and their networks → MerkleProof2017's words.
_LEDGERS = {
    (0, 1): "bitcoinMainnet",
    (0, 3): "bitcoinTestnet",
    (1, 1): "ethereumMainnet",
    (1, 3): "ethereumRopsten",
    (1, 4): "ethereumRinkeby",
    (1, 5): "ethereumGoerli",
    (1, 11155111): "ethereumSepolia",
}
_TYPES = {"BTCOpReturn": "bitcoinMainnet", "ETHData": "ethereumMainnet", "Mock": "mockchain"}
_ON_TEST_NETWORKS = re.compile(r"(?:ecdsa-koblitz-pubkey:)?(?:[mn2]|tb1|bcrt1)")


class MerkleProof(Struct, frozen=True):
    """`target` is the document's hash, `root` the tree's, both in hex; `anchor` is where the root
    stands for all to see.
    """

    target: str
    root: str
    path: tuple[tuple[str, str], ...]
    anchor: Anchor

    def leads_to_root(self) -> bool:
        """Whether the path from the target ends at the root."""
        digest = bytes.fromhex(self.target)
        for side, sibling in self.path:
            other = bytes.fromhex(sibling)
            pair = other + digest if side == "left" else digest + other
            digest = hashlib.sha256(pair).digest()
        return digest.hex() == self.root


def read_json(options: JsonObject, address: object) -> MerkleProof:
    """MerkleProof2017 or a Chainpoint receipt. Raises `Malformed` (`merkle.proof`).

    Where the anchor names no network, `address` (the issuer's, as the credential states it) tells
    Bitcoin from its test network.
    """
    path, anchors = options.get("proof") or [], options.get("anchors")
    if not isinstance(path, list) or not isinstance(anchors, list) or len(path) > STEPS:
        raise _broken()
    steps = [_step(step) for step in path]
    anchor = anchors[0] if anchors else None
    if not isinstance(anchor, dict) or not isinstance(anchor.get("sourceId"), str):
        raise _broken()
    kind, chain = anchor.get("type"), anchor.get("chain")
    if not isinstance(chain, str | None):
        raise _broken()
    ledger = chain or _TYPES.get(str(kind), str(kind))
    stated = isinstance(address, str) and _ON_TEST_NETWORKS.match(address)
    if chain is None and ledger == "bitcoinMainnet" and stated:
        ledger = "bitcoinTestnet"
    return MerkleProof(
        _hash(options.get("targetHash")),
        _hash(options.get("merkleRoot")),
        tuple(steps),
        Anchor(ledger, anchor["sourceId"]),
    )


def read_packed(text: object) -> MerkleProof:
    """The `proofValue` of MerkleProof2019. Raises `Malformed` (`merkle.proof`)."""
    try:
        packed = _unpacked(read_multibase(text, longest=LENGTH))
        found = dict(_pairs(packed))
        path = [(("left", "right")[side], _hash(_inner(step))) for side, step in _pairs(found[3])]
        anchor = _anchor(dict(_pairs(found[2][0])))
        target, root = _hash(_inner(found[1])), _hash(_inner(found[0]))
    except (KeyError, TypeError, IndexError, ValueError) as error:
        raise _broken() from error
    if len(path) > STEPS:
        raise _broken()
    return MerkleProof(target, root, tuple(path), anchor)


def _anchor(parts: dict[int, Any]) -> Anchor:
    """A ledger, a network and a transaction, each under its number."""
    transaction = _inner(parts[2]) if 2 in parts else ""
    if parts[0] == -1:
        return Anchor("mockchain", "")
    ledger = _LEDGERS.get((parts[0], parts[1]), f"{parts[0]}:{parts[1]}")
    if ledger.startswith("ethereum") and not transaction.startswith("0x"):
        transaction = f"0x{transaction}"
    return Anchor(ledger, transaction)


def _pairs(value: object) -> Iterator[tuple[int, Any]]:
    if not isinstance(value, list):
        raise TypeError("not a list of pairs")
    for pair in value:
        number, item = pair
        if not isinstance(number, int) or isinstance(number, bool) or number < 0:
            raise TypeError("not a pair of a number and a value")
        yield number, item


def _inner(value: object) -> str:
    """A value that stands in CBOR once more: text, or bytes as hex."""
    inner = _unpacked(value) if isinstance(value, bytes) else value
    if isinstance(inner, bytes):
        return inner.hex()
    if not isinstance(inner, str):
        raise TypeError("neither text nor bytes")
    return inner


def _unpacked(packed: bytes) -> Any:  # noqa: ANN401 whatever was packed
    import cbor2  # here: few proofs are packed

    try:
        return cbor2.loads(packed, max_depth=6, semantic_decoders={}, allow_indefinite=False)
    except (cbor2.CBORError, OverflowError) as error:
        raise _broken() from error


def _step(step: object) -> tuple[str, str]:
    if not isinstance(step, dict) or len(step) != 1:
        raise _broken()
    ((side, sibling),) = step.items()
    if side not in ("left", "right"):
        raise _broken()
    return side, _hash(sibling)


def _hash(value: object) -> str:
    if not isinstance(value, str) or not _HASH.fullmatch(value):
        raise _broken()
    return value


def _broken() -> Malformed:
    return Malformed("merkle.proof", "The proof is none that can be read, so nothing fits it.")
