"""Cases for the question `current`: is it in force now?"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from tests.made.assertions import assertion, hosted
from tests.made.cases_genuine import COLLEGE_WEB, NAME, college, good
from tests.made.credentials import (
    OPEN_BADGES,
    REVOCATION_LIST_2020,
    badge_2020,
    by,
    entry,
    entry_2021,
    list_url,
    published,
    status_list,
    status_list_2020,
    status_list_2021,
)
from tests.made.expected import comes_out
from tests.made.folder import Answer, Case, Web, answered, as_json
from tests.made.issuers import MEADOW, RIVERSIDE, gone
from tests.made.signing import CREDENTIALS_2, JsonDocument, signed, signed_2020

INDEX = 4242
LIST = list_url(RIVERSIDE)
CONTEXTS = (CREDENTIALS_2, OPEN_BADGES)
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
UNDEFINED_TERMS = "https://www.w3.org/ns/credentials/undefined-terms/v2"
EDTECH_LIST = f"{RIVERSIDE.home}/status/revoked-credentials"


def cases() -> Iterator[Case]:
    """Every case of this question."""
    yield from _dates()
    yield from _lists()
    yield from _messages()
    yield from _unusable_lists()
    yield from _hosted()


def with_list(name: str, answer: Answer, verdict: str, code: str) -> Case:
    """A good badge, whose status list's address answers with `answer`."""
    source = as_json(by(RIVERSIDE, good()))
    return Case(name, source, comes_out(verdict, current=code), {**COLLEGE_WEB, LIST: answer})


def _dates() -> Iterator[Case]:
    plain = {"credentialStatus": None}

    def dated(name: str, verdict: str, code: str, at: str | None = None, **dates: str) -> Case:
        unsigned = {k: v for k, v in good(**plain, **dates).items() if v is not None}
        expect = comes_out(verdict, current=code)
        return Case(name, as_json(by(RIVERSIDE, unsigned)), expect, COLLEGE_WEB, at=at)

    yield dated(
        "it-ends-and-has-not-yet", "verified", "in_force", validUntil="2099-01-01T00:00:00Z"
    )
    yield dated("it-has-expired", "expired", "expired", validUntil="2025-06-01T00:00:00Z")
    start = "2099-01-01T00:00:00Z"
    yield dated("it-has-not-begun", "not_yet_valid", "not_yet_valid", validFrom=start)
    yield dated("it-never-ends-and-nobody-can-take-it-back", "verified", "no_status")
    day = "2027-05-01T12:00:00Z"
    yield dated(
        "four-minutes-early", "verified", "no_status", "2027-05-01T11:56:00Z", validFrom=day
    )
    yield dated(
        "six-minutes-early", "not_yet_valid", "not_yet_valid", "2027-05-01T11:54:00Z", validFrom=day
    )
    yield dated("four-minutes-late", "verified", "in_force", "2027-05-01T12:04:00Z", validUntil=day)
    yield dated("six-minutes-late", "expired", "expired", "2027-05-01T12:06:00Z", validUntil=day)


def _lists() -> Iterator[Case]:
    marked = _published([INDEX])
    source = as_json(by(RIVERSIDE, good()))
    yield Case(
        "revoked-in-a-bitstring-list", source, comes_out("revoked", current="revoked"), marked
    )
    beside = _published([INDEX - 1, INDEX + 1])
    yield Case("only-its-neighbours-are-revoked", source, comes_out("verified"), beside)
    both = as_json(by(RIVERSIDE, good(validUntil="2025-06-01T00:00:00Z")))
    yield Case("revoked-and-expired", both, comes_out("revoked", current="revoked"), marked)
    suspended = good(credentialStatus=entry(RIVERSIDE, INDEX, "suspension"))
    yield Case(
        "suspended",
        as_json(by(RIVERSIDE, suspended)),
        comes_out("suspended", current="suspended"),
        {**COLLEGE_WEB, **published(RIVERSIDE, [INDEX], "suspension")},
    )
    two = good(credentialStatus=[entry(RIVERSIDE), entry(RIVERSIDE, INDEX, "suspension")])
    yield Case(
        "two-lists-and-the-worse-one-counts",
        as_json(by(RIVERSIDE, two)),
        comes_out("revoked", current="revoked"),
        {**marked, **published(RIVERSIDE, [INDEX], "suspension")},
    )
    yield from _older_lists()
    other = signed(status_list(RIVERSIDE, [INDEX], issuer=MEADOW.did), MEADOW.domain, MEADOW.method)
    yield Case(
        "a-list-that-another-issuer-signed-at-the-right-address",
        source,
        comes_out("revoked", current="revoked"),
        {**COLLEGE_WEB, **MEADOW.web(), LIST: answered(other)},
    )


