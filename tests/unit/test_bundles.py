"""Credentials within credentials: how far they are looked at, and what the whole says of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache

import anyio
import pytest

from tests.conformance.run import Here
from tests.made.cases_bundles import CHALLENGE, held, presentation, record
from tests.made.cases_genuine import good
from tests.made.signing import CREDENTIALS_2, JsonDocument, did_key, signed
from verifier import verify
from verifier.bundles import DEPTH, ENDORSEMENTS, LOOKUPS, ROOM
from verifier.gather import LIMIT
from verifier.model import Document, Request
from verifier.ports import Circumstances
from verifier.report import Report

NOW = datetime(2026, 1, 1, tzinfo=UTC)


class Counting:
    """A web in which nothing is there, and every look-up is remembered."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def fetch(self, request: Request) -> Document:
        self.asked.append(request.url)
        return Document(request.url, NOW, error="timeout")


async def judged(
    document: JsonDocument, web: Counting | None = None, challenge: str | None = None
) -> Report:
    return await verify(
        json.dumps(document).encode(),
        fetcher=web or Counting(),
        workers=Here(),
        circumstances=Circumstances(now=NOW, challenge=challenge),
    )


def plain(**more: object) -> JsonDocument:
    """A badge that has no status to be fetched, by a key that is its own name."""
    made = good(issuer=_profile(), **more)
    del made["credentialStatus"]
    return signed(made, "loner")


@cache
def _minted() -> str:
    return json.dumps(plain())


def _profile() -> JsonDocument:
    return {"id": did_key("loner"), "type": ["Profile"], "name": "Loner"}


def badge() -> JsonDocument:
    made: JsonDocument = json.loads(_minted())
    return made


def _unsigned(number: int, issuer: str = "did:example:x") -> JsonDocument:
    return {
        "@context": [CREDENTIALS_2],
        "id": f"urn:example:{number}",
        "type": ["VerifiableCredential"],
        "issuer": issuer,
        "credentialSubject": {"id": "urn:example:s"},
    }


def _signed_away(number: int) -> JsonDocument:
    """By a key that has to be fetched."""
    home = f"did:web:issuer-{number}.example"
    return signed(_unsigned(number, home), "loner", f"{home}#key-1")


@pytest.mark.anyio
async def test_records_in_records_end_at_a_depth() -> None:
    nested = badge()
    for _ in range(DEPTH + 2):
        nested = record(nested)
    report = await judged(nested)
    depths = 0
    while report.bundle:
        (report,) = report.bundle
        depths += 1
    assert depths == DEPTH
    assert report.checks[0].code == "key_unreachable"
    assert [one["code"] for one in report.checks[0].detail["also"]] == ["too_costly"]


@pytest.mark.anyio
async def test_more_credentials_than_are_looked_at_leave_the_whole_unknown() -> None:
    inner = [_unsigned(number) for number in range(ROOM + 20)]
    report = await judged(held(presentation(*inner)))
    assert len(report.bundle) == ROOM
    assert (report.verdict, report.checks[0].code) == ("unknown", "too_costly")
    assert report.checks[0].detail["reason"] == "bundle.size"
    assert report.headline.endswith(f"{ROOM} could not be checked.")


@pytest.mark.anyio
async def test_endorsements_beyond_those_looked_at_are_counted_and_harm_nothing() -> None:
    praise = [_unsigned(number) for number in range(60)]
    report = await judged(plain(endorsement=praise))
    assert report.verdict == "unvouched"
    assert len(report.endorsements) == ENDORSEMENTS
    assert report.checks[0].detail["endorsements_not_looked_at"] == 60 - ENDORSEMENTS


@pytest.mark.anyio
async def test_endorsements_share_the_look_ups_of_what_they_endorse() -> None:
    praise = [_signed_away(number) for number in range(20)]
    web = Counting()
    report = await judged(plain(endorsement=praise), web)
    assert len(report.endorsements) == 20
    assert len(web.asked) == LIMIT


@pytest.mark.anyio
async def test_what_breaks_one_look_ends_those_beside_it() -> None:
    """Nothing may go on fetching for a verification that is over."""
    ended: list[str] = []

    class Breaking:
        async def fetch(self, request: Request) -> Document:
            if "issuer-0." in request.url:
                for _ in range(3):  # by then the others have begun
                    await anyio.sleep(0)
                raise RuntimeError("a fault of ours")
            try:
                await anyio.sleep_forever()
            finally:
                ended.append(request.url)
            return Document(request.url, NOW, error="timeout")

    document = held(presentation(*(_signed_away(number) for number in range(3))))
    with pytest.raises(RuntimeError):
        await verify(
            json.dumps(document).encode(),
            fetcher=Breaking(),
            workers=Here(),
            circumstances=Circumstances(now=NOW),
        )
    await anyio.sleep(0)
    assert len(ended) == 2


@pytest.mark.anyio
async def test_all_of_a_presentation_asks_so_often_and_never_twice() -> None:
    inner = [_signed_away(number % 80) for number in range(90)]
    web = Counting()
    await judged(held(presentation(*inner)), web)
    assert len(web.asked) == len(set(web.asked)) == LOOKUPS


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("subject", "challenge", "code", "presenter"),
    [
        (did_key("holder"), CHALLENGE, "did_match", "recipient"),
        (did_key("stranger"), CHALLENGE, "not_asked", "another"),
        ("https://portfolio.example/mira", CHALLENGE, "not_asked", "not_named"),
        (did_key("holder"), None, "not_asked", None),
    ],
)
async def test_who_answers_the_challenge_is_held_against_whom_it_is_about(
    subject: str, challenge: str | None, code: str, presenter: str | None
) -> None:
    about = {**good()["credentialSubject"], "id": subject}
    inner = plain(credentialSubject=about)
    shown = held(presentation(inner), challenge=CHALLENGE)
    report = await judged(shown, challenge=challenge)
    assert report.checks[0].detail["holder_proven"] is (challenge is not None)
    assert report.bundle[0].checks[3].code == code
    assert report.bundle[0].checks[3].detail.get("presenter") == presenter
    assert report.bundle[0].verdict == "unvouched"


@pytest.mark.anyio
async def test_who_presents_what_is_not_genuine_is_proven_to_hold_it_all_the_same() -> None:
    inner = {**plain(), "validFrom": "2024-03-14T09:00:00Z"}
    report = await judged(held(presentation(inner), challenge=CHALLENGE), challenge=CHALLENGE)
    assert (report.verdict, report.checks[0].detail["holder_proven"]) == ("invalid", True)
    other = await judged(held(presentation(inner), challenge="another"), challenge=CHALLENGE)
    assert "holder_proven" not in other.checks[0].detail


@pytest.mark.anyio
async def test_equal_copies_are_one_and_what_is_no_credential_breaks_the_whole() -> None:
    report = await judged(held(presentation(badge(), badge())))
    assert len(report.bundle) == 1
    left_open = "Of those that hold, 1 is by an issuer nobody vouches for."
    assert report.headline.endswith(f" 1 holds. {left_open}")
    broken = await judged(held(presentation(badge(), {"id": "urn:example:nothing"})))
    assert broken.verdict == "invalid"
    assert [one["code"] for one in broken.checks[0].detail["also"]] == ["structure"]


@pytest.mark.anyio
async def test_a_record_is_for_none_of_the_achievements_it_lists() -> None:
    report = await judged(record(badge()))
    assert report.credential.name == "Record of the first year"
    assert report.credential.kind == "record"
