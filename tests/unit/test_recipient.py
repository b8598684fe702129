"""Whose badge it is: identifiers and hashes as the standards write them, and nothing near it.

Open Badges 2.0, IdentityHash; Open Badges 3.0, IdentityObject: the digest of the identifier with
the salt after it, in hexadecimal.
"""

import hashlib
from collections.abc import Mapping

import pytest

from tests.made.credentials import badge
from tests.made.issuers import RIVERSIDE
from tests.unit.judging import NOW, parsed
from verifier.checks import recipient
from verifier.model import Identity
from verifier.ports import Circumstances, Person
from verifier.report import Check

ADDRESS = "mira.solano@portfolio.example"


def digest(text: str, name: str = "sha256") -> str:
    return hashlib.new(name, text.encode()).hexdigest()


def asked(person: Person, *identities: Mapping[str, object]) -> Check:
    """The answer about a badge with these identifiers."""
    whole = [
        {"type": "IdentityObject", "identityType": "emailAddress", "hashed": True, **identity}
        for identity in identities
    ]
    document = badge(RIVERSIDE, "Tides", *whole)
    return recipient.check(parsed(document), Circumstances(NOW, person=person))


STATED = Person(emails=(ADDRESS,), exact=True)


@pytest.mark.parametrize(
    ("identity", "code"),
    [
        ({"identityHash": f"sha256${digest(ADDRESS + 's')}", "salt": "s"}, "email_match"),
        ({"identityHash": f"sha256${digest(ADDRESS)}"}, "email_match"),
        ({"identityHash": f"sha256${digest(ADDRESS)}", "salt": ""}, "email_match"),
        ({"identityHash": f"sha256${digest(ADDRESS + 's').upper()}", "salt": "s"}, "email_match"),
        ({"identityHash": f"sha512${digest(ADDRESS, 'sha512')}"}, "email_match"),
        ({"identityHash": f"md5${digest(ADDRESS, 'md5')}"}, "email_match"),
        ({"identityHash": ADDRESS, "hashed": False}, "email_match"),
        ({"identityHash": f"sha256${digest('s' + ADDRESS)}", "salt": "s"}, "someone_else"),
        ({"identityHash": f"sha256${digest(ADDRESS)}", "salt": "s"}, "someone_else"),
        ({"identityHash": f"sha1${digest(ADDRESS, 'sha1')}"}, "cannot_tell"),
        ({"identityHash": digest(ADDRESS)}, "cannot_tell"),
        ({"identityHash": f"sha256${digest(ADDRESS)}", "identityType": "url"}, "cannot_tell"),
    ],
)
def test_a_hash_is_read_as_the_standard_says(identity: dict[str, object], code: str) -> None:
    assert asked(STATED, identity).code == code


def test_a_hash_that_anyone_can_turn_back_is_called_weak() -> None:
    weak = asked(STATED, {"identityHash": f"md5${digest(ADDRESS, 'md5')}"})
    strong = asked(STATED, {"identityHash": f"sha256${digest(ADDRESS)}"})
    assert weak.detail.get("weak_hash")
    assert not strong.detail.get("weak_hash")


def test_one_of_several_identifiers_is_enough() -> None:
    other = {"identityHash": "somebody@else.example", "hashed": False}
    assert asked(STATED, other, {"identityHash": ADDRESS, "hashed": False}).code == "email_match"
    assert asked(STATED, other, other).code == "someone_else"


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("mira.solano@PORTFOLIO.example", "email_match"),
        (f" {ADDRESS}\n", "email_match"),
        ("Mira.Solano@portfolio.example", "email_match"),
        ("mira.solano+badges@portfolio.example", "other_address"),
        ("mira. solano@portfolio.example", "cannot_tell"),
        ("mirasolano@portfolio.example", "someone_else"),
        ("mira.s\u043elano@portfolio.example", "someone_else"),
        ("mira.solano@portfolio.example.evil.example", "someone_else"),
        ("mira.solano@pörtfolio.example", "someone_else"),
        ("", "not_asked"),
        ("@portfolio.example", "cannot_tell"),
    ],
)
def test_an_address_is_itself_and_nothing_like_it(stated: str, code: str) -> None:
    plain = {"identityHash": ADDRESS, "hashed": False}
    assert asked(Person(emails=(stated,), exact=True), plain).code == code


