"""In force: dates, every kind of status list, and which of several findings counts."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.made.credentials import (
    OPEN_BADGES,
    STATUS_LIST_2021,
    badge,
    by,
    entry,
    entry_2021,
    list_url,
    published,
    status_list,
    status_list_2021,
)
from tests.made.folder import Answer, Web, answered
from tests.made.issuers import HARBOUR, RIVERSIDE
from tests.made.signing import CREDENTIALS_2, did_key, signed, signed_2020
from tests.unit.judging import COLLEGE, FITS, NOW, documents, is_current, parsed
from verifier.checks import current
from verifier.model import Credential, Proof, Request, Revocation, Status
from verifier.ports import Circumstances
from verifier.report import CODES, Question

Document = dict[str, Any]
LIST = list_url(RIVERSIDE)
CLEAR: Web = {**COLLEGE, **published(RIVERSIDE)}
EDTECH = "https://riverside-college.example/revoked"
OPEN_BADGE = "https://riverside-college.example/assertions/7"


def college(**members: object) -> Document:
    """A badge of the college, its own proof left out: `current` does not ask for it."""
    return badge(RIVERSIDE, "Field Botany", **members)


def watched(*entries: object) -> Document:
    """A badge with these status entries."""
    return college(credentialStatus=list(entries) or [entry(RIVERSIDE)])


def listed(document: Document, url: str = LIST) -> Web:
    """The web in which the list's address answers with `document`, signed by the college."""
    return {**COLLEGE, url: answered(by(RIVERSIDE, document))}


def code(document: Document, web: Web = CLEAR, **times: Any) -> str:  # noqa: ANN401 as is_current
    """The code of the answer."""
    return is_current(document, web, **times).code


def reason(document: Document, web: Web) -> tuple[str, object]:
    """Code and the reason found in the one list."""
    check = is_current(document, web)
    (of_list,) = check.detail["lists"]
    return check.code, of_list.get("reason")


# --- dates ---


def at(minutes: int) -> str:
    """A moment so many minutes after now."""
    return f"{NOW + timedelta(minutes=minutes):%Y-%m-%dT%H:%M:%SZ}"


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({}, "no_status"),
        ({"validUntil": at(10)}, "in_force"),
        ({"validUntil": at(-4)}, "in_force"),
        ({"validUntil": at(-6)}, "expired"),
        ({"validFrom": at(4)}, "no_status"),
        ({"validFrom": at(6)}, "not_yet_valid"),
        ({"validFrom": at(60), "validUntil": at(-60)}, "not_yet_valid"),
    ],
)
def test_dates_count_with_five_minutes_for_clocks_that_differ(
    dates: dict[str, object], expected: str
) -> None:
    assert code(college(**dates), {}) == expected


def test_of_two_end_dates_the_earlier_counts() -> None:
    document = college(validUntil=at(60), expirationDate=at(-60))
    assert code(document, {}) == "expired"


def test_a_badge_that_nobody_can_take_back_says_so() -> None:
    check = is_current(college(), {})
    assert check.code == "no_status"
    assert "no way to take it back" in check.says
    assert check.detail["as_of"] is None


# --- bitstrings ---


def test_a_clear_list_is_in_force_as_of_when_it_was_read() -> None:
    read_at = NOW - timedelta(hours=3)
    check = is_current(watched(), CLEAR, at=read_at)
    assert check.code == "no_expiry"
    assert check.detail["as_of"] == read_at
    assert code(college(credentialStatus=entry(RIVERSIDE), validUntil=at(10))) == "in_force"


@pytest.mark.parametrize(("marked", "expected"), [([4242], "revoked"), ([4241, 4243], "no_expiry")])
def test_its_own_bit_decides(marked: list[int], expected: str) -> None:
    assert code(watched(), {**COLLEGE, **published(RIVERSIDE, marked)}) == expected


def test_all_entries_count_and_the_worst_decides() -> None:
    suspended = published(RIVERSIDE, [4242], "suspension")
    both = watched(entry(RIVERSIDE), entry(RIVERSIDE, 4242, "suspension"))
    assert code(both, {**CLEAR, **suspended}) == "suspended"
    check = is_current(both, {**COLLEGE, **published(RIVERSIDE, [4242]), **suspended})
    assert check.code == "revoked"
    assert [item["code"] for item in check.detail["also"]] == ["suspended"]
    assert code(both, CLEAR) == "status_unreachable"


