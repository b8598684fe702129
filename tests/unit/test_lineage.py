"""The rules by which two credentials are one award, on what they might say; and which one leads."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from msgspec.structs import replace

from verifier.model import Identity
from verifier.providers import known_as
from verifier.report import Assurance, Verdict
from wallet_server.lineage.facts import Facts, as_object, binding, from_object, keys
from wallet_server.lineage.leading import Form, leading
from wallet_server.lineage.same import AGAINST, SAYS, contradictions, established, likely

DAY = datetime(2025, 5, 2, 10, tzinfo=UTC)
HERS, HIS = Identity("email", "mira@example.org"), Identity("email", "jonas@example.org")
#: What a college's own signature proves of a badge.
SIGNED = Facts(
    proven=True,
    standard="OB 3.0",
    id="urn:uuid:1",
    issuers=("did:web:college.example", "https://college.example/issuer"),
    issuer="college",
    achievement="https://college.example/badges/weaving",
    title="weaving",
    people=(HERS,),
    names=("Mira Solano",),
    issued=DAY,
)
#: What the college's host says of the same award.
HOSTED = replace(
    SIGNED,
    standard="OB 2",
    place="https://college.example/awards/1",
    told="https://college.example/awards/1",
    id="https://college.example/awards/1",
    issuers=("https://college.example/issuer",),
)
#: What somebody else's signature proves who repeats all of it.
STRANGER = replace(SIGNED, issuers=("did:key:z6Mk",))
#: What nothing proves.
TOLD = replace(SIGNED, proven=False)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (SIGNED, SIGNED, "id"),
        (SIGNED, replace(SIGNED, issued=DAY + timedelta(days=700)), "id"),
        (SIGNED, HOSTED, "achievement"),
        (SIGNED, replace(HOSTED, issued=DAY - timedelta(hours=20)), "achievement"),
        (SIGNED, replace(HOSTED, people=(Identity("email", "Mira@EXAMPLE.org"),)), "achievement"),
        (HOSTED, replace(HOSTED, title="renamed", names=("M. Solano",), issued=None), "address"),
        (HOSTED, Facts(place=HOSTED.place, told=HOSTED.told), "address"),
        (SIGNED, replace(SIGNED, id="urn:uuid:2"), None),
        (SIGNED, replace(SIGNED, people=(HIS,), names=()), None),
        (SIGNED, replace(SIGNED, names=("Jonas Feld",), people=()), None),
        (SIGNED, replace(SIGNED, title="welding", achievement="https://college.example/b"), None),
        (SIGNED, replace(HOSTED, issued=DAY + timedelta(days=2)), None),
        (SIGNED, replace(HOSTED, issued=None), None),
        (SIGNED, replace(HOSTED, people=(HIS,), names=()), None),
        (SIGNED, replace(HOSTED, people=()), None),
        (SIGNED, replace(HOSTED, people=(Identity("email", "m@x.org"),)), None),
        (SIGNED, replace(HOSTED, achievement=None), None),
        (replace(SIGNED, achievement=None), replace(HOSTED, achievement=None), None),
        (SIGNED, STRANGER, None),
        (HOSTED, replace(STRANGER, told=HOSTED.told, id=HOSTED.id), None),
        (SIGNED, TOLD, None),
        (HOSTED, replace(TOLD, told=HOSTED.told, id=HOSTED.id), None),
        (TOLD, TOLD, None),
        (Facts(), Facts(), None),
        (Facts(proven=True), Facts(proven=True), None),
        (replace(SIGNED, issuers=()), replace(SIGNED, issuers=()), None),
        (replace(SIGNED, id=None), replace(SIGNED, id=None), None),
    ],
)
def test_what_establishes_that_two_are_one_award(one: Facts, other: Facts, why: str | None) -> None:
    assert established(one, other) == established(other, one) == why
    if why is not None:
        assert SAYS[why]
        assert binding(one) & binding(other), "it would not be found"


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (SIGNED, TOLD, "title"),
        (SIGNED, replace(SIGNED, title="welding", achievement=None), "same_id"),
        (HOSTED, replace(TOLD, told=HOSTED.told, title="anything"), "named_address"),
        (SIGNED, replace(SIGNED, id="urn:uuid:2"), "title"),
        (SIGNED, replace(HOSTED, people=()), "title"),
        (SIGNED, STRANGER, "claims"),
        (
            replace(HOSTED, picture="credly picture 1"),
            Facts(told="https://images.example/1", picture="credly picture 1"),
            "picture",
        ),
        (SIGNED, replace(STRANGER, people=(Identity("email", "sha256$" + "0" * 64),)), None),
        (SIGNED, replace(STRANGER, issued=None), None),
        (SIGNED, replace(STRANGER, issuer="another"), None),
        (SIGNED, replace(STRANGER, title="another"), None),
        (SIGNED, replace(TOLD, issuer="another", issuers=()), None),
        (SIGNED, replace(TOLD, title="another"), None),
        (SIGNED, replace(TOLD, people=(HIS,), names=("Jonas Feld",)), None),
        (SIGNED, replace(TOLD, issued=DAY + timedelta(days=30)), None),
        (replace(SIGNED, picture="p"), replace(SIGNED, picture="p", title="b", id="2"), None),
        (Facts(), Facts(), None),
    ],
)
def test_what_only_suggests_it(one: Facts, other: Facts, why: str | None) -> None:
    assert established(one, other) is None
    assert likely(one, other) == likely(other, one) == why
    if why is not None:
        assert SAYS[why]
        assert keys(one) & keys(other), "it would not be found"


def test_what_speaks_against_it_is_said() -> None:
    one = replace(HOSTED, place="credly award 01b2c3d4-0000-4000-8000-000000000001")
    other = replace(
        HOSTED,
        place="credly award 01b2c3d4-0000-4000-8000-000000000002",
        people=(HIS,),
        names=(),
        issued=DAY + timedelta(days=9),
        title="welding",
        achievement="https://college.example/badges/welding",
    )
    assert set(contradictions(one, other)) == set(AGAINST)


def test_hashes_are_the_same_person_only_if_they_are_the_same_or_the_owners() -> None:
    hashed = "sha256$d6eae76fb3f65a4a6f3a6fe3e3d1b6b6e4d7a4b8ce7d5a4bb7bb51a29dbd7cbd"
    one = replace(SIGNED, people=(Identity("email", hashed, hashed=True, salt="a"),))
    other = replace(HOSTED, people=(Identity("email", hashed.upper(), hashed=True, salt="a"),))
    assert established(one, other) == "achievement"
    salted = replace(HOSTED, people=(Identity("email", hashed, hashed=True, salt="b"),))
    assert established(one, salted) is None
    assert established(one, salted, [HERS]) is None
    assert established(SIGNED, replace(HOSTED, people=(HERS,)), [HIS]) == "achievement"


def test_facts_are_kept_as_they_are() -> None:
    for facts in (SIGNED, HOSTED, TOLD, Facts()):
        assert from_object(as_object(facts)) == facts


@pytest.mark.parametrize(
    ("urls", "same"),
    [
        (
            (
                "https://www.credly.com/badges/01B2C3D4-0000-4000-8000-000000000001/public_url",
                "https://api.credly.com/v1/obi/v2/badge_assertions/01b2c3d4-0000-4000-8000-000000000001",
                "https://www.credly.com/api/v1/obi/v3/open_badge_credentials/01b2c3d4-0000-4000-8000-000000000001",
                "https://www.youracclaim.com/badges/01b2c3d4-0000-4000-8000-000000000001",
            ),
            True,
        ),
        (
            (
                "https://api.badgr.io/public/assertions/Ma1deUp2Awa3rd4Iden5ti?v=2_0",
                "https://badges.parchment.com/public/assertions/Ma1deUp2Awa3rd4Iden5ti",
            ),
            True,
        ),
        (
            (
                "https://a.example/badges/badge.php?hash=" + "0a" * 20,
                "https://a.example/badges/assertion.php?obversion=2&b=" + "0a" * 20,
            ),
            True,
        ),
        (
            (
                "https://a.example/badges/badge.php?hash=" + "0a" * 20,
                "https://evil.example/badges/badge.php?hash=" + "0a" * 20,
            ),
            False,
        ),
        (
            (
                "https://learn.microsoft.com/users/mira/credentials/certification/azure",
                "https://learn.microsoft.com/users/jonas/credentials/certification/azure",
            ),
            False,
        ),
        (
            ("https://www.credential.net/12345678", "https://eu.credential.net/12345678"),
            False,
        ),
        (
            (
                "https://www.credly.com/badges/01b2c3d4-0000-4000-8000-000000000001",
                "https://www.credly.com.evil.example/badges/01b2c3d4-0000-4000-8000-000000000001",
            ),
            False,
        ),
    ],
)
def test_a_platforms_addresses_of_one_award_have_one_name(
    urls: tuple[str, ...], same: bool
) -> None:
    names = {known_as(url, "award") for url in urls}
    assert (len(names) == 1) is same
    assert names != {None}


EARLY, LATE = "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"
#: Verdict, assurance and day of forms on one card, the one that leads first.
ORDERS = [
    ("revoked signature 2025", "verified hosted 2025", "unvouched signature 2025"),
    ("suspended hosted 2025", "verified signature 2025"),
    ("verified hosted 2025", "expired signature 2025"),
    ("expired hosted 2025", "verified signature 2025"),
    ("expired signature 2025", "verified signature 2025", "unknown none 2025"),
    ("verified signature 2026", "expired signature 2025", "revoked signature 2025"),
    ("revoked hosted -", "verified signature 2026"),
    ("verified issuer_page -", "holder_unproven signature 2025"),
    ("not_theirs hosted 2025", "verified issuer_page 2025"),
    ("unvouched signature 2024", "unknown hosted 2026", "invalid none 2027"),
    ("unknown none -", "impostor signature 2026", "invalid none 2026"),
]


@pytest.mark.parametrize("order", ORDERS, ids=[" before ".join(one) for one in ORDERS])
def test_which_form_leads(order: tuple[str, ...]) -> None:
    forms = []
    for number, text in enumerate(order):
        verdict, assurance, year = text.split()
        issued = None if year == "-" else f"{year}-05-02T10:00:00Z"
        forms.append(
            Form(
                str(number), Verdict(verdict), Assurance(assurance), issued, "2026-01-01T00:00:00Z"
            )
        )
    for shuffled in permutations(forms):
        assert leading(shuffled).id == "0"


def test_of_two_that_say_the_same_the_one_that_was_there_first_leads() -> None:
    early = Form("b", Verdict.VERIFIED, Assurance.HOSTED, None, EARLY, facts=HOSTED)
    late = Form("a", Verdict.VERIFIED, Assurance.HOSTED, None, LATE, facts=HOSTED)
    assert leading([late, early]) is early
    with pytest.raises(ValueError, match="empty"):
        leading([])


def test_bad_news_of_what_its_owner_put_beside_is_nobody_elses() -> None:
    """Anybody can sign a badge of their own, and take it back, to be put beside somebody's."""
    signature = Assurance.SIGNATURE
    mine = Form("a", Verdict.VERIFIED, signature, None, LATE, vouched=True, facts=SIGNED)
    strange = Form("b", Verdict.REVOKED, signature, "2027", EARLY, facts=STRANGER)
    told = Form("c", Verdict.UNKNOWN, Assurance.NONE, None, EARLY, facts=TOLD)
    unchecked = Form("d", Verdict.UNKNOWN, signature, None, EARLY)
    for forms in permutations((mine, strange, told, unchecked)):
        assert leading(forms) is mine
    unvouched = replace(mine, verdict=Verdict.UNVOUCHED, vouched=False)
    assert leading((unvouched, told, unchecked)) is unvouched
    assert leading((unvouched, strange)) is strange, "the one that was there first"
    waiting = replace(mine, verdict=Verdict.UNKNOWN)
    assert leading((waiting, strange)) is waiting
    gone = Form("e", Verdict.REVOKED, Assurance.HOSTED, None, LATE, facts=HOSTED)
    assert leading((mine, gone, strange)) is gone, "of one award with what is vouched for"
