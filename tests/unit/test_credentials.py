"""Reading verifiable credentials: what is shown, which rules are broken, and input of any shape."""

import base64
import json
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.made.credentials import badge, badge_2020, by, entry, hashed_email, plain_name
from tests.made.issuers import RIVERSIDE
from tests.made.signing import CREDENTIALS_2
from tests.unit.judging import COLLEGE, FITS, NOW, documents, parsed
from verifier import parse
from verifier.checks import current, genuine
from verifier.errors import NoCredential, TooCostly
from verifier.model import Identity, Payload, Text
from verifier.parse import compact
from verifier.ports import Circumstances
from verifier.report import Outcome

Document = dict[str, Any]


def example(**members: object) -> Document:
    """A badge with members replaced or added."""
    return badge(RIVERSIDE, "Field Botany", hashed_email(), plain_name("Ada Moss"), **members)


def achieved(**members: object) -> Document:
    """A badge whose achievement has members replaced or added; `None` takes one out."""
    document = example()
    changed = {**document["credentialSubject"]["achievement"], **members}
    document["credentialSubject"]["achievement"] = {
        k: v for k, v in changed.items() if v is not None
    }
    return document


def reasons(document: Document) -> set[str]:
    """The rules a document breaks."""
    found = parsed(document).problems
    assert all(problem.says.endswith(".") for problem in found)
    return {problem.reason for problem in found}


# --- what is shown ---


def test_a_badge_is_read_whole() -> None:
    document = achieved(
        achievementType="Certification",
        tag=["Botany", "", 7],
        creditsAvailable=6,
        image={"id": "https://riverside-college.example/b.png", "type": "Image"},
        alignment=[
            {
                "type": ["Alignment"],
                "targetName": "Plant names",
                "targetUrl": "https://frame.example/1",
                "targetType": "ceasn:Competency",
                "targetDescription": "Names plants",
            },
            {"type": ["Alignment"], "targetName": "Degree", "targetUrl": "https://frame.example/2"},
        ],
    )
    document |= {
        "name": "Ada Moss",
        "awardedDate": "2025-03-01T12:00:00+02:00",
        "validUntil": "2027-03-01T00:00:00Z",
        "evidence": [
            {
                "id": "https://ada.example/herbarium",
                "type": ["Evidence"],
                "name": "Herbarium",
                "narrative": "Forty sheets",
            }
        ],
        "credentialStatus": entry(RIVERSIDE),
    }
    document["credentialSubject"]["creditsEarned"] = 4.5
    credential = parsed(by(RIVERSIDE, document))
    assert credential.problems == ()
    assert credential.standard == "OB 3.0"
    assert credential.kind == "certification"
    assert credential.name == "Field Botany"  # never the holder's, though the file is called so
    assert credential.id == document["id"]
    assert credential.issuer.id == RIVERSIDE.did
    assert credential.issuer.name == "Riverside College"
    assert credential.issued == datetime(2025, 3, 1, 10, tzinfo=UTC)
    assert credential.valid_from == datetime(2025, 3, 14, 9, tzinfo=UTC)
    assert credential.expires == datetime(2027, 3, 1, tzinfo=UTC)
    assert credential.credits == 4.5
    assert credential.image == "https://riverside-college.example/b.png"
    assert credential.evidence == (
        Text("https://ada.example/herbarium", "Herbarium", "Forty sheets"),
    )
    plants = Text("https://frame.example/1", "Plant names", "Names plants")
    assert credential.skills == (Text(name="Botany"), plants)
    assert credential.alignments == (plants, Text("https://frame.example/2", "Degree"))
    assert credential.recipient.name == "Ada Moss"
    assert [(one.kind, one.hashed) for one in credential.recipient.identities] == [
        ("email", True),
        ("name", False),
    ]
    assert [status.type for status in credential.statuses] == ["BitstringStatusListEntry"]
    assert [proof.form for proof in credential.proofs] == ["data_integrity"]


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("did:example:ada", Identity("did", "did:example:ada")),
        ("mailto:ada@learner.example", Identity("email", "ada@learner.example")),
        ("tel:+3212345", Identity("telephone", "+3212345")),
        ("https://ada.example/", Identity("url", "https://ada.example/")),
        ("urn:uuid:7", Identity("id", "urn:uuid:7")),
    ],
)
def test_the_subjects_id_is_an_identity_of_its_kind(identifier: str, expected: Identity) -> None:
    document = badge(RIVERSIDE, "Tides", subject=identifier)
    assert parsed(document).recipient.identities == (expected,)


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"name": "Ada Moss"}, "Ada Moss"),
        ({"givenName": "Ada", "familyName": "Moss"}, "Ada Moss"),
        ({"givenName": "Ada"}, "Ada"),
        ({"identifier": [plain_name("Ada Moss")]}, "Ada Moss"),
        ({"identifier": [hashed_email()]}, None),
        ({}, None),
    ],
)
def test_the_holders_name_is_read_where_it_is_told(members: Document, expected: str | None) -> None:
    document = badge(RIVERSIDE, "Tides")
    document["credentialSubject"] |= members
    assert parsed(document).recipient.name == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Tides", "Tides"),
        ({"@value": "Tides", "@language": "en"}, "Tides"),
        ({"nl": "Getijden", "en": "Tides"}, "Tides"),
        ([{"@value": "Getijden", "@language": "nl"}], "Getijden"),
        ("", None),
        (7, None),
    ],
)
def test_a_title_is_read_in_any_of_its_forms(value: object, expected: str | None) -> None:
    assert parsed(achieved(name=value)).name == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("Badge", "badge"),
        ("MasterDegree", "degree"),
        ("Diploma", "degree"),
        ("CertificateOfCompletion", "certificate"),
        ("License", "certification"),
        ("Course", "course"),
        ("ext:Quest", "badge"),
        (7, "badge"),
    ],
)
def test_the_kind_comes_from_the_achievement_type(kind: object, expected: str) -> None:
    assert parsed(achieved(achievementType=kind)).kind == expected


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"type": ["VerifiableCredential", "AchievementCredential"]}, ("OB 3.0", "badge")),
        ({"type": ["VerifiableCredential", "ClrCredential"]}, ("CLR 2.0", "record")),
        ({"type": ["VerifiableCredential"]}, ("VC 2.0", "badge")),
        (
            {"type": ["VerifiableCredential"], "credentialSubject": {"id": "urn:a:b"}},
            ("VC 2.0", "other"),
        ),
        ({"type": ["VerifiablePresentation"]}, ("VP", "badge")),
        ({"type": ["VerifiableCredential", "EuropeanDigitalCredential"]}, ("Europass", "badge")),
    ],
)
def test_the_standard_is_told_by_the_types(members: Document, expected: tuple[str, str]) -> None:
    credential = parsed(example(**members))
    assert (credential.standard, credential.kind) == expected