def test_revoked_and_expired_is_revoked_and_tells_both() -> None:
    document = college(credentialStatus=entry(RIVERSIDE), validUntil=at(-60))
    check = is_current(document, {**COLLEGE, **published(RIVERSIDE, [4242])})
    assert check.code == "revoked"
    assert [item["code"] for item in check.detail["also"]] == ["expired"]


def test_expired_counts_before_a_list_that_does_not_answer() -> None:
    document = college(credentialStatus=entry(RIVERSIDE), validUntil=at(-60))
    assert code(document, {}) == "expired"


def test_the_older_kind_of_list_is_read_the_same() -> None:
    document = {
        **watched(entry_2021(RIVERSIDE)),
        "@context": [CREDENTIALS_2, OPEN_BADGES, STATUS_LIST_2021],
    }

    def older(*marked: int) -> Web:
        made = status_list_2021(RIVERSIDE, marked)
        return {**COLLEGE, LIST: answered(signed_2020(made, RIVERSIDE.domain, RIVERSIDE.method))}

    assert code(document, older()) == "no_expiry"
    assert code(document, older(4242)) == "revoked"
    assert reason(document, listed(status_list(RIVERSIDE))) == ("status_forged", "list.type")


def test_a_list_by_another_issuer_counts_and_is_named() -> None:
    document = {**status_list(RIVERSIDE), "issuer": did_key("keeper")}
    check = is_current(watched(), {LIST: answered(signed(document, "keeper"))})
    assert check.code == "no_expiry"
    assert check.detail["lists"][0]["issuer"] == did_key("keeper")


def test_a_list_may_have_another_id_than_its_address() -> None:
    assert code(watched(), listed({**status_list(RIVERSIDE), "id": "urn:x:y"})) == "no_expiry"


def altered() -> Web:
    """The signature of a list that revokes, on one that does not."""
    revoking = by(RIVERSIDE, status_list(RIVERSIDE, [4242]))
    return {**COLLEGE, LIST: answered({**status_list(RIVERSIDE), "proof": revoking["proof"]})}


@pytest.mark.parametrize(
    ("web", "expected"),
    [
        ({}, ("status_unreachable", None)),
        ({LIST: Answer(error="timeout")}, ("status_unreachable", None)),
        ({LIST: Answer(b"{}", status=503)}, ("status_unreachable", None)),
        ({LIST: Answer(b"<html>")}, ("status_unreachable", "json.syntax")),
        ({LIST: Answer(b"[]")}, ("status_unreachable", "json.not_object")),
        ({LIST: Answer(b'{"a": 1}')}, ("status_unreachable", "status.list")),
        ({LIST: Answer(b"eyJhIjoxfQ.eyJhIjoxfQ.x")}, ("status_unreachable", "status.list")),
        ({LIST: answered(status_list(RIVERSIDE))}, ("status_forged", "list.unsigned")),
        (altered(), ("status_forged", "list.bad_signature")),
        (
            {**COLLEGE, LIST: answered(signed(status_list(RIVERSIDE), "stranger"))},
            ("status_forged", "list.key_not_issuers"),
        ),
        (
            {LIST: answered(by(RIVERSIDE, status_list(RIVERSIDE)))},
            ("status_unreachable", "list.key_unreachable"),
        ),
        (
            {LIST: answered(signed({**status_list(RIVERSIDE), "issuer": "urn:x:y"}, "stranger"))},
            ("status_forged", "list.issuer_unproven"),
        ),
        (
            {LIST: answered({**status_list(RIVERSIDE), "proof": {"type": "SomeProof"}})},
            ("status_unsupported", "list.unsupported_proof"),
        ),
        (
            listed(status_list(RIVERSIDE, (), validUntil=at(-10))),
            ("status_forged", "list.expired"),
        ),
        (
            listed(status_list(RIVERSIDE, (), validFrom=at(10))),
            ("status_forged", "list.not_yet_valid"),
        ),
        (
            listed(status_list(RIVERSIDE, (), type=["VerifiableCredential"])),
            ("status_forged", "list.type"),
        ),
        (listed(status_list(RIVERSIDE, (), "suspension")), ("status_forged", "list.purpose")),
    ],
)
def test_a_list_that_can_not_be_believed_never_clears(
    web: Web, expected: tuple[str, str | None]
) -> None:
    assert reason(watched(), web) == expected


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"statusListIndex": "007"}, "status.range"),
        ({"statusListIndex": "131072"}, "status.range"),
        ({"statusListIndex": None}, "status.range"),
        ({"statusSize": 2}, "status.size"),
    ],
)
def test_an_entry_that_points_nowhere_never_clears(
    members: dict[str, object], expected: str
) -> None:
    document = watched({**entry(RIVERSIDE), **members})
    assert reason(document, CLEAR) == ("status_unsupported", expected)


