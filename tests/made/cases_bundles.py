"""Cases of more than one credential: records, presentations, envelopes, endorsements; and Europass,
which is recognised and no more.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

from tests.made.cases_genuine import COLLEGE_WEB, NAME, good
from tests.made.credentials import OPEN_BADGES, badge, by, entry, published
from tests.made.expected import comes_out, refused
from tests.made.folder import Case, as_json
from tests.made.issuers import HARBOUR, IMITATOR, LARKSPUR, RIVERSIDE
from tests.made.signing import CREDENTIALS_1, CREDENTIALS_2, JsonDocument, did_key, signed

RECORDS = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
CHALLENGE, DOMAIN = "spring-tide-41", "careers.example"
REVOKED = 77
#: Everybody's keys, and lists in which one badge is taken back.
WEB = {
    **COLLEGE_WEB,
    **published(RIVERSIDE, (REVOKED,)),
    **LARKSPUR.web(),
    **HARBOUR.web(),
    **IMITATOR.web(),
}
_PRESENTED = {"current": "no_status", "issuer": "not_listed"}


def cases() -> Iterator[Case]:
    """Every case of more than one credential."""
    yield from _records()
    yield from _presentations()
    yield from _envelopes()
    yield from _endorsements()
    yield from _europass()


def _good() -> JsonDocument:
    return by(RIVERSIDE, good())


def _revoked() -> JsonDocument:
    listed = entry(RIVERSIDE, REVOKED)
    return by(RIVERSIDE, badge(RIVERSIDE, "Tide Tables", credentialStatus=listed))


def _altered() -> JsonDocument:
    return {**_good(), "validFrom": "2024-03-14T09:00:00Z"}


def _case(
    name: str,
    document: object,
    expect: dict[str, Any],
    *,
    bundle: list[str],
    challenge: str | None = None,
    domain: str | None = None,
) -> Case:
    expected = {**expect, "bundle": bundle}
    return Case(name, as_json(document), expected, WEB, challenge=challenge, domain=domain)


def record(*inner: JsonDocument) -> JsonDocument:
    return by(
        RIVERSIDE,
        {
            "@context": [CREDENTIALS_2, RECORDS, OPEN_BADGES],
            "id": f"{RIVERSIDE.home}/records/1",
            "type": ["VerifiableCredential", "ClrCredential"],
            "name": "Record of the first year",
            "issuer": RIVERSIDE.profile(),
            "validFrom": "2025-06-30T09:00:00Z",
            "credentialSubject": {"type": ["ClrSubject"], "verifiableCredential": list(inner)},
        },
    )


def _records() -> Iterator[Case]:
    says = comes_out("verified", current="no_status")
    yield _case(
        "a-record-with-a-badge-that-is-revoked",
        record(_good(), _revoked()),
        says,
        bundle=["verified", "revoked"],
    )
    yield _case(
        "a-record-with-a-badge-that-is-altered",
        record(_good(), _altered()),
        says,
        bundle=["verified", "invalid"],
    )
    spoiled = record(_good())
    spoiled["name"] = "Record of the second year"
    yield _case(
        "a-record-that-is-altered",
        spoiled,
        comes_out("invalid", genuine="bad_signature", current="no_status"),
        bundle=["verified"],
    )


def presentation(*inner: JsonDocument, **more: object) -> JsonDocument:
    return {
        "@context": [CREDENTIALS_2],
        "type": ["VerifiablePresentation"],
        "holder": did_key("holder"),
        "verifiableCredential": list(inner),
        **more,
    }


def held(
    presentation: JsonDocument, key: str = "holder", purpose: str = "authentication", **answer: str
) -> JsonDocument:
    return signed(presentation, key, None, proofPurpose=purpose, **answer)


def _presentations() -> Iterator[Case]:
    answer = {"challenge": CHALLENGE, "domain": DOMAIN}
    one = presentation(_good())
    fine = comes_out("unvouched", **_PRESENTED)
    yield _case(
        "a-presentation-that-answers-the-challenge",
        held(one, **answer),
        fine,
        bundle=["verified"],
        **answer,
    )
    yield _case("a-presentation-nobody-asked-for", held(one), fine, bundle=["verified"])
    unfit = comes_out("invalid", genuine="bad_challenge", **_PRESENTED)
    wrong: dict[str, dict[str, str]] = {
        "a-presentation-for-another-challenge": {**answer, "challenge": "neap-tide-7"},
        "a-presentation-without-the-challenge": {"domain": DOMAIN},
        "a-presentation-for-another-domain": {**answer, "domain": "elsewhere.example"},
    }
    for name, given in wrong.items():
        yield _case(name, held(one, **given), unfit, bundle=["verified"], **answer)
    stated = {**held(one, **answer)}
    stated["proof"] = {**stated["proof"], "challenge": "neap-tide-7"}
    yield _case(
        "a-presentation-with-a-changed-challenge",
        stated,
        comes_out("invalid", genuine="bad_signature", **_PRESENTED),
        bundle=["verified"],
        challenge="neap-tide-7",
    )
    yield from _bad_presentations(one)


def _bad_presentations(one: JsonDocument) -> Iterator[Case]:
    imitated = by(IMITATOR, badge(IMITATOR, NAME))
    for name, document, code, bundle in (
        (
            "a-presentation-of-an-altered-badge",
            held(presentation(_good(), _altered())),
            "bad_signature",
            ["verified", "invalid"],
        ),
        (
            "a-presentation-of-an-impostors-badge",
            held(presentation(imitated)),
            "structure",
            ["impostor"],
        ),
        (
            "a-presentation-signed-by-another-than-its-holder",
            held(one, "stranger"),
            "key_not_issuers",
            ["verified"],
        ),
        (
            "a-presentation-signed-to-assert",
            held(one, purpose="assertionMethod"),
            "structure",
            ["verified"],
        ),
        (
            "a-presentation-that-says-it-is-a-credential-too",
            held({**one, "type": ["VerifiablePresentation", "VerifiableCredential"]}),
            "structure",
            ["verified"],
        ),
    ):
        yield _case(name, document, comes_out("invalid", genuine=code, **_PRESENTED), bundle=bundle)
    yield _case(
        "a-presentation-of-a-revoked-badge",
        held(presentation(_good(), _revoked())),
        comes_out("unvouched", **_PRESENTED),
        bundle=["verified", "revoked"],
    )
    yield _case(
        "a-presentation-of-a-record-with-an-altered-badge",
        held(presentation(record(_good(), _altered()))),
        comes_out("invalid", genuine="bad_signature", **_PRESENTED),
        bundle=["verified"],
    )
    unsigned = comes_out("unknown", genuine="unsigned", **_PRESENTED)
    yield _case("a-presentation-nobody-signed", one, unsigned, bundle=["verified"])


def _enveloped(content: object, media_type: str = "application/vc+ld+json") -> JsonDocument:
    text = base64.b64encode(json.dumps(content).encode()).decode()
    return {
        "@context": CREDENTIALS_2,
        "id": f"data:{media_type};base64,{text}",
        "type": "EnvelopedVerifiableCredential",
    }


def _envelopes() -> Iterator[Case]:
    inside = _enveloped(_good())
    yield Case("a-badge-in-an-envelope", as_json(inside), comes_out("verified"), WEB)
    yield _case(
        "a-presentation-of-a-badge-in-an-envelope",
        held(presentation(inside)),
        comes_out("unvouched", **_PRESENTED),
        bundle=["verified"],
    )
    for name, document in {
        "an-envelope-within-an-envelope": _enveloped(inside),
        "an-envelope-of-a-picture": _enveloped(_good(), "image/png"),
        "an-envelope-that-holds-a-presentation-instead": _enveloped(presentation(_good())),
    }.items():
        yield Case(name, as_json(document), refused("malformed"), WEB)


def _endorsement() -> JsonDocument:
    return {
        "@context": [CREDENTIALS_2, OPEN_BADGES],
        "id": f"{LARKSPUR.home}/endorsements/1",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "What we think of it",
        "issuer": LARKSPUR.profile(),
        "validFrom": "2025-04-01T09:00:00Z",
        "credentialSubject": {
            "id": f"{RIVERSIDE.home}/credentials/data-literacy",
            "type": ["EndorsementSubject"],
            "endorsementComment": "Their panel is strict.",
        },
    }


def _endorsements() -> Iterator[Case]:
    praise = by(LARKSPUR, _endorsement())
    false = {**praise, "validFrom": "2024-04-01T09:00:00Z"}
    endorsed = by(RIVERSIDE, good(endorsement=[praise, false]))
    yield Case(
        "endorsed-by-one-and-falsely-by-another",
        as_json(endorsed),
        {**comes_out("verified"), "endorsements": ["verified", "invalid"]},
        WEB,
    )
    own = {"id": did_key("loner"), "type": ["Profile"], "name": "Loner"}
    unknown = signed(good(issuer=own, endorsement=[praise]), "loner")
    yield Case(
        "an-endorsement-lifts-no-issuer",
        as_json(unknown),
        {**comes_out("unvouched", issuer="not_listed"), "endorsements": ["verified"]},
        WEB,
    )
    yield _misplaced()


def _misplaced() -> Case:
    """Praise for another badge, pinned on this one."""
    other = {"credentialSubject": {**_endorsement()["credentialSubject"], "id": "urn:other:1"}}
    endorsed = by(RIVERSIDE, good(endorsement=[by(LARKSPUR, {**_endorsement(), **other})]))
    expected = {**comes_out("verified"), "endorsements": ["overstated"]}
    return Case("an-endorsement-of-something-else", as_json(endorsed), expected, WEB)


def _europass() -> Iterator[Case]:
    document = {
        "@context": [CREDENTIALS_1, "http://data.europa.eu/snb/model/context/edc-ap"],
        "id": "urn:credential:made-up-1",
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "issuer": {"id": "urn:epass:org:1", "legalName": {"en": ["Harbour Data Guild"]}},
        "issuanceDate": "2025-03-14T09:00:00Z",
        "credentialSubject": {"id": "urn:epass:person:1", "type": "Person"},
        "displayParameter": {"title": {"en": ["Chart Reading"]}},
    }
    text = base64.urlsafe_b64encode(json.dumps(document).encode()).decode().rstrip("=")
    sealed = {"payload": text, "signatures": [{"protected": "e30", "signature": "AA"}]}
    for name, content, code in (
        ("a-europass-with-its-seal", sealed, "unsupported_proof"),
        ("a-europass-without-a-seal", document, "unsigned"),
    ):
        yield Case(name, as_json(content), comes_out("unknown", genuine=code, current="no_status"))