def _older_lists() -> Iterator[Case]:
    unsigned = badge_2020(RIVERSIDE, NAME, credentialStatus=entry_2021(RIVERSIDE))
    source = as_json(signed_2020(unsigned, RIVERSIDE.domain, RIVERSIDE.method))
    for name, marked, verdict, code in (
        ("clear-in-a-status-list-2021", [INDEX + 1], "verified", "no_expiry"),
        ("revoked-in-a-status-list-2021", [INDEX], "revoked", "revoked"),
    ):
        made = signed_2020(status_list_2021(RIVERSIDE, marked), RIVERSIDE.domain, RIVERSIDE.method)
        web = {**COLLEGE_WEB, LIST: answered(made)}
        yield Case(name, source, comes_out(verdict, current=code), web)
    yield from _lists_2020()
    status = {"id": EDTECH_LIST, "type": "1EdTechRevocationList"}
    document = good(credentialStatus=status, **{"@context": [*CONTEXTS, EXTENSIONS]})
    signed_one = as_json(by(RIVERSIDE, document))
    for name, revoked, verdict, code in (
        ("absent-from-a-1edtech-list", "urn:uuid:0", "verified", "no_expiry"),
        ("revoked-in-a-1edtech-list", document["id"], "revoked", "revoked"),
    ):
        web = {**COLLEGE_WEB, EDTECH_LIST: answered(_edtech_list(revoked))}
        yield Case(name, signed_one, comes_out(verdict, current=code), web)


def _lists_2020() -> Iterator[Case]:
    status = {
        "id": f"{LIST}#{INDEX}",
        "type": "RevocationList2020Status",
        "revocationListIndex": str(INDEX),
        "revocationListCredential": LIST,
    }
    document = badge_2020(RIVERSIDE, NAME, credentialStatus=status)
    document["@context"] = [*document["@context"], REVOCATION_LIST_2020]
    source = as_json(signed_2020(document, RIVERSIDE.domain, RIVERSIDE.method))
    for name, marked, verdict, code in (
        ("clear-in-a-revocation-list-2020", [INDEX + 1], "verified", "no_expiry"),
        ("revoked-in-a-revocation-list-2020", [INDEX], "revoked", "revoked"),
    ):
        made = signed_2020(status_list_2020(RIVERSIDE, marked), RIVERSIDE.domain, RIVERSIDE.method)
        web = {**COLLEGE_WEB, LIST: answered(made)}
        yield Case(name, source, comes_out(verdict, current=code), web)


def _messages() -> Iterator[Case]:
    """Entries of two bits, whose values mean what the issuer says."""
    told = [
        {"status": f"0x{number}", "message": message}
        for number, message in enumerate(("in order", "under review", "on hold", "withdrawn"))
    ]
    more = {"statusSize": 2, "statusMessage": told}
    document = good(credentialStatus=entry(RIVERSIDE, INDEX, "message", **more))
    source = as_json(by(RIVERSIDE, document))
    neighbours = [2 * INDEX - 1, 2 * INDEX + 2]
    for name, marked, verdict, code in (
        ("a-status-message-that-all-is-in-order", neighbours, "verified", "no_expiry"),
        ("a-status-message-of-trouble", [2 * INDEX + 1], "unknown", "status_unsupported"),
    ):
        web = {**COLLEGE_WEB, **published(RIVERSIDE, marked, "message")}
        yield Case(name, source, comes_out(verdict, current=code), web)
    untold = good(credentialStatus=entry(RIVERSIDE, INDEX, "message", statusSize=2))
    yield Case(
        "a-status-message-whose-meaning-is-not-told",
        as_json(by(RIVERSIDE, untold)),
        comes_out("unknown", current="status_unsupported"),
        {**COLLEGE_WEB, **published(RIVERSIDE, (), "message")},
    )
    renewed = good(credentialStatus=entry(RIVERSIDE, INDEX, "refresh"))
    yield Case(
        "a-newer-copy-can-be-had",
        as_json(by(RIVERSIDE, renewed)),
        comes_out("verified", current="no_expiry"),
        {**COLLEGE_WEB, **published(RIVERSIDE, [INDEX], "refresh")},
    )


