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
        ("Mira.Solano@portfolio.example", "someone_else"),
        ("mira.solano+badges@portfolio.example", "someone_else"),
        ("mira. solano@portfolio.example", "someone_else"),
        ("mirasolano@portfolio.example", "someone_else"),
        ("mira.s\u043elano@portfolio.example", "someone_else"),
        ("mira.solano@portfolio.example.evil.example", "someone_else"),
        ("mira.solano@pörtfolio.example", "someone_else"),
        ("", "someone_else"),
        ("@portfolio.example", "someone_else"),
    ],
)
def test_an_address_is_itself_and_nothing_like_it(stated: str, code: str) -> None:
    plain = {"identityHash": ADDRESS, "hashed": False}
    assert asked(Person(emails=(stated,), exact=True), plain).code == code


@pytest.mark.parametrize(
    "stated", ["Mira.Solano@portfolio.example", "mira.s\u043elano@portfolio.example"]
)
def test_a_hash_of_another_spelling_is_no_match(stated: str) -> None:
    hashed = {"identityHash": f"sha256${digest(ADDRESS)}"}
    assert asked(Person(emails=(stated,), exact=True), hashed).code == "someone_else"
