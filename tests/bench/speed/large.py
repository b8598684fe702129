"""A credential with every part that Open Badges 3.0 has a name for, as large as the standard's own
complete example and put together likewise; people and places are made up.
"""

from __future__ import annotations

from typing import Any

from tests.made.credentials import OPEN_BADGES
from tests.made.signing import CREDENTIALS_2, did_key

Part = dict[str, Any]
_HOME, _BOARD = "https://fernhill-university.example", "https://accreditors.example"
_EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
_SCHEMAS = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json"
_VALIDATOR = "1EdTechJsonSchemaValidator2019"


def complete(key: str) -> Part:
    """It, unsigned, by the `did:key` of the test key `key`."""
    return {
        "@context": [CREDENTIALS_2, OPEN_BADGES, _EXTENSIONS],
        "id": f"{_HOME}/credentials/3732",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Degree in Freshwater Ecology for Mira Solano",
        "description": "What Fernhill University says of her degree.",
        "image": _picture("credentials/3732", "Degree in Freshwater Ecology"),
        "credentialSubject": _subject(),
        "endorsement": [_endorsement(5)],
        "evidence": [_evidence("Final report"), _evidence("Program of the final project")],
        "issuer": _university(did_key(key), _endorsement(6)),
        "validFrom": "2010-01-01T00:00:00Z",
        "validUntil": "2099-01-01T00:00:00Z",
        "credentialSchema": [_schema(f"{_SCHEMAS}/ob_v3p0_achievementcredential_schema.json")],
        "refreshService": _refresh(3732),
    }


def _subject() -> Part:
    return {
        "id": "did:example:5d1c0f6a7e2b4938",
        "type": ["AchievementSubject"],
        "activityStartDate": "2010-01-01T00:00:00Z",
        "activityEndDate": "2010-01-02T00:00:00Z",
        "creditsEarned": 42,
        "licenseNumber": "F-2210041",
        "role": "Speaker of the field group",
        "source": _profile(f"{_HOME}/schools/rivers", "Fernhill School of Rivers"),
        "term": "Autumn",
        "identifier": [
            _identity("mira.solano@fernhill.example"),
            _identity("mira@portfolio.example"),
        ],
        "achievement": _achievement(),
        "image": _picture("credentials/3732", "Degree in Freshwater Ecology"),
        "narrative": "There are a final report and the program that the figures come from.",
        "result": [
            {**_result(1), "value": "A", "alignment": [_alignment("project", "CFItem")]},
            {**_result(1), "achievedLevel": _urn(21), "alignment": [_alignment("work", "CFItem")]},
            {**_result(3), "status": "Completed"},
        ],
    }


def _achievement() -> Part:
    return {
        "id": f"{_HOME}/achievements/degree",
        "type": ["Achievement"],
        "alignment": [_alignment("degree", "CFItem"), _alignment("degree", "CTDL")],
        "achievementType": "Degree",
        "creator": _university(f"{_HOME}/issuers/12", _endorsement(2), _endorsement(3)),
        "creditsAvailable": 36,
        "criteria": {
            "id": f"{_HOME}/achievements/degree",
            "narrative": "# What it takes\nSix terms, a summer in the field and a final report.",
        },
        "description": "What Fernhill University teaches about rivers, lakes and their life.",
        "endorsement": [_endorsement(4)],
        "fieldOfStudy": "Ecology",
        "humanCode": "E1",
        "image": _picture("achievements/degree", "Degree in Freshwater Ecology"),
        "name": "Degree in Freshwater Ecology",
        "otherIdentifier": [_other("fwe", "identifier")],
        "resultDescription": [
            {
                **_described(1, "Grade of the final project", "LetterGrade"),
                "alignment": [_alignment("project", "CFItem")],
                "allowedValue": ["D", "C", "B", "A"],
                "requiredValue": "C",
            },
            {
                **_described(2, "Level of the final project", "RubricCriterionLevel"),
                "alignment": [_alignment("project", "CFItem")],
                "allowedValue": ["D", "C", "B", "A"],
                "requiredLevel": _urn(21),
                "rubricCriterionLevel": [_level(21, "Mastered"), _level(22, "Begun")],
            },
            _described(3, "State of the project", "Status"),
        ],
        "specialization": "Rivers of the low lands",
        "tag": ["rivers", "ecology"],
    }