@pytest.mark.parametrize(
    ("stated", "code", "spelling"),
    [
        ("Mira.Solano@portfolio.example", "email_match", "letter_case"),
        ("MIRA.SOLANO@PORTFOLIO.EXAMPLE", "email_match", "letter_case"),
        ("mira.solano@PORTFOLIO.example", "email_match", None),
        ("Mira Solano <mira.solano@portfolio.example>", "email_match", None),
        ("mira.solano+badges@portfolio.example", "other_address", None),
        ("mira.s\u043elano@portfolio.example", "someone_else", None),
        ("not an address", "cannot_tell", None),
    ],
)
def test_the_spellings_people_use_are_tried_against_a_hash(
    stated: str, code: str, spelling: str | None
) -> None:
    hashed = {"identityHash": f"sha256${digest(ADDRESS)}"}
    answer = asked(Person(emails=(stated,), exact=True), hashed)
    assert (answer.code, answer.detail.get("spelling")) == (code, spelling)


def test_the_dots_that_gmail_ignores_make_another_address() -> None:
    plain = {"identityHash": "m.solano@gmail.com", "hashed": False}
    hashed = {"identityHash": f"sha256${digest('msolano@googlemail.com')}"}
    for identity in (plain, hashed):
        answer = asked(Person(emails=("ms.olano@gmail.com",), exact=True), identity)
        assert (answer.code, answer.detail["reason"]) == ("other_address", "same_mailbox")
    elsewhere = {"identityHash": "m.solano@portfolio.example", "hashed": False}
    person = Person(emails=("msolano@portfolio.example",), exact=True)
    assert asked(person, elsewhere).code == "someone_else"


def test_a_domain_is_one_in_either_writing() -> None:
    hashed = {"identityHash": f"sha256${digest('mira@bücher.example')}"}
    ascii_only = Person(emails=("mira@xn--bcher-kva.example",), exact=True)
    assert asked(ascii_only, hashed).code == "email_match"
    plain = {"identityHash": "mira@BÜCHER.example", "hashed": False}
    assert asked(ascii_only, plain).code == "email_match"


