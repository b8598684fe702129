"""What a signature covers: the canonical form, and everything that has none."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.made.credentials import OPEN_BADGES, badge
from tests.made.issuers import RIVERSIDE
from tests.made.signing import CREDENTIALS_1, CREDENTIALS_2
from verifier import jsonld
from verifier.errors import TooCostly

Document = dict[str, Any]
CREDENTIAL = "https://www.w3.org/2018/credentials#"
READ: jsonld.Shape = {
    "issuer": {},
    "validFrom": {},
    "validUntil": {},
    "credentialStatus": {},
    "credentialSubject": {"achievement": {}, "identifier": {}},
}


def example(**members: object) -> Document:
    """An unsigned badge with `members` replaced or added."""
    return badge(RIVERSIDE, "Field Botany", **members)


def deep(document: Document) -> Document:
    """The achievement of a badge."""
    achievement: Document = document["credentialSubject"]["achievement"]
    return achievement


def rejection(document: Document) -> tuple[str, str]:
    """Code and reason for which `document` has no canonical form."""
    with pytest.raises(jsonld.Rejected) as caught:
        jsonld.canonical(document, READ)
    assert caught.value.says.endswith(".")
    return caught.value.code, caught.value.reason


@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "Ed25519Signature2020"])
def test_the_vectors_of_the_cryptosuites_come_out_to_the_letter(suite: str, material: Path) -> None:
    folder = material / "w3c-vc-di-eddsa" / suite
    signed = json.loads(next(folder.glob("signed*.json")).read_bytes())
    proof = signed.pop("proof")
    proof.pop("proofValue")
    configuration = {**proof, "@context": signed["@context"]}
    assert jsonld.canonical(signed) == next(folder.glob("canonDoc*.txt")).read_text("utf-8")
    assert jsonld.canonical(configuration) == next(folder.glob("proofCanon*.txt")).read_text(
        "utf-8"
    )


def test_the_order_of_contexts_and_members_does_not_matter_but_every_word_does() -> None:
    document = example()
    turned = dict(reversed(document.items()))
    assert jsonld.canonical(turned, READ) == jsonld.canonical(document, READ)
    assert jsonld.canonical(example(name="Other"), READ) != jsonld.canonical(document, READ)


def test_one_number_has_one_form() -> None:
    whole, real = example(), example()
    whole["credentialSubject"]["creditsEarned"] = 4
    real["credentialSubject"]["creditsEarned"] = 4.0
    assert jsonld.canonical(whole, READ) == jsonld.canonical(real, READ)
    assert '#creditsEarned> "4"^^' in jsonld.canonical(whole, READ)


def set_in(*path: str) -> Callable[[Document, object], None]:
    """A way to put a value at `path`."""

    def put(document: Document, value: object) -> None:
        for step in path[:-1]:
            document = document[step]
        document[path[-1]] = value

    return put


ACHIEVEMENT = ("credentialSubject", "achievement")


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (("unheardOf",), 1, ("dropped_terms", "jsonld.dropped")),
        ((*ACHIEVEMENT, "unheardOf"), "x", ("dropped_terms", "jsonld.dropped")),
        (("type",), ["VerifiableCredential", "Unheard"], ("dropped_terms", "jsonld.type")),
        (("id",), "ZZ", ("dropped_terms", "jsonld.id")),
        ((*ACHIEVEMENT, "id"), "ZZ", ("dropped_terms", "jsonld.id")),
        ((*ACHIEVEMENT, "id"), "https://a.example/ b", ("dropped_terms", "jsonld.id")),
        ((*ACHIEVEMENT, "id"), "https://a.example/<b>", ("dropped_terms", "jsonld.id")),
        ((*ACHIEVEMENT, "id"), 'https://a.example/"b', ("dropped_terms", "jsonld.id")),
        ((*ACHIEVEMENT, "id"), "https://a.example/> .\n<urn:x", ("dropped_terms", "jsonld.id")),
        ((*ACHIEVEMENT, "id"), "https://a.example/\u00a0b", ("dropped_terms", "jsonld.id")),
        ((*ACHIEVEMENT, "image"), "https://a.example/a b.png", ("dropped_terms", "jsonld.id")),
        (("https://a.example/<x>",), "y", ("dropped_terms", "jsonld.member")),
        (("_:predicate",), "y", ("structure", "jsonld.blank")),
        (("id",), "_:b0", ("structure", "jsonld.blank")),
        (("issuer", "id"), "@foo", ("dropped_terms", "jsonld.id")),
        (("@foo",), "y", ("structure", "jsonld.keyword")),
        (("@index",), "y", ("structure", "jsonld.keyword")),
        (("@id",), "urn:x:y", ("structure", "jsonld.keyword")),
        (("@reverse",), {"issuer": {"id": "urn:x:y"}}, ("structure", "jsonld.keyword")),
        (("@included",), [{"id": "urn:x:y", "name": "z"}], ("structure", "jsonld.keyword")),
        (("@graph",), ["scalar"], ("structure", "jsonld.keyword")),
        (("name",), {"@value": "x", "@language": "en\n"}, ("structure", "jsonld.langtag")),
        (
            ("name",),
            {"@value": "x", "@language": 'en .\n<urn:a> <urn:b> "c"'},
            ("structure", "jsonld.langtag"),
        ),
        (
            ("name",),
            {"@value": "x", "@language": "en", "@direction": "ltr"},
            ("dropped_terms", "jsonld.value"),
        ),
        (("name",), {"@value": "x", "@index": "y"}, ("structure", "jsonld.keyword")),
        (("name",), {"@value": "x", "@type": "Unheard"}, ("structure", "jsonld.syntax")),
        (("id",), ["urn:x:y"], ("structure", "jsonld.syntax")),
        (("id",), 1, ("structure", "jsonld.syntax")),
        (("type",), None, ("structure", "jsonld.syntax")),
    ],
)
def test_what_no_signature_would_cover_is_rejected(
    path: tuple[str, ...], value: object, expected: tuple[str, str]
) -> None:
    document = example()
    set_in(*path)(document, value)
    assert rejection(document) == expected


@pytest.mark.parametrize(
    ("contexts", "expected"),
    [
        (None, ("structure", "context.missing")),
        ([], ("structure", "context.missing")),
        ([CREDENTIALS_2, OPEN_BADGES, None], ("structure", "context.nulled")),
        ([CREDENTIALS_2, OPEN_BADGES, 7], ("structure", "context.shape")),
        ([CREDENTIALS_2, OPEN_BADGES] * 6, ("structure", "context.count")),
        ([CREDENTIALS_2, OPEN_BADGES, {"name": "urn:x:y"}], ("structure", "context.redefines")),
        ([CREDENTIALS_2, OPEN_BADGES, {"type": "urn:x:y"}], ("structure", "context.redefines")),
        ([CREDENTIALS_2, OPEN_BADGES, {"id": "@id"}], ("structure", "context.redefines")),
        (
            [CREDENTIALS_2, OPEN_BADGES, {"mine": {"@id": "urn:a:b", "@context": {"tag": None}}}],
            ("structure", "context.redefines"),
        ),
        (
            [CREDENTIALS_2, OPEN_BADGES, "https://w3id.org/openbadges/v2"],
            ("structure", "context.redefines"),
        ),
        ([CREDENTIALS_2, OPEN_BADGES, {"mine": "urn:x:y"}], ("context", "context.inline")),
        ([CREDENTIALS_2, OPEN_BADGES, {"@vocab": "urn:x:"}], ("context", "context.inline")),
        ([CREDENTIALS_2, OPEN_BADGES, {"@base": "urn:x:"}], ("context", "context.inline")),
        ([CREDENTIALS_2, OPEN_BADGES, "https://a.example/v1"], ("context", "context.unpinned")),
        ([CREDENTIALS_2, f"{OPEN_BADGES}/"], ("context", "context.unpinned")),
        ([CREDENTIALS_2, f"{OPEN_BADGES}#"], ("context", "context.unpinned")),
        ([CREDENTIALS_2, f"{OPEN_BADGES}?x"], ("context", "context.unpinned")),
        (["http://www.w3.org/ns/credentials/v2", OPEN_BADGES], ("context", "context.unpinned")),
        ([CREDENTIALS_2.upper(), OPEN_BADGES], ("context", "context.unpinned")),
        ([CREDENTIALS_2], ("dropped_terms", "jsonld.dropped")),
    ],
)
def test_only_pinned_vocabularies_are_read(contexts: object, expected: tuple[str, str]) -> None:
    document = {**example(), "@context": contexts}
    assert rejection(document) == expected


def test_a_vocabulary_deep_in_the_badge_is_held_to_the_same() -> None:
    document = example()
    deep(document)["@context"] = {"name": "urn:x:y"}
    assert rejection(document) == ("structure", "context.redefines")
    deep(document)["@context"] = "https://a.example/v1"
    assert rejection(document) == ("context", "context.unpinned")
    deep(document)["@context"] = None
    assert rejection(document) == ("structure", "context.nulled")


def test_a_vocabulary_that_is_repeated_within_changes_nothing() -> None:
    document = example()
    expected = jsonld.canonical(document, READ)
    deep(document)["@context"] = [CREDENTIALS_2, OPEN_BADGES]
    assert jsonld.canonical(document, READ) == expected


# --- the same statements, told elsewhere ---

ENDS: Document = {"@value": "2026-01-01T00:00:00Z", "@type": "xsd:dateTime"}
FULL_ENDS = {**ENDS, "@type": "http://www.w3.org/2001/XMLSchema#dateTime"}
STATUS: Document = {
    "id": "https://riverside-college.example/status#7",
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "7",
    "statusListCredential": "https://riverside-college.example/status",
}


def test_the_end_date_under_its_full_address_says_the_same_and_is_rejected() -> None:
    plain = example(validUntil="2026-01-01T00:00:00Z")
    hidden = example()
    hidden[f"{CREDENTIAL}validUntil"] = FULL_ENDS
    assert jsonld.canonical(hidden) == jsonld.canonical(plain, READ)
    assert rejection(hidden) == ("structure", "jsonld.shape")


def test_the_status_under_its_full_address_says_the_same_and_is_rejected() -> None:
    plain = example(credentialStatus=STATUS)
    hidden = example()
    hidden[f"{CREDENTIAL}credentialStatus"] = STATUS
    assert jsonld.canonical(hidden) == jsonld.canonical(plain, READ)
    assert rejection(hidden) == ("structure", "jsonld.shape")


def test_the_end_date_at_a_second_mention_of_the_badge_is_rejected() -> None:
    hidden = example(
        evidence=[
            {
                "id": example()["id"],
                "type": ["Evidence"],
                f"{CREDENTIAL}validUntil": FULL_ENDS,
            }
        ]
    )
    assert rejection(hidden) == ("structure", "jsonld.scattered")


def test_one_of_two_statuses_at_a_second_mention_of_the_badge_is_rejected() -> None:
    second = {**STATUS, "id": f"{STATUS['id']}1", "statusPurpose": "suspension"}
    mention = {"id": example()["id"], "type": ["Evidence"], f"{CREDENTIAL}credentialStatus": second}
    hidden = example(credentialStatus=STATUS, evidence=[mention])
    assert rejection(hidden) == ("structure", "jsonld.scattered")


def test_the_recipient_at_a_second_mention_of_the_subject_is_rejected() -> None:
    document = example()
    document["credentialSubject"]["id"] = "did:example:learner"
    identity = {
        "type": "IdentityObject",
        "hashed": False,
        "identityHash": "ada@learner.example",
        "identityType": "emailAddress",
    }
    document["issuer"]["parentOrg"] = {
        "id": "did:example:learner",
        "type": ["AchievementSubject"],
        "identifier": [identity],
    }
    assert rejection(document) == ("structure", "jsonld.scattered")


def test_an_issuer_described_twice_is_an_honest_badge() -> None:
    document = example()
    deep(document)["creator"] = deepcopy(document["issuer"])
    document["refreshService"] = {"id": document["id"], "type": "1EdTechCredentialRefresh"}
    document["@context"].append("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json")
    assert jsonld.canonical(document, READ)


# --- work without end ---


def test_lists_without_end_are_not_even_begun() -> None:
    document = example()
    deep(document)["tag"] = [str(number) for number in range(5000)]
    with pytest.raises(TooCostly):
        jsonld.canonical(document, READ)


def test_like_parts_that_know_like_parts_are_stopped() -> None:
    document = example()
    inner = {"type": ["Evidence"], "name": "same"}
    document["evidence"] = [
        {"type": ["Evidence"], "name": "same", "audience": [deepcopy(inner) for _ in range(9)]}
        for _ in range(9)
    ]
    with pytest.raises(TooCostly):
        jsonld.canonical(document, READ)


def test_the_older_data_model_is_read_too() -> None:
    document = example()
    document["@context"] = [CREDENTIALS_1, OPEN_BADGES]
    document["issuanceDate"] = document.pop("validFrom")
    assert f"<{CREDENTIAL}issuanceDate>" in jsonld.canonical(document, READ)