def _university(identifier: str, *endorsements: Part) -> Part:
    return {
        **_profile(identifier, "Fernhill University"),
        "url": _HOME,
        "phone": "1-555-010-4444",
        "description": "Fernhill University teaches beside the river and far from it.",
        "endorsement": list(endorsements),
        "image": _picture("logo", "Crest of Fernhill University"),
        "email": "office@fernhill-university.example",
        "address": {
            "type": ["Address"],
            "addressCountry": "Fernland",
            "addressCountryCode": "FL",
            "addressRegion": "North Shore",
            "addressLocality": "Fernhill",
            "streetAddress": "1 Weir Lane",
            "postOfficeBoxNumber": "1",
            "postalCode": "12345",
            "geo": {"type": "GeoCoordinates", "latitude": 1, "longitude": 1},
        },
        "otherIdentifier": [
            _other("12345", "sourcedId"),
            _other("67890", "nationalIdentityNumber"),
        ],
        "official": "Jonas Feld",
        "parentOrg": _profile("did:example:7704", "Union of Universities"),
    }


def _endorsement(number: int) -> Part:
    """One whose proof is of a suite that nobody has, as in the standard's example."""
    return {
        "@context": [CREDENTIALS_2, OPEN_BADGES],
        "id": f"{_HOME}/endorsements/{number}",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "Endorsement",
        "issuer": _profile(f"{_BOARD}/issuers/{number}", "Board of Accreditors"),
        "validFrom": "2010-01-01T00:00:00Z",
        "validUntil": "2099-01-01T00:00:00Z",
        "credentialSubject": {
            "id": f"{_HOME}/issuers/12",
            "type": ["EndorsementSubject"],
            "endorsementComment": "Fernhill University is in good standing.",
        },
        "credentialSchema": [
            _schema(f"{_SCHEMAS}/ob_v3p0_endorsementcredential_schema.json"),
            _schema(f"{_BOARD}/schema/endorsement.json"),
        ],
        "credentialStatus": {
            "id": f"{_HOME}/credentials/{number}/revocations",
            "type": "1EdTechRevocationList",
        },
        "refreshService": _refresh(number),
        "proof": [
            {
                "type": "DataIntegrityProof",
                "cryptosuite": "eddsa-rdf-2022",
                "created": f"2022-05-26T18:17:{number:02}Z",
                "verificationMethod": f"{_BOARD}/issuers/{number}#{'z' + 86 * str(number)}",
                "proofPurpose": "assertionMethod",
                "proofValue": "z" + 86 * str(number),
            }
        ],
    }


def _profile(identifier: str, name: str) -> Part:
    return {"id": identifier, "type": ["Profile"], "name": name}


def _picture(path: str, caption: str) -> Part:
    return {"id": f"{_HOME}/{path}/image", "type": "Image", "caption": caption}


def _identity(address: str) -> Part:
    kind = {"identityType": "emailAddress", "hashed": False, "salt": "not-used"}
    return {"type": "IdentityObject", "identityHash": address, **kind}


def _other(identifier: str, kind: str) -> Part:
    return {"type": "IdentifierEntry", "identifier": identifier, "identifierType": kind}


def _alignment(code: str, kind: str) -> Part:
    return {
        "type": ["Alignment"],
        "targetCode": code,
        "targetDescription": "What the catalogue of Fernhill University says of it.",
        "targetName": "Degree at Fernhill University",
        "targetFramework": "Catalogue of programs and courses of Fernhill University",
        "targetType": kind,
        "targetUrl": f"{_HOME}/catalogue/{kind}/{code}",
    }


def _described(number: int, name: str, kind: str) -> Part:
    return {"id": _urn(number), "type": ["ResultDescription"], "name": name, "resultType": kind}


def _level(number: int, name: str) -> Part:
    return {
        "id": _urn(number),
        "type": ["RubricCriterionLevel"],
        "alignment": [_alignment(name.lower(), "CFRubricCriterionLevel")],
        "description": "Whoever wrote it showed that they can.",
        "level": name,
        "name": name,
        "points": "4",
    }


def _result(number: int) -> Part:
    return {"type": ["Result"], "resultDescription": _urn(number)}


def _evidence(name: str) -> Part:
    return {
        "id": f"{_HOME}/evidence/{name.split()[0].lower()}",
        "type": ["Evidence"],
        "narrative": f"# {name}\nWhat was done, and how.",
        "name": name,
        "description": "The work itself, as it was handed in.",
        "genre": "Research",
        "audience": "Department",
    }


def _schema(address: str) -> Part:
    return {"id": address, "type": _VALIDATOR}


def _refresh(number: int) -> Part:
    return {"id": f"{_HOME}/credentials/{number}", "type": "1EdTechCredentialRefresh"}


def _urn(number: int) -> str:
    return f"urn:uuid:f6ab24cd-86e8-4eaf-b8c6-{number:012d}"