@pytest.mark.parametrize(
    ("purpose", "expected"), [("message", "status.message"), ("unheard-of", "status.purpose")]
)
def test_a_purpose_we_can_not_weigh_never_clears(purpose: str, expected: str) -> None:
    document = watched(entry(RIVERSIDE, 7, purpose))
    web = {**COLLEGE, **published(RIVERSIDE, (), purpose)}
    assert reason(document, web) == ("status_unsupported", expected)


@pytest.mark.parametrize("purpose", [None, 7, ["revocation"], {}])
def test_a_purpose_that_is_no_word_never_clears(purpose: object) -> None:
    document = watched({**entry(RIVERSIDE), "statusPurpose": purpose})
    assert reason(document, CLEAR) == ("status_forged", "list.purpose")


@pytest.mark.parametrize("marked", [[], [7]])
def test_a_newer_copy_takes_nothing_back(marked: list[int]) -> None:
    document = watched(entry(RIVERSIDE, 7, "refresh"))
    check = is_current(document, {**COLLEGE, **published(RIVERSIDE, marked, "refresh")})
    assert check.code == "no_expiry"
    assert ("note" in check.detail["lists"][0]) == bool(marked)


@pytest.mark.parametrize(
    "status",
    [
        {"type": "SomeStatus", "id": "https://a.example/1"},
        {"type": "BitstringStatusListEntry"},
        {**entry(RIVERSIDE), "statusListCredential": "urn:x:y"},
        {**entry(RIVERSIDE), "statusListCredential": 7},
        {"id": "https://a.example/1"},
        {"type": "1EdTechRevocationList"},
        {"type": 7},
    ],
)
def test_a_status_that_we_can_not_look_up_never_clears(status: Document) -> None:
    assert code(watched(status)) == "status_unsupported"


def test_the_list_and_its_signers_keys_are_asked_for() -> None:
    credential = parsed(watched())
    assert list(current.needs(credential, {})) == [Request(LIST)]
    held = documents({LIST: CLEAR[LIST]})
    assert Request(RIVERSIDE.did_url) in set(current.needs(credential, held))
    broken = documents({LIST: Answer(b"<html>")})
    assert list(current.needs(credential, broken)) == [Request(LIST)]


# --- time to live ---


@pytest.mark.parametrize(
    ("hours", "ttl", "from_cache", "expected"),
    [
        (23, None, True, "no_expiry"),
        (25, None, True, "stale"),
        (25, None, False, "no_expiry"),
        (2, 3_600_000, True, "stale"),
        (0.5, 3_600_000, True, "no_expiry"),
        (25, 10**15, True, "stale"),
        (2, "soon", True, "no_expiry"),
    ],
)
def test_a_kept_answer_counts_until_its_time_is_over(
    hours: float, ttl: object, from_cache: bool, expected: str
) -> None:
    document = status_list(RIVERSIDE)
    if ttl is not None:
        document["credentialSubject"]["ttl"] = ttl
    web = listed(document)
    read_at = NOW - timedelta(hours=hours)
    check = is_current(watched(), web, at=read_at, from_cache=from_cache)
    assert check.code == expected
    assert (expected == "stale") == (f"{read_at:%Y}" in check.says and "could not" in check.says)


