"""Badges with everything in them that Open Badges 3.0 and CLR 2.0 have words for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_V1, _V2 = "https://www.w3.org/2018/credentials/v1", "https://www.w3.org/ns/credentials/v2"
_OB = "https://purl.imsglobal.org/spec/ob/v3p0/context"
_CLR = "https://purl.imsglobal.org/spec/clr/v2p0/context"
_EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
_SUITES = "https://w3id.org/security/suites"
_DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2"
#: Which vocabularies issuers name together, in this order.
CONTEXTS: tuple[tuple[str, ...], ...] = (
    (_V2,),
    (_V1,),
    *((_V2, f"{_OB}-3.0.{minor}.json") for minor in (3, 2, 1)),
    (_V2, f"{_OB}-3.0.3.json", _EXTENSIONS),
    (_V2, f"{_OB}-3.0.3.json", _DATA_INTEGRITY),
    (_V2, f"{_OB}-3.0.3.json", f"{_SUITES}/ed25519-2020/v1"),
    (_V2, f"{_CLR}-2.0.1.json", f"{_OB}-3.0.3.json"),
    *((_V1, f"{_OB}-3.0.{minor}.json") for minor in (3, 2, 1)),
    *((_V1, f"{_OB}-3.0.{minor}.json", f"{_SUITES}/ed25519-2020/v1") for minor in (3, 2, 1)),
    (
        _V1,
        f"{_OB}-3.0.3.json",
        f"{_SUITES}/ed25519-2020/v1",
        "https://w3id.org/vc/status-list/2021/v1",
    ),
    (_V1, f"{_SUITES}/ed25519-2020/v1"),
    *((_V1, f"{_OB}-3.0.{minor}.json", _DATA_INTEGRITY) for minor in (3, 2)),
)
_AT = "2026-01-01T00:00:00Z"
#: Of both data models; what a vocabulary has no word for is passed over.
_DATES = dict.fromkeys(("issuanceDate", "expirationDate", "validFrom", "validUntil"), _AT)


def documents() -> Iterator[dict[str, Any]]:
    """A credential of each kind under each of `CONTEXTS`, and the options of its proofs."""
    for listed in CONTEXTS:
        context = {"@context": list(listed)}
        for body in (_badge(), _bare(), _record(), _endorsement(), _presentation(), *_lists()):
            yield {**context, **_DATES, **body}
        repeated = list(listed[:2])  # a credential within another mostly names its vocabularies
        yield {**context, **_DATES, **_naming(_badge(), repeated)}
        for options in _options():
            yield {**context, **options}


def _naming(value: Any, context: list[str]) -> Any:  # noqa: ANN401  any JSON
    """With `context` in each credential within, which is what has a proof here."""
    if isinstance(value, list):
        return [_naming(item, context) for item in value]
    if not isinstance(value, dict):
        return value
    own = {"@context": context} if "proof" in value else {}
    return {**own, **{name: _naming(item, context) for name, item in value.items()}}


def _options() -> Iterator[dict[str, Any]]:
    said = {
        "created": _AT,
        "verificationMethod": "https://issuer.example/1#key",
        "proofPurpose": "assertionMethod",
        "expires": _AT,
        "domain": "verifier.example",
        "challenge": "1",
        "nonce": "2",
    }
    for suite in ("eddsa-rdfc-2022", "ecdsa-rdfc-2019", "ecdsa-sd-2023"):
        yield {"type": "DataIntegrityProof", "cryptosuite": suite, **said}
    for kind in ("Ed25519Signature2020", "Ed25519Signature2018", "JsonWebSignature2020"):
        yield {"type": kind, **said}


def _badge() -> dict[str, Any]:
    return {
        **_credential(_profile()),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "credentialSubject": _subject(),
        "awardedDate": _AT,
        "endorsement": [_within(_endorsement())],
        "endorsementJwt": ["eyJh.eyJi.c2ln"],
        "evidence": [_evidence()],
    }


def _bare() -> dict[str, Any]:
    return {**_badge(), "type": ["VerifiableCredential", "AchievementCredential"]}


def _endorsement() -> dict[str, Any]:
    return {
        **_credential(_plain_profile()),
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "awardedDate": _AT,
        "credentialSubject": {
            "id": "https://issuer.example/1",
            "type": ["EndorsementSubject"],
            "endorsementComment": "Good.",
        },
    }


def _within(credential: dict[str, Any]) -> dict[str, Any]:
    proof = {**next(_options()), "proofValue": "z1"}
    return {**credential, "validFrom": _AT, "proof": [proof]}


def _presentation() -> dict[str, Any]:
    return {"type": ["VerifiablePresentation"], "id": "urn:uuid:9", "holder": "did:example:h"}


def _record() -> dict[str, Any]:
    association = {"type": "Association", "associationType": "isChildOf"}
    association |= {"sourceId": "https://issuer.example/a", "targetId": "https://issuer.example/b"}
    return {
        **_credential(_profile()),
        "type": ["VerifiableCredential", "ClrCredential"],
        "partial": True,
        "credentialSubject": {
            **{**_subject(), "type": ["ClrSubject"]},
            "verifiableCredential": [_within(_badge())],
            "association": [association],
        },
    }


def _lists() -> Iterator[dict[str, Any]]:
    """Status lists."""
    for kind in ("BitstringStatusList", "StatusList2021"):
        yield {
            "id": "https://issuer.example/list",
            "type": ["VerifiableCredential", f"{kind}Credential"],
            "issuer": "https://issuer.example/1",
            "credentialSubject": {
                "id": "https://issuer.example/list#list",
                "type": kind,
                "statusPurpose": "revocation",
                "encodedList": "uH4sI",
            },
        }


def _credential(issuer: dict[str, Any]) -> dict[str, Any]:
    status = {"id": "https://issuer.example/list#1", "type": "BitstringStatusListEntry"}
    status |= {"statusPurpose": "revocation", "statusListIndex": "1"}
    status |= {"statusListCredential": "https://issuer.example/list"}
    return {
        "id": "https://issuer.example/badge",
        "name": "Badge",
        "description": "A badge.",
        "image": _image(),
        "issuer": issuer,
        "credentialStatus": [
            status,
            {"id": "https://issuer.example/r", "type": "1EdTechRevocationList"},
        ],
        "credentialSchema": [
            {"id": "https://schema.example/1", "type": "1EdTechJsonSchemaValidator2019"},
            {"id": "https://schema.example/2", "type": "JsonSchema"},
        ],
        "refreshService": {"id": "https://issuer.example/new", "type": "1EdTechCredentialRefresh"},
        "termsOfUse": [{"id": "https://issuer.example/terms", "type": "IssuerPolicy"}],
    }


def _image() -> dict[str, Any]:
    return {"id": "https://issuer.example/i.png", "type": "Image", "caption": "A picture"}


def _identifier() -> dict[str, Any]:
    return {"type": "IdentifierEntry", "identifier": "1", "identifierType": "identifier"}


def _plain_profile() -> dict[str, Any]:
    names: tuple[str, ...] = (
        "name",
        "phone",
        "description",
        "official",
        "email",
        "familyName",
        "givenName",
    )
    names += ("additionalName", "patronymicName", "honorificPrefix", "honorificSuffix")
    names += ("familyNamePrefix", "dateOfBirth")
    return {
        "id": "https://issuer.example/1",
        "type": ["Profile"],
        **dict.fromkeys(names, "2000-01-01"),
        "url": "https://issuer.example",
        "image": _image(),
        "address": _address(),
        "otherIdentifier": [_identifier()],
        "parentOrg": {"id": "https://parent.example/1", "type": ["Profile"], "name": "Parent"},
    }


def _profile() -> dict[str, Any]:
    endorsement = [_within(_endorsement())]
    jwt = ["eyJh.eyJi.c2ln"]
    return {**_plain_profile(), "endorsement": endorsement, "endorsementJwt": jwt}


def _address() -> dict[str, Any]:
    names: tuple[str, ...] = (
        "addressCountry",
        "addressCountryCode",
        "addressRegion",
        "addressLocality",
    )
    names += ("streetAddress", "postOfficeBoxNumber", "postalCode")
    point = {"type": "GeoCoordinates", "latitude": 1.5, "longitude": 2.5}
    return {"type": ["Address"], **dict.fromkeys(names, "1"), "geo": point}


def _subject() -> dict[str, Any]:
    hashed = {"type": "IdentityObject", "hashed": True, "identityHash": "sha256$1", "salt": "s"}
    return {
        "id": "did:example:holder",
        "type": ["AchievementSubject"],
        "activityStartDate": _AT,
        "activityEndDate": _AT,
        "creditsEarned": 4,
        "licenseNumber": "1",
        "role": "Learner",
        "term": "Autumn",
        "image": _image(),
        "narrative": "Work.",
        "identifier": [{**hashed, "identityType": "emailAddress"}],
        "source": {"id": "https://source.example/1", "type": ["Profile"], "name": "Source"},
        "result": [_result()],
        "achievement": _achievement(),
    }


def _result() -> dict[str, Any]:
    return {
        "type": ["Result"],
        "resultDescription": "urn:uuid:1",
        "achievedLevel": "urn:uuid:2",
        "status": "Completed",
        "value": "A",
        "alignment": [_alignment()],
    }


def _alignment() -> dict[str, Any]:
    names = ("targetCode", "targetDescription", "targetName", "targetFramework")
    said = dict.fromkeys(names, "1")
    return {
        "type": ["Alignment"],
        **said,
        "targetType": "CFItem",
        "targetUrl": "https://framework.example/1",
    }


def _achievement() -> dict[str, Any]:
    level = {"id": "urn:uuid:2", "type": ["RubricCriterionLevel"], "alignment": [_alignment()]}
    level |= dict.fromkeys(("description", "level", "name", "points"), "1")
    described = dict.fromkeys(("name", "requiredValue", "valueMin", "valueMax"), "1")
    return {
        "id": "https://issuer.example/a",
        "type": ["Achievement"],
        "name": "Achievement",
        "description": "Done.",
        "alignment": [_alignment()],
        "achievementType": "Badge",
        "creator": _profile(),
        "creditsAvailable": 4.5,
        "criteria": {"id": "https://issuer.example/c", "narrative": "Do it."},
        "endorsement": [_within(_endorsement())],
        "endorsementJwt": ["eyJh.eyJi.c2ln"],
        "fieldOfStudy": "Study",
        "humanCode": "H1",
        "image": _image(),
        "inLanguage": "en",
        "otherIdentifier": [_identifier()],
        "related": [
            {
                "id": "https://issuer.example/b",
                "type": ["Related"],
                "inLanguage": "de",
                "version": "1",
            }
        ],
        "resultDescription": [
            {
                "id": "urn:uuid:1",
                "type": ["ResultDescription"],
                **described,
                "alignment": [_alignment()],
                "allowedValue": ["A", "B"],
                "requiredLevel": "urn:uuid:2",
                "resultType": "LetterGrade",
                "rubricCriterionLevel": [level],
            }
        ],
        "specialization": "S",
        "tag": ["one", "two"],
        "version": "1",
    }


def _evidence() -> dict[str, Any]:
    names = ("name", "narrative", "description", "genre", "audience")
    said = dict.fromkeys(names, "1")
    return {"id": "https://issuer.example/e", "type": ["Evidence"], **said}