@pytest.mark.parametrize(
    ("kind", "value", "stated", "code"),
    [
        ("ext:telephone", "+1 (415) 555-0100", "+14155550100", "profile_match"),
        ("ext:telephone", "tel:+44-20-7946-0958", "0044 (0)20 7946 0958", "profile_match"),
        ("ext:telephone", "+14155550100", "+14155550101", "someone_else"),
        ("ext:telephone", "+442079460958", "020 7946 0958", "cannot_tell"),
        ("ext:telephone", "+442079460958", "020 7946 0959", "someone_else"),
        ("ext:telephone", "020 7946 0958", "(020) 7946-0958", "profile_match"),
        ("ext:telephone", "4711", "4711", "cannot_tell"),
        ("ext:telephone", "call me", "+14155550100", "cannot_tell"),
        ("url", "https://www.portfolio.example/mira/", "http://PORTFOLIO.example/mira", "match"),
        ("url", "https://portfolio.example/mira", "portfolio.example/mira", "match"),
        ("url", "https://bücher.example/mira", "https://xn--bcher-kva.example/mira", "match"),
        ("url", "https://portfolio.example/mira", "https://portfolio.example/jonas", "else"),
        ("url", "https://portfolio.example/mira", "https://portfolio.example/Mira", "cannot_tell"),
        ("url", "https://a.example/?who=1", "https://a.example/?who=2", "cannot_tell"),
        ("url", "https://portfolio.example/mira", "https://github.com/mira", "other_address"),
        ("url", "https://portfolio.example/mira", "nonsense", "cannot_tell"),
        (
            "url",
            "https://www.linkedin.com/in/mira-solano/",
            "de.linkedin.com/in/Mira-Solano",
            "match",
        ),
        (
            "url",
            "https://www.linkedin.com/in/mira-solano",
            "https://www.linkedin.com/in/mira-solano/details/certifications/?locale=de",
            "match",
        ),
        ("url", "https://linkedin.com/in/mira-solano", "https://linkedin.com/in/mira-s", "else"),
        ("url", "https://linkedin.com/in/mira-solano", "https://linkedin.com/feed", "cannot_tell"),
        ("url", "https://github.com/MiraSolano", "github.com/mirasolano", "match"),
        (
            "url",
            "https://github.com/mirasolano/tides",
            "https://github.com/mirasolano",
            "cannot_tell",
        ),
    ],
)
def test_telephones_and_pages_as_people_write_them(
    kind: str, value: str, stated: str, code: str
) -> None:
    identity = {"identityType": kind, "identityHash": value, "hashed": False}
    given = {"telephones" if "telephone" in kind else "urls": (stated,)}
    full = {"match": "profile_match", "else": "someone_else"}.get(code, code)
    assert asked(Person(**given, exact=True), identity).code == full
    if code == "match":
        hashed = {"identityType": kind, "identityHash": f"sha256${digest(value)}"}
        again = asked(Person(**given, exact=True), hashed).code
        assert again in ("profile_match", "cannot_tell")


@pytest.mark.parametrize(
    ("value", "stated", "code"),
    [
        ("did:web:portfolio.example", "did:web:portfolio.example#key-1", "did_match"),
        ("did:web:portfolio.example#me", "did:web:PORTFOLIO.example", "did_match"),
        ("did:web:portfolio.example:mira", "did:web:portfolio.example:Mira", "someone_else"),
        ("did:web:portfolio.example", "https://portfolio.example", "cannot_tell"),
        ("did:example:abc", "did:example:abd", "someone_else"),
    ],
)
def test_a_did_is_itself_without_what_leads_on(value: str, stated: str, code: str) -> None:
    identity = {"identityType": "ext:did", "identityHash": value, "hashed": False}
    assert asked(Person(dids=(stated,), exact=True), identity).code == code
    if stated.startswith("https:"):
        assert asked(Person(urls=(stated,), exact=True), identity).code == "cannot_tell"


@pytest.mark.parametrize(
    ("kind", "value", "stated", "code"),
    [
        ("ext:studentId", "AB-1234 567", "ab1234567", "profile_match"),
        ("ext:studentId", "AB-1234 567", "studentId=AB1234567", "profile_match"),
        ("ext:studentId", "1-23", "studentId=12-3", "cannot_tell"),
        ("ext:studentId", "123", "studentId=124", "someone_else"),
        ("ext:studentId", "123", "124", "cannot_tell"),
        ("ext:studentId", "123", "sourcedId=123", "cannot_tell"),
        ("sourcedId", "urn:uuid:5e-1", "urn:uuid:5e-1", "profile_match"),
        (
            "nationalIdentityNumber",
            "12.345.678-9",
            "nationalIdentityNumber=123456789",
            "profile_match",
        ),
        ("userName", "mira-solano", "mirasolano", "cannot_tell"),
        ("userName", "mira-solano", "userName=mira-solano", "profile_match"),
        ("isbn", "123", "123", "nobody_named"),
    ],
)
def test_other_kinds_can_be_stated(kind: str, value: str, stated: str, code: str) -> None:
    identity = {"identityType": kind, "identityHash": value, "hashed": False}
    assert asked(Person(ids=(stated,), exact=True), identity).code == code