def _kept_lists() -> Iterator[Case]:
    """What was read an hour ago counts; after a day only its date is told (STA-09)."""
    source = as_json(by(RIVERSIDE, good()))
    listed = published(RIVERSIDE)[LIST]
    for name, at, verdict, code in (
        ("a-list-kept-for-an-hour", "2026-03-02T11:00:00Z", "verified", "no_expiry"),
        ("a-list-kept-for-longer-than-a-day", "2026-03-01T11:00:00Z", "unknown", "stale"),
        ("a-list-kept-for-a-month", "2026-01-30T12:00:00Z", "unknown", "stale"),
    ):
        web = {**COLLEGE_WEB, LIST: replace(listed, at=at)}
        expect = comes_out(verdict, current=code)
        yield Case(name, source, expect, web, at="2026-03-02T12:00:00Z", kept=True)


def _unusable_lists() -> Iterator[Case]:
    yield with_list(
        "the-list-does-not-answer", Answer(error="timeout"), "unknown", "status_unreachable"
    )
    yield from _kept_lists()
    yield with_list("the-list-is-gone", Answer(None, status=404), "unknown", "status_unreachable")
    forged: dict[str, JsonDocument] = {
        "a-list-that-nobody-signed": status_list(RIVERSIDE),
        "a-list-that-was-altered": _altered_list(),
        "a-list-that-has-expired": _signed_list(validUntil="2025-02-01T00:00:00Z"),
        "a-list-for-another-purpose": by(
            RIVERSIDE, {**status_list(RIVERSIDE, (), "suspension"), "id": LIST}
        ),
        "a-list-signed-by-a-stranger": signed(status_list(RIVERSIDE), "stranger"),
    }
    for name, document in forged.items():
        yield with_list(name, answered(document), "unknown", "status_forged")
    unknown = {"id": f"{LIST}#4242", "type": "CandlelightStatus2031"}
    contexts = {"@context": [*CONTEXTS, UNDEFINED_TERMS]}
    unsupported = by(RIVERSIDE, good(credentialStatus=unknown, **contexts))
    yield college(
        "a-status-of-a-kind-we-cannot-read", unsupported, "unknown", current="status_unsupported"
    )
    beyond = by(RIVERSIDE, good(credentialStatus=entry(RIVERSIDE, 131_072)))
    yield college("a-place-beyond-the-list", beyond, "unknown", current="status_unsupported")


def _hosted() -> Iterator[Case]:
    def case(name: str, made: JsonDocument, verdict: str, code: str) -> Case:
        expect = comes_out(verdict, genuine="hosted", current=code)
        return Case(name, made["id"], expect, hosted(made, "Chart Reading"))

    made = assertion("Chart Reading")
    ends = {**made, "expires": "2099-01-01T00:00:00Z"}
    yield case("a-hosted-badge-that-ends-and-has-not-yet", ends, "verified", "in_force")
    over = {**made, "expires": "2025-01-01T00:00:00Z"}
    yield case("a-hosted-badge-that-has-expired", over, "expired", "expired")
    taken = {**made, "revoked": True, "revocationReason": "Issued in error"}
    yield case("a-hosted-badge-that-was-revoked", taken, "revoked", "revoked")
    web = {**hosted(made, "Chart Reading"), made["id"]: gone(as_json({"revoked": True}))}
    yield Case(
        "a-hosted-badge-that-is-gone",
        as_json(made),
        comes_out("revoked", genuine="hosted", current="revoked"),
        web,
    )


def _published(marked: list[int]) -> Web:
    return {**COLLEGE_WEB, **published(RIVERSIDE, marked)}


def _signed_list(**more: str) -> JsonDocument:
    return by(RIVERSIDE, status_list(RIVERSIDE, (), "revocation", **more))


def _altered_list() -> JsonDocument:
    """The signature of a list in which this badge is revoked, over one in which it is not."""
    revoking = by(RIVERSIDE, status_list(RIVERSIDE, [INDEX]))
    return {**status_list(RIVERSIDE), "proof": revoking["proof"]}


def _edtech_list(revoked: str) -> JsonDocument:
    return {
        "id": EDTECH_LIST,
        "issuer": RIVERSIDE.did,
        "revokedCredential": [
            {"id": revoked, "revoked": True, "revocationReason": "Issued in error"}
        ],
    }