def test_the_older_data_model_is_told_by_its_vocabulary() -> None:
    document = badge_2020(RIVERSIDE, "Tides", type=["VerifiableCredential"])
    credential = parsed(document)
    assert credential.standard == "VC 1.1"
    assert credential.issued == datetime(2025, 3, 14, 9, tzinfo=UTC)


def test_a_presentation_needs_a_proof_of_its_holders_own() -> None:
    inner = by(RIVERSIDE, example())
    proof = {**inner["proof"], "proofPurpose": "authentication", "challenge": "x"}
    document = {
        "@context": [CREDENTIALS_2],
        "type": ["VerifiablePresentation"],
        "holder": "did:example:ada",
        "verifiableCredential": [inner],
        "proof": proof,
    }
    credential = parsed(document)
    assert credential.standard == "VP"
    assert genuine.check(credential, documents(COLLEGE), NOW).code == "bad_signature"
    del document["proof"]
    assert genuine.check(parsed(document), documents(COLLEGE), NOW).code == "unsigned"


@pytest.mark.parametrize("kind", ["Achievement", "Profile"])
def test_a_class_or_a_profile_is_no_award(kind: str) -> None:
    document = {**example()["credentialSubject"]["achievement"], "type": [kind]}
    document["@context"] = example()["@context"]
    with pytest.raises(NoCredential) as caught:
        parsed(document)
    assert caught.value.code == "not_an_award"
    assert caught.value.found == ("Field Botany",)


# --- compact forms ---


def token(claims: object, header: object = None, rest: str = "c2ln") -> bytes:
    """A JWT whose signature nobody made."""
    parts = ({"alg": "none"} if header is None else header, claims)
    segments = [
        base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts
    ]
    return ".".join([*segments, rest]).encode()


