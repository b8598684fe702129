"""What presenting does to a credential: nothing. Whatever was found of it alone is found of it in a
presentation too, whichever form and proof it has.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import wallet_server
from tests.conformance.run import Here
from verifier import Circumstances, verify
from verifier.report import Report
from wallet_server import wire
from wallet_server.documents import DocumentsFolder
from wallet_server.own_keys import OwnKey
from wallet_server.presenting.choosing import CannotPresent, presentable
from wallet_server.presenting.requests import Asked
from wallet_server.presenting.signing import present
from wallet_server.store.wallet import Kept

CASES = Path(wallet_server.__file__).parent / "selftest"
KEY = OwnKey(Ed25519PrivateKey.from_private_bytes(b"7" * 32))
NOW = datetime(2026, 6, 1, tzinfo=UTC)
ASKED = Asked("spring-tide-41", "careers.example")


async def judged(case: str, source: bytes, *, asked: bool = False) -> Report:
    return await verify(
        source,
        fetcher=DocumentsFolder(CASES / case / "documents", now=NOW),
        workers=Here(),
        circumstances=Circumstances(
            now=NOW,
            challenge=ASKED.challenge if asked else None,
            domain=ASKED.domain if asked else None,
        ),
    )


async def presented(case: str) -> tuple[Report, bytes]:
    """What is found of a case alone, and a presentation of it."""
    described = json.loads((CASES / case / "case.json").read_text("utf-8"))
    source = (CASES / case / described["input"]).read_bytes()
    alone = await judged(case, source)
    kept = Kept("1", 1, source, "", "", wire.report_object(alone), "", "")
    chosen = await presentable(kept, Here())
    return alone, await present([chosen], ASKED, KEY, Here(), NOW)


@pytest.mark.anyio
@pytest.mark.parametrize(
    "case",
    [
        "signed-by-the-issuer",
        "signed-and-baked-into-a-png",
        "signed-with-ed25519-signature-2020",
        "signed-with-eddsa-jcs-2022-by-a-key-of-ed25519",
        "signed-as-a-jwt-with-es256",
        "signed-as-a-jwt-of-2019-with-rs256",
        "disclosed-with-ecdsa-sd-2023",
        "two-good-proofs-in-a-chain",
        "a-badge-in-an-envelope",
        "a-record-with-a-badge-that-is-revoked",
        "a-blockcert-3-in-the-bitcoin-ledger",
        "revoked-in-a-bitstring-list",
    ],
)
async def test_a_credential_is_the_same_in_a_presentation(case: str) -> None:
    alone, presentation = await presented(case)
    whole = await judged(case, presentation, asked=True)
    assert whole.checks[0].detail["holder_proven"] is True
    (within,) = whole.bundle
    said = [[(check.outcome, check.code) for check in one.checks] for one in (alone, within)]
    assert said[0] == said[1]
    assert [one.verdict for one in alone.bundle] == [one.verdict for one in within.bundle]


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("case", "says"),
    [
        ("a-vocabulary-of-its-own", "brings a vocabulary of its own"),
        ("an-sd-jwt-all-of-it-shown", "in a form of its own"),
        ("a-badge-in-an-sd-jwt", "in a form of its own"),
        ("nothing-signs-it", "Nothing signs it"),
        ("a-qr-code-of-an-address", "only leads to an address"),
        ("signed-as-a-jws", "not made to be presented"),
    ],
)
async def test_what_can_not_be_presented_says_why(case: str, says: str) -> None:
    with pytest.raises(CannotPresent, match=says):
        await presented(case)
