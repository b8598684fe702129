"""Made-up badges of 0.5 to 1.1, and of 2.0 with proofs that can't be checked."""

from __future__ import annotations

from collections.abc import Iterator

from tests.conformance.hosted import (
    ASSERTION,
    BADGE,
    EVIL,
    HOME,
    NAME,
    Hosted,
    badge,
    web,
)
from tests.made.assertions import assertion
from tests.made.folder import Answer, answered, as_json


def cases() -> Iterator[Hosted]:
    """Every case."""
    yield from _older()
    yield from _unsupported()


def _older() -> Iterator[Hosted]:
    """0.5 to 1.1 (OB-17, OB-23)."""
    person = {"type": "email", "hashed": False, "identity": "mara@example.org"}
    verify = {"type": "hosted", "url": ASSERTION}
    first = {
        "uid": "7",
        "recipient": person,
        "badge": BADGE,
        "issuedOn": 1366800000,
        "verify": verify,
    }
    one_badge = {**badge(criteria=f"{HOME}/c"), "@context": None, "id": None}
    one = {"badge": {**one_badge, "type": None}, "issuer": {"name": "Guild", "url": HOME}}
    yield Hosted("1.0", ASSERTION, web(assertion=first, **one), "hosted", "unvouched")
    yield Hosted("1.0 pasted", as_json(first), web(assertion=first, **one), "hosted", "unvouched")
    elsewhere = {**web(assertion=Answer(status=404), **one), f"{HOME}/a": answered(first)}
    yield Hosted("1.0 not at its url", f"{HOME}/a", elsewhere, "id_mismatch", "invalid")
    nameless = {key: value for key, value in first.items() if key != "uid"}
    reason = {"reason": "ob1.assertion.uid"}
    yield Hosted(
        "1.0 without uid",
        ASSERTION,
        web(assertion=nameless, **one),
        "structure",
        "invalid",
        reason,
    )
    abroad = {
        **web(**one),
        f"{EVIL}/a": answered({**first, "verify": {"type": "hosted", "url": f"{EVIL}/a"}}),
    }
    yield Hosted("1.0 on another host", f"{EVIL}/a", abroad, "out_of_scope", "invalid")
    v1 = {"@context": "https://w3id.org/openbadges/v1", "type": "Assertion", "id": ASSERTION}
    second = {**v1, **first}
    yield Hosted("1.1", ASSERTION, web(assertion=second, **one), "hosted", "unvouched")
    aside = {**one, "badge": {**one["badge"], "id": f"{HOME}/other"}}
    linked = web(assertion=second, **aside)
    yield Hosted("1.1 with an id that is not the link", ASSERTION, linked, "hosted", "unvouched")
    mixed = {**assertion(NAME), **v1}
    reason = {"reason": "ob1.assertion.verify"}
    yield Hosted(
        "1.1 with words of 2.0",
        ASSERTION,
        web(assertion=mixed),
        "structure",
        "invalid",
        reason,
    )
    oldest = {
        "recipient": "mara@example.org",
        "issued_on": "2012-03-04",
        "evidence": "/work",
        "badge": {
            "version": "0.5.0",
            "name": NAME,
            "description": "Reads charts.",
            "image": f"{HOME}/badge.png",
            "criteria": "/criteria",
            "issuer": {"origin": HOME, "name": "Guild"},
        },
    }
    yield Hosted("0.5", ASSERTION, web(assertion=oldest), "hosted", "unvouched")
    yield Hosted("0.5 pasted", as_json(oldest), web(), "unsigned", "unknown")
    strange = {**web(), f"{EVIL}/a": answered(oldest)}
    yield Hosted("0.5 on another host", f"{EVIL}/a", strange, "issuer_unproven", "unknown")


def _unsupported() -> Iterator[Hosted]:
    """Missing signatures, and ledgers: never taken for more than they were checked for."""
    signed = assertion(NAME, id="urn:uuid:bf8d3c3d-fe60-487c-87a3-06440d0d0163")
    signed["verification"] = {"type": "SignedBadge", "creator": f"{HOME}/key"}
    loose = as_json(signed)
    yield Hosted("signed, without a signature", loose, web(), "structure", "invalid")
    anchored = as_json(assertion(NAME, signature={"type": ["MerkleProof2017", "Extension"]}))
    kind = {"type": "MerkleProof2017"}
    yield Hosted("in a ledger, without a path", anchored, {}, "bad_signature", "invalid", kind)
