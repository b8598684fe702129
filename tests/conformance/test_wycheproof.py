"""Wycheproof's vectors, through our own readers of keys and of tokens and our own table of
algorithms: every known trick against signatures.

3,208 signatures and 401 JOSE tokens. Where we answer otherwise than a vector says, it is named
here, with the reason.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.wycheproof import (
    DEVIATIONS,
    JOSE_FORMS,
    OTHER_FORMS,
    SIGNATURES,
    TOKENS,
    groups,
    library,
    token_holds,
    usable,
)
from verifier.proofs.algorithms import fits


def wrong(name: str, vector: Mapping[str, Any], holds: bool) -> list[str]:
    """`acceptable` leaves the answer to us: only Wycheproof's two other words can be missed."""
    expected = {"valid": True, "invalid": False}.get(vector["result"], holds)
    return [] if holds == expected else [f"{name} {vector['tcId']}: {vector['comment']}"]


@pytest.mark.parametrize("name", JOSE_FORMS)
def test_every_signature_in_the_form_of_jose(name: str, material: Path) -> None:
    found: list[str] = []
    for group in groups(material, name):
        key = usable({"publicKeyPem": group["publicKeyPem"]})
        if "publicKeyJwk" in group:
            assert usable({"publicKeyJwk": group["publicKeyJwk"]}) == key
        for vector in group["tests"]:
            signature, message = bytes.fromhex(vector["sig"]), bytes.fromhex(vector["msg"])
            holds = fits(JOSE_FORMS[name], key, signature, message)
            found += wrong(name, vector, holds)
            others = set(JOSE_FORMS.values()) - {JOSE_FORMS[name]}
            if vector["result"] == "valid":
                assert not any(fits(other, key, signature, message) for other in others)
    assert found == []


@pytest.mark.parametrize("name", OTHER_FORMS)
def test_every_signature_in_other_forms(name: str, material: Path) -> None:
    found: list[str] = []
    for group in groups(material, name):
        key = usable({"publicKeyPem": group["publicKeyPem"]})
        for vector in group["tests"]:
            signature, message = bytes.fromhex(vector["sig"]), bytes.fromhex(vector["msg"])
            found += wrong(name, vector, library(group, key, signature, message))
            if vector["result"] == "valid":
                assert not any(fits(one, key, signature, message) for one in JOSE_FORMS.values())
    assert found == []


def test_every_token(material: Path) -> None:
    found, seen = [], 0
    for group in groups(material, "json_web_signature"):
        for vector in group["tests"]:
            seen += 1
            token, key = vector["jws"], group.get("public", group["private"])
            text = token if isinstance(token, str) else json.dumps(token)
            found += wrong("token", vector, token_holds(text, key))
    assert seen == TOKENS
    assert sorted(int(one.split()[1].rstrip(":")) for one in found) == sorted(DEVIATIONS), found


def test_all_of_them_were_seen(material: Path) -> None:
    names = (*JOSE_FORMS, *OTHER_FORMS)
    counted = sum(len(group["tests"]) for name in names for group in groups(material, name))
    assert counted == SIGNATURES
