"""The short form of the mutation run: five hundred spoiled credentials, none taken for good."""

from pathlib import Path

import pytest

from tests.mutations import spoil

#: What good credentials are secured by, at least.
SUITES = {
    *("eddsa-rdfc-2022", "eddsa-jcs-2022", "ecdsa-rdfc-2019", "ecdsa-jcs-2019", "ecdsa-sd-2023"),
    *("Ed25519Signature2018", "Ed25519Signature2020", "JsonWebSignature2020"),
    *("EcdsaSecp256k1Signature2019", "JWS", "hosted"),
}


@pytest.mark.anyio
async def test_no_spoiled_credential_is_taken_for_good(material: Path) -> None:
    score = await spoil(material, 750)
    assert score.taken == []
    assert score.mutants >= 500
    assert score.subjects["signed"] >= 30
    assert set(score.kinds) >= SUITES
    assert score.outcomes["invalid"] > 200