def test_a_kept_list_that_revokes_revokes_for_good() -> None:
    web = {**COLLEGE, **published(RIVERSIDE, [4242])}
    assert code(watched(), web, at=NOW - timedelta(days=9), from_cache=True) == "revoked"


# --- lists of ids ---


def edtech(**members: object) -> Web:
    """The college's list in the form of 1EdTech."""
    return {EDTECH: answered({"id": EDTECH, "issuer": RIVERSIDE.did, **members})}


def test_a_list_of_1edtech_is_read() -> None:
    document = watched({"id": EDTECH, "type": "1EdTechRevocationList"})
    told = {"id": document["id"], "revoked": True, "revocationReason": "Issued in error"}
    assert code(document, edtech(revokedCredentials=[])) == "no_expiry"
    check = is_current(document, edtech(revokedCredentials=[told]))
    assert check.code == "revoked"
    assert "“Issued in error”" in check.says
    assert reason(document, {EDTECH: Answer(b"<html>")}) == ("status_unreachable", "json.syntax")
    assert reason(document, {EDTECH: answered({})}) == ("status_unreachable", "status.list")
    del document["id"]
    assert code(document, edtech(revokedCredentials=[told])) == "status_unsupported"


def assertion(hosted: bool, **options: object) -> Credential:
    """An Open Badges 2.0 assertion whose issuer keeps a list."""
    told = {"url": EDTECH, "id": OPEN_BADGE, "uid": None, "hosted": hosted, **options}
    return Credential(
        standard="OB 2.0",
        container="url",
        content=b"{}",
        document={},
        url=OPEN_BADGE,
        id=OPEN_BADGE,
        proofs=(Proof("hosted" if hosted else "unsupported", "HostedBadge"),),
        statuses=(Status("OB2RevocationList", told),),
    )


SERVED: Web = {OPEN_BADGE: Answer(b"{}")}


@pytest.mark.parametrize(
    ("hosted", "web", "expected"),
    [
        (True, {**SERVED, EDTECH: answered({"revokedAssertions": []})}, "no_expiry"),
        (True, {**SERVED, EDTECH: answered({"revokedAssertions": [OPEN_BADGE]})}, "revoked"),
        (True, SERVED, "no_expiry"),
        (True, {**SERVED, EDTECH: Answer(b"<html>")}, "no_expiry"),
        (True, {}, "status_unreachable"),
        (False, {EDTECH: answered({"revokedAssertions": []})}, "no_expiry"),
        (False, {EDTECH: answered({"revokedAssertions": [{"id": OPEN_BADGE}]})}, "revoked"),
        (False, {EDTECH: Answer(b"<html>")}, "status_unreachable"),
        (False, {}, "status_unreachable"),
    ],
)
def test_an_assertions_own_address_and_its_issuers_list_count(
    hosted: bool, web: Web, expected: str
) -> None:
    check = current.check(assertion(hosted), documents(web), Circumstances(NOW), FITS)
    assert check.code == expected


def test_a_list_that_belongs_to_another_issuer_clears_nothing() -> None:
    web = {EDTECH: answered({"issuer": HARBOUR.did, "revokedAssertions": []})}
    check = current.check(assertion(hosted=False), documents(web), Circumstances(NOW), FITS)
    assert check.code == "status_forged"


def test_a_badge_that_its_own_address_took_back_is_revoked() -> None:
    taken = Revocation("Issued in error", OPEN_BADGE)
    credential = Credential(
        standard="OB 2.0",
        container="url",
        content=b"{}",
        document={},
        url=OPEN_BADGE,
        expires=datetime(2020, 1, 1, tzinfo=UTC),
        proofs=(Proof("hosted", "HostedBadge"),),
        revocation=taken,
    )
    check = current.check(credential, {}, Circumstances(NOW), FITS)
    assert check.code == "revoked"
    assert "“Issued in error”" in check.says
    assert [item["code"] for item in check.detail["also"]] == ["expired"]


def test_every_answer_that_is_not_good_says_who_can_mend_it() -> None:
    for document in (watched(), college(validUntil=at(-60))):
        check = is_current(document, {})
        assert check.code in CODES[Question.CURRENT]
        assert check.fix