def test_a_credential_in_a_token_is_read_and_stays_unproven() -> None:
    claims: Document = {"vc": example(), "iss": "did:example:other", "exp": 1_893_456_000, "nbf": 0}
    del claims["vc"]["issuer"]
    for content in (token(claims), token(example()), b" " + token(example()) + b"\n"):
        credential = parsed(content)
        assert credential.name == "Field Botany"
        assert [(proof.form, proof.type) for proof in credential.proofs] == [("jwt", "JWT")]
        check = genuine.check(credential, {}, NOW)
        assert check.code in ("bad_signature", "structure")
    merged = parsed(token({**claims, "jti": "urn:x:y", "sub": "did:example:ada"}))
    assert merged.issuer.id == "did:example:other"
    assert merged.expires == datetime(2030, 1, 1, tzinfo=UTC)
    assert merged.id == example()["id"]  # the credential's own members outweigh the claims
    assert merged.recipient.identities[-1] == Identity("did", "did:example:ada")


def test_disclosures_after_a_token_make_it_an_sd_jwt() -> None:
    content = token({"vct": "https://a.example/badge", "iss": "https://a.example"}, rest="c2ln~ZQ~")
    credential = parsed(content)
    assert credential.standard == "SD-JWT VC"
    assert [proof.type for proof in credential.proofs] == ["SD-JWT"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (token({}), True),
        (token({}) + b"~", True),
        (token({})[:-1] + b"=", False),
        (token({}) + b".x", False),
        (b"a.b.c", False),
        (b"www.college.example", False),
        (b'{"a": 1}', False),
        (b"", False),
    ],
)
def test_a_compact_form_is_told_from_other_text(content: bytes, expected: bool) -> None:
    assert compact.is_compact(content) is expected


@pytest.mark.parametrize(
    ("claims", "code"),
    [(7, "malformed"), ([], "malformed"), ({}, "not_a_badge"), ({"vc": 7}, "not_a_badge")],
)
def test_a_token_without_a_credential_is_none(claims: object, code: str) -> None:
    with pytest.raises(NoCredential) as caught:
        parse.parse(Payload("test", token(claims), "jwt"), {})
    assert caught.value.code == code


# --- the rules ---


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({}, set()),
        ({"@context": example()["@context"][::-1]}, {"vc.context"}),
        ({"@context": None}, {"vc.context"}),
        ({"id": "7"}, {"vc.id"}),
        ({"id": ["urn:a:b", "urn:a:c"]}, {"vc.id"}),
        ({"type": ["OpenBadgeCredential"]}, {"vc.type"}),
        ({"type": ["VerifiableCredential", "OpenBadgeCredential", 7]}, {"vc.type"}),
        ({"issuer": None}, {"vc.issuer"}),
        ({"issuer": "College"}, {"vc.issuer"}),
        ({"issuer": {"type": ["Profile"]}}, {"vc.issuer"}),
        ({"issuer": {"id": RIVERSIDE.did}}, {"ob3.issuer"}),
        ({"issuer": RIVERSIDE.did}, set()),
        ({"validFrom": "2025-03-14"}, {"vc.validFrom"}),
        ({"validUntil": "2025-03-14T00:00:00"}, {"vc.validUntil"}),
        ({"validUntil": "2025-03-13T00:00:00Z"}, {"vc.validUntil"}),
        ({"name": 7}, {"vc.name"}),
        ({"name": {"@value": "x", "extra": "y"}}, {"vc.name"}),
        ({"credentialStatus": "x"}, {"vc.credentialStatus"}),
        ({"credentialStatus": {"id": "urn:a:b"}}, {"vc.credentialStatus"}),
        ({"credentialStatus": {"type": "X", "id": "7"}}, {"vc.credentialStatus"}),
        ({"credentialSchema": {"type": "X"}}, {"vc.credentialSchema"}),
        ({"evidence": {"type": "X"}}, {"ob3.evidence"}),
        ({"refreshService": {"id": "urn:a:b"}}, {"vc.refreshService"}),
        ({"termsOfUse": {"id": "urn:a:b"}}, {"vc.termsOfUse"}),
        ({"proof": ["x"]}, {"vc.proof"}),
    ],
)
def test_each_rule_of_a_credential_names_the_member_that_breaks_it(
    members: Document, expected: set[str]
) -> None:
    assert reasons(example(**members)) == expected


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        (None, {"vc.credentialSubject"}),
        ({}, {"vc.credentialSubject", "ob3.credentialSubject", "ob3.achievement"}),
        ([], {"vc.credentialSubject"}),
        ("urn:a:b", {"vc.credentialSubject"}),
        ({"type": ["AchievementSubject"]}, {"ob3.achievement"}),
    ],
)
def test_a_badge_is_about_somebody(subject: object, expected: set[str]) -> None:
    assert reasons(example(credentialSubject=subject)) == expected