def test_a_number_that_is_hashed_is_tried_as_people_write_it() -> None:
    identity = {"identityType": "ext:studentId", "identityHash": f"sha256${digest('AB1234')}"}
    for stated in ("AB1234", "ab-1234", "studentId=AB 1234"):
        assert asked(Person(ids=(stated,), exact=True), identity).code == "profile_match"
    assert asked(Person(ids=("studentId=AB1235",), exact=True), identity).code == "cannot_tell"


def test_a_hash_that_is_not_said_to_be_one_is_no_address() -> None:
    unsaid = {"identityHash": f"sha256${digest(ADDRESS)}", "hashed": False}
    assert asked(STATED, unsaid).code == "email_match"


def test_a_page_may_be_the_persons_and_never_contradicts() -> None:
    mine = {"identityType": "url", "identityHash": "https://portfolio.example/m", "hashed": False}
    other = Person(pages=("https://portfolio.example/jonas",), exact=True)
    assert asked(Person(pages=("https://www.portfolio.example/m/",)), mine).code == "profile_match"
    assert asked(other, mine).code == "not_asked"


def test_names_that_say_nothing_or_something_else() -> None:
    named = {"identityType": "name", "identityHash": "Mira Solano", "hashed": False}
    assert asked(Person(names=("", "  ")), named).code == "not_asked"
    empty = {"identityType": "name", "identityHash": " ", "hashed": False}
    assert asked(Person(names=("Mira Solano",)), empty).code == "nobody_named"
    address = {"identityType": "name", "identityHash": ADDRESS, "hashed": False}
    assert asked(Person(names=("Mira Solano",)), address).code == "cannot_tell"
    assert asked(STATED, address).code == "email_match"
    plain = {"identityHash": ADDRESS, "hashed": False}
    assert asked(Person(names=(ADDRESS,)), plain).code == "email_match"


def test_a_page_of_several_people() -> None:
    everybody = Person(names=("Jonas Feld", "Mira Solano", "Ada Brandt"))
    named = {"identityType": "name", "identityHash": "Mira Solano", "hashed": False}
    answer = asked(everybody, named)
    assert (answer.code, answer.detail["asked"]) == ("name_match", "Mira Solano")
    stranger = {"identityType": "name", "identityHash": "Otto Quill", "hashed": False}
    assert asked(everybody, stranger).code == "name_differs"
    assert asked(Person(names=("Jonas Feld",)), stranger).code == "someone_else"


def test_one_kind_that_contradicts_beside_one_that_cannot_be_read() -> None:
    other = {"identityHash": "somebody@else.example", "hashed": False}
    unread = {"identityHash": "sha1$abcd"}
    assert asked(STATED, other, unread).code == "other_address"
    assert asked(Person(emails=(ADDRESS,)), other).code == "other_address"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (ADDRESS, None),
        (f"<{ADDRESS}>", None),
        (f"Mira Solano <{ADDRESS}>", "Mira Solano"),
        (f"Mira Solano ({ADDRESS})", "Mira Solano"),
        (f"{ADDRESS} \u2013 Mira Solano", "Mira Solano"),
        ("Mira Solano @tides", "Mira Solano @tides"),
        ("Mira Solano", "Mira Solano"),
    ],
)
def test_an_address_in_a_name_is_an_identifier_and_never_printed(
    written: str, name: str | None
) -> None:
    named = {"type": "IdentityObject", "identityType": "name", "hashed": False}
    by_identifier = badge(RIVERSIDE, "Tides", {**named, "identityHash": written})
    subject = {**badge(RIVERSIDE, "Tides")["credentialSubject"], "name": written}
    for document in (by_identifier, badge(RIVERSIDE, "Tides", credentialSubject=subject)):
        credential = parsed(document)
        assert credential.recipient.name == name
        found = [one for one in credential.recipient.identities if ADDRESS in one.value]
        assert found == ([Identity("email", ADDRESS)] if ADDRESS in written else [])
        told = recipient.check(credential, Circumstances(NOW, person=STATED))
        assert (told.code == "email_match") is (ADDRESS in written)
