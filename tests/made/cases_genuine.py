"""Cases for the question `genuine`: did the issuer really say this, unaltered?"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from tests.made import png
from tests.made.assertions import assertion, assertion_url, badge_class, hosted, profile
from tests.made.credentials import badge, badge_2020, by, entry, published
from tests.made.expected import comes_out
from tests.made.folder import Answer, Case, answered, as_json
from tests.made.issuers import HARBOUR, NAMESAKE, RIVERSIDE
from tests.made.signing import (
    JsonDocument,
    did_key,
    signed,
    signed_2020,
)

COLLEGE_WEB = {**RIVERSIDE.web(), **published(RIVERSIDE)}
NAME = "Data Literacy"
NO_STATUS = {"current": "no_status"}


def good(**more: object) -> JsonDocument:
    """A badge with nothing wrong, not yet signed; `more` replaces or adds members."""
    return badge(RIVERSIDE, NAME, **{"credentialStatus": entry(RIVERSIDE), **more})


def college(name: str, document: JsonDocument, verdict: str, **codes: str) -> Case:
    """A case whose input is `document`, with Riverside College's addresses answering."""
    return Case(name, as_json(document), comes_out(verdict, **codes), COLLEGE_WEB)


def cases() -> Iterator[Case]:
    """Every case of this question."""
    yield from _signed()
    yield from _altered()
    yield from _keys()
    yield from _vocabulary()
    yield from _unanswered()
    yield from _hosted()


def _signed() -> Iterator[Case]:
    yield college("signed-by-the-issuer", by(RIVERSIDE, good()), "verified")
    baked = png.picture(png.international(as_json(by(RIVERSIDE, good())), b"openbadgecredential"))
    yield Case("signed-and-baked-into-a-png", baked, comes_out("verified"), COLLEGE_WEB)
    older = signed_2020(badge_2020(RIVERSIDE, NAME), RIVERSIDE.domain, RIVERSIDE.method)
    yield college("signed-with-ed25519-signature-2020", older, "verified", **NO_STATUS)
    own = {"id": did_key("loner"), "type": ["Profile"], "name": "Loner"}
    yield college(
        "signed-by-an-issuer-that-is-its-own-key",
        signed(good(issuer=own), "loner"),
        "unvouched",
        issuer="not_listed",
    )
    both = by(RIVERSIDE, good())
    both["proof"] = [both["proof"], _of_another_suite(both["proof"])]
    yield college("one-good-proof-beside-one-of-an-unknown-suite", both, "verified")


def _altered() -> Iterator[Case]:
    document = by(RIVERSIDE, good())
    changes: dict[str, tuple[tuple[str, ...], str]] = {
        "a-changed-letter-in-the-name": (("name",), "Date Literacy"),
        "a-changed-letter-in-the-achievement": (
            ("credentialSubject", "achievement", "name"),
            "Data Literacy!",
        ),
        "a-later-start": (("validFrom",), "2026-03-14T09:00:00Z"),
        "another-place-in-the-status-list": (("credentialStatus", "statusListIndex"), "4243"),
        "a-changed-date-of-signing": (("proof", "created"), "2025-03-15T09:30:00Z"),
    }
    for name, (path, value) in changes.items():
        yield college(name, _changed(document, path, value), "invalid", genuine="bad_signature")
    two = by(RIVERSIDE, good())
    spoiled = _changed(two, ("proof", "created"), "2025-03-15T09:30:00Z")["proof"]
    two["proof"] = [two["proof"], spoiled]
    yield college("one-good-proof-beside-a-bad-one", two, "invalid", genuine="bad_signature")


def _keys() -> Iterator[Case]:
    stranger = signed(good(), "stranger")
    yield college("signed-by-a-stranger", stranger, "invalid", genuine="key_not_issuers")
    elsewhere = by(NAMESAKE, good())
    yield Case(
        "signed-with-the-key-of-another-domain",
        as_json(elsewhere),
        comes_out("invalid", genuine="key_not_issuers"),
        {**COLLEGE_WEB, **NAMESAKE.web()},
    )
    for_sign_in = signed(good(), RIVERSIDE.domain, RIVERSIDE.method, proofPurpose="authentication")
    yield college("signed-for-another-purpose", for_sign_in, "invalid", genuine="structure")
    lasting = as_json(by(RIVERSIDE, badge(RIVERSIDE, NAME)))
    yield Case(
        "signed-with-a-key-that-may-not-issue",
        lasting,
        comes_out("invalid", genuine="key_not_issuers", **NO_STATUS),
        RIVERSIDE.web(assertionMethod=[], authentication=[RIVERSIDE.method]),
    )
    yield Case(
        "signed-with-a-key-that-is-no-longer-listed",
        as_json(signed(good(), "old", f"{RIVERSIDE.did}#key-0")),
        comes_out("unknown", genuine="key_not_listed"),
        COLLEGE_WEB,
    )
    yield Case(
        "the-key-document-does-not-answer",
        lasting,
        comes_out("unknown", genuine="key_unreachable", **NO_STATUS),
        {RIVERSIDE.did_url: Answer(error="timeout")},
    )
    page = {"id": f"{RIVERSIDE.home}/about", "type": ["Profile"], "name": "Riverside College"}
    yield college(
        "the-issuer-is-an-address-that-no-key-is-tied-to",
        signed(good(issuer=page), "somebody"),
        "unknown",
        genuine="issuer_unproven",
    )