def test_a_badge_is_about_one() -> None:
    document = example()
    document["credentialSubject"] = [document["credentialSubject"]] * 2
    assert reasons(document) == {"ob3.credentialSubject"}
    other = example(type=["VerifiableCredential"])
    other["credentialSubject"] = [other["credentialSubject"]] * 2
    assert reasons(other) == set()


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"id": None}, {"ob3.achievement"}),
        ({"type": ["Badge"]}, {"ob3.achievement"}),
        ({"name": None}, {"ob3.achievement.name"}),
        ({"description": None}, {"ob3.achievement.description"}),
        ({"criteria": None}, {"ob3.achievement.criteria"}),
        ({"criteria": "https://a.example"}, {"ob3.achievement.criteria"}),
        ({"alignment": [{"targetName": "x"}]}, {"ob3.alignment"}),
        ({"resultDescription": [{"type": "X"}]}, {"ob3.resultDescription"}),
    ],
)
def test_an_achievement_says_what_it_is_for(members: Document, expected: set[str]) -> None:
    assert reasons(achieved(**members)) == expected


@pytest.mark.parametrize(
    "members",
    [
        {"hashed": "true"},
        {"hashed": None},
        {"identityHash": 7},
        {"identityType": []},
        {"type": "Identity"},
        {"salt": 7},
    ],
)
def test_an_identity_is_whole(members: Document) -> None:
    document = example()
    document["credentialSubject"]["identifier"] = [{**hashed_email(), **members}]
    assert reasons(document) == {"ob3.identifier"}


#: Cases that the text alone can't decide: they need the vocabulary, or are about presentations.
BEYOND_TEXT = ("redef-type", "type-unmapped", "type-mapped-nonurl", "status-type-nonurl")


def test_the_data_models_own_suite_is_read_as_it_should_be(material: Path) -> None:
    wrong = []
    paths = sorted((material / "w3c-vcdm2-test-suite" / "input").rglob("*.json"))
    for path in paths:
        good = path.stem.endswith("-ok")
        if path.stem.startswith("presentation") or not (good or path.stem.endswith("-fail")):
            continue
        document = json.loads(path.read_bytes())
        if any(word in path.stem for word in BEYOND_TEXT):
            continue
        if "no-issuer" not in path.stem:  # the suite's issuer would add itself
            document.setdefault("issuer", "did:example:issuer")
            if isinstance(document["issuer"], dict):
                document["issuer"].setdefault("id", "did:example:issuer")
        if "validUntil-validFrom" in path.stem:  # the suite's dates are made as it runs
            document |= {"validFrom": "2025-01-02T00:00:00Z"}
            document |= {"validUntil": f"2025-01-0{3 if good else 1}T00:00:00Z"}
        if bool(reasons(document)) == good:
            wrong.append(path.stem)
    assert wrong == []
    assert len(paths) > 100


# --- input of any shape ---

SHAPES: tuple[object, ...] = (
    *(None, [], {}, 0, -1.5, True, "", "x", "urn:x:y", [1], {"a": 1}, [[]], [None]),
    *({"id": None}, {"id": "urn:z", "type": ["T"]}, {"@value": "x"}, {"@id": "x"}, 1e300),
    *("2020-01-01T00:00:00Z", ["x", "y"], "\u202e", "x" * 5000),
)


def places(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every path into a document, but for the document itself."""
    found = [path] if path else []
    items: Any = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    return found + [deeper for step, item in items for deeper in places(item, (*path, step))]


def test_every_member_in_every_shape_gets_an_answer_and_none_passes() -> None:
    document = example(
        credentialStatus=entry(RIVERSIDE), validUntil="2099-01-01T00:00:00Z", evidence=[]
    )
    document = by(RIVERSIDE, document)
    held = documents(COLLEGE)
    expected = parsed(document)
    tried = 0
    for path in places(document):
        for shape in SHAPES:
            changed = deepcopy(document)
            holder: Any = changed
            for step in path[:-1]:
                holder = holder[step]
            if holder[path[-1]] == shape:
                continue
            holder[path[-1]] = shape
            try:
                credential = parsed(changed)
                check = genuine.check(credential, held, NOW)
            except (NoCredential, TooCostly):
                continue
            current.check(credential, held, Circumstances(NOW), FITS)
            list(genuine.needs(credential, held))
            list(current.needs(credential, held))
            tried += 1
            if check.outcome is Outcome.PASSED:  # the same statements in another form
                assert (credential.name, credential.expires) == (expected.name, expected.expires)
                assert credential.recipient == expected.recipient
                assert [one.type for one in credential.statuses] == ["BitstringStatusListEntry"]
    assert tried > 900
