"""Chains of proofs: one that names earlier ones covers them too.

Verifiable Credential Data Integrity 1.0, section 4.5 (Verify Proof Sets and Chains).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from verifier.errors import Malformed
from verifier.model import JsonObject, as_list

#: Steps from one proof to the one before it.
LENGTH = 8


def previous(proof: JsonObject, document: JsonObject) -> list[JsonObject]:
    """The proofs of `document` that `proof` names as made before it, in the order of the document.

    Raises `Malformed` (`proof.chain`) where a named one is missing, where two share an id, or where
    a proof comes, by way of others, before itself.
    """
    if document.get("proof") is proof and "previousProof" not in proof:
        return []
    proofs = [entry for entry in as_list(document.get("proof")) if isinstance(entry, Mapping)]
    known: dict[str, JsonObject] = {}
    for entry in proofs:
        name = entry.get("id")
        if isinstance(name, str):
            if name in known:
                raise _broken("Two proofs of the badge share one id.")
            known[name] = entry
    found = _named(proof, known)
    _check_no_circle(proof, found, known)
    return [entry for entry in proofs if any(entry is one for one in found)]


def _named(proof: JsonObject, known: Mapping[str, JsonObject]) -> list[JsonObject]:
    names = as_list(proof.get("previousProof"))
    if not all(isinstance(name, str) and name for name in names) or len(set(names)) != len(names):
        raise _broken("A proof names the ones before it by something else than their ids.")
    missing = [name for name in names if name not in known]
    if missing:
        raise _broken(f"A proof builds on “{missing[0][:60]}”, which the badge does not carry.")
    return [known[name] for name in names]


def _check_no_circle(
    proof: JsonObject, found: Iterable[JsonObject], known: Mapping[str, JsonObject]
) -> None:
    waiting = list(found)
    for _ in range(LENGTH):
        if any(entry is proof for entry in waiting):
            raise _broken("A proof of the badge comes, by way of others, before itself.")
        before = [earlier for entry in waiting for earlier in _named(entry, known)]
        waiting = list({id(entry): entry for entry in before}.values())
        if not waiting:
            return
    raise _broken("The chain of the badge's proofs does not come to an end.")


def _broken(says: str) -> Malformed:
    return Malformed("proof.chain", says)