def _vocabulary() -> Iterator[Case]:
    document = by(RIVERSIDE, good())
    document["honours"] = "summa cum laude"
    yield college("a-word-that-no-vocabulary-defines", document, "invalid", genuine="dropped_terms")
    unknown = by(RIVERSIDE, good())
    unknown["@context"] = [*unknown["@context"], "https://words.example/v1"]
    yield college(
        "a-vocabulary-that-is-not-pinned",
        unknown,
        "unknown",
        genuine="context",
    )
    inline = by(RIVERSIDE, good())
    inline["@context"] = [*inline["@context"], {"mood": "https://words.example/mood"}]
    yield college("a-vocabulary-of-its-own", inline, "unknown", genuine="context")
    redefined = by(RIVERSIDE, good())
    swap = {"validFrom": "https://words.example/never"}
    redefined["@context"] = [*redefined["@context"], swap]
    yield college(
        "a-vocabulary-that-gives-a-word-another-meaning", redefined, "invalid", genuine="structure"
    )
    nobody = good()
    del nobody["issuer"]
    yield college("no-issuer", by(RIVERSIDE, nobody), "invalid", genuine="structure")
    yield college(
        "no-achievement",
        by(RIVERSIDE, good(credentialSubject={"type": ["AchievementSubject"]})),
        "invalid",
        genuine="structure",
    )


def _unanswered() -> Iterator[Case]:
    yield college("nothing-signs-it", good(), "unknown", genuine="unsigned")
    other = by(RIVERSIDE, good())
    other["proof"] = _of_another_suite(other["proof"])
    yield college(
        "a-proof-of-an-unknown-suite",
        other,
        "unknown",
        genuine="unsupported_proof",
    )
    yield college(
        "a-graph-made-to-exhaust-the-reader",
        _poisoned(),
        "unknown",
        genuine="too_costly",
        current="status_unreachable",
    )


def _hosted() -> Iterator[Case]:
    made = assertion("Chart Reading")
    web = hosted(made, "Chart Reading")
    right = comes_out("verified", genuine="hosted")
    yield Case("hosted-by-the-issuer", assertion_url("Chart Reading"), right, web)
    yield Case("hosted-and-baked-into-a-png", png.picture(png.plain(as_json(made))), right, web)
    address = made["id"].encode()
    yield Case("its-address-baked-into-a-png", png.picture(png.packed(address)), right, web)
    forged = {**made, "issuedOn": "2030-01-01T00:00:00Z"}
    yield Case("the-hosted-copy-decides", as_json(forged), right, web)
    moved = f"{HARBOUR.home}/elsewhere"
    yield Case(
        "another-id-than-its-address",
        moved,
        comes_out("invalid", genuine="id_mismatch", current="status_unreachable"),
        {**web, moved: answered({**made, "id": f"{HARBOUR.home}/never"})},
    )
    yield from _out_of_scope(made)
    silent = {**web, made["id"]: Answer(error="timeout")}
    yield Case(
        "the-host-does-not-answer",
        as_json(made),
        comes_out("unknown", genuine="host_unreachable", current="status_unreachable"),
        silent,
    )
    incomplete = {**made}
    del incomplete["recipient"]
    yield Case(
        "a-hosted-badge-for-nobody",
        made["id"],
        comes_out("invalid", genuine="structure", recipient="not_asked"),
        {**web, made["id"]: answered(incomplete, "application/ld+json")},
    )


def _out_of_scope(made: dict[str, Any]) -> Iterator[Case]:
    """Somebody hosts, on an address of their own, an assertion of the guild's badge."""
    url = "https://free-hosting.example/assertion"
    foreign = {**made, "id": url, "badge": f"{HARBOUR.home}/badges/chart-reading"}
    narrow = profile(verification={"startsWith": f"{HARBOUR.home}/assertions/"})
    both = {
        url: answered(foreign, "application/ld+json"),
        foreign["badge"]: answered(badge_class("Chart Reading"), "application/ld+json"),
    }
    issuer = f"{HARBOUR.home}/issuer"
    yield Case(
        "hosted-by-somebody-else",
        url,
        comes_out("invalid", genuine="out_of_scope"),
        {**both, issuer: answered(profile(), "application/ld+json")},
    )
    beside = f"{HARBOUR.home}/uploads/assertion"
    yield Case(
        "hosted-outside-the-addresses-that-the-profile-allows",
        beside,
        comes_out("invalid", genuine="out_of_scope"),
        {
            **both,
            beside: answered({**foreign, "id": beside}, "application/ld+json"),
            issuer: answered(narrow, "application/ld+json"),
        },
    )


def _changed(document: JsonDocument, path: tuple[str, ...], value: str) -> JsonDocument:
    """A copy of `document` in which the member at `path` has another value."""
    copy = deepcopy(document)
    place = copy
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return copy


def _of_another_suite(proof: JsonDocument) -> JsonDocument:
    return {**proof, "cryptosuite": "moonlight-rdfc-2031"}


def _poisoned() -> JsonDocument:
    """Two results that are alike, each with nine alignments that are alike: to order them, every
    permutation of the nine would have to be tried.
    """
    alike: JsonDocument = {
        "type": ["Alignment"],
        "targetName": "Reading",
        "targetUrl": "https://skills.example/reading",
    }
    document = good()
    document["credentialSubject"]["result"] = [
        {"type": ["Result"], "value": "A", "alignment": [alike] * 9} for _ in range(2)
    ]
    return {**document, "proof": by(RIVERSIDE, good())["proof"]}
