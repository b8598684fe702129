"""Cases of how badges of every generation name their recipient, and how people write it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from tests.made.anchoring import anchored_1, anchored_2, anchored_3, badge_1, badge_2, badge_3
from tests.made.assertions import assertion, hosted
from tests.made.cases_blockcerts import web_of, web_of_1
from tests.made.cases_bundles import record
from tests.made.cases_genuine import COLLEGE_WEB, NAME
from tests.made.cases_people import PROFILE, case_for, identity
from tests.made.cases_tokens import older, secured
from tests.made.cases_tokens import web as token_web
from tests.made.credentials import by, hashed_email, plain_name
from tests.made.expected import comes_out
from tests.made.folder import Answer, Case, Web, answered, as_json
from tests.made.issuers import (
    HARBOUR,
    HOLDER,
    HOLDER_EMAIL,
    OTHER_EMAIL,
    RIVERSIDE,
    STRANGER,
    STRANGER_EMAIL,
)
from tests.made.sd_tokens import claims, issued, shown
from tests.made.signing import JsonDocument

PHONE = "+14155550100"
LINKEDIN = "https://www.linkedin.com/in/mira-solano-made-up"
_STATED: Mapping[str, Any] = {"emails": [HOLDER_EMAIL], "exact": True}
_SEEN: Mapping[str, Any] = {"emails": [HOLDER_EMAIL], "exact": False}


def cases() -> Iterator[Case]:
    """Every case of these."""
    yield from _oldest()
    yield from _hosted()
    yield from _objects()
    yield from _written_by_people()
    yield from _numbers()
    yield from _subjects()
    yield from _tokens()
    yield from _other_standards()
    yield from _names()


def _digest(text: str, algorithm: str = "sha256") -> str:
    return f"{algorithm}${hashlib.new(algorithm, text.encode()).hexdigest()}"


def _oldest() -> Iterator[Case]:
    """Open Badges 0.5: the address itself, or its hash with the salt beside it."""
    url = f"{HARBOUR.home}/old/1.json"
    salted: JsonDocument = {"recipient": _digest(f"{HOLDER_EMAIL}brine"), "salt": "brine"}
    for name, members in (
        ("plainly", {"recipient": HOLDER_EMAIL}),
        ("hashed", {"recipient": _digest(HOLDER_EMAIL)}),
        ("hashed-with-salt", salted),
        ("hashed-with-md5", {"recipient": _digest(HOLDER_EMAIL, "md5")}),
    ):
        web: Web = {url: answered({**_assertion_05(), **members}), f"{HARBOUR.home}/": Answer(b"")}
        for person, code in ((_STATED, "email_match"), (_stranger(), "someone_else")):
            verdict = "verified" if code == "email_match" else "not_theirs"
            expect = _hosted_as(verdict, code)
            yield Case(f"a-badge-of-2011-named-{name}-{_who(code)}", url, expect, web, person)


def _assertion_05() -> JsonDocument:
    home = HARBOUR.home
    return {
        "issued_on": "2012-05-02",
        "badge": {
            "version": "0.5.0",
            "name": NAME,
            "image": f"{home}/old/1.png",
            "description": "What the guild gave out in its first year.",
            "criteria": f"{home}/old/criteria",
            "issuer": {"origin": home, "name": HARBOUR.name},
        },
    }


def _stranger() -> Mapping[str, Any]:
    return {"emails": [STRANGER_EMAIL], "exact": True}


def _who(code: str) -> str:
    return "to-her" if code.endswith("_match") else "to-another"


def _hosted_as(verdict: str, code: str) -> dict[str, Any]:
    return comes_out(verdict, genuine="hosted", recipient=code)


def _hosted() -> Iterator[Case]:
    """Open Badges 2.0: a property of the profile, hashed or not."""
    upper = _digest(f"{HOLDER_EMAIL}brine").upper().replace("SHA256", "sha256")
    for name, recipient, person, code in (
        ("her-address", {"identity": HOLDER_EMAIL, "hashed": False}, _STATED, "email_match"),
        (
            "her-hash-without-salt",
            {"identity": _digest(HOLDER_EMAIL), "hashed": True},
            _STATED,
            "email_match",
        ),
        ("her-hash-in-capitals", {"identity": upper, "salt": "brine"}, _STATED, "email_match"),
        ("her-weak-hash", {"identity": _digest(HOLDER_EMAIL, "md5")}, _STATED, "email_match"),
        (
            "another-weak-hash",
            {"identity": _digest(STRANGER_EMAIL, "md5")},
            _STATED,
            "someone_else",
        ),
        (
            "her-profile-with-www-and-a-slash",
            {"type": "url", "identity": "http://www.portfolio.example/mira/", "hashed": False},
            {"profiles": [PROFILE], "exact": True},
            "profile_match",
        ),
        (
            "her-telephone",
            {"type": "telephone", "identity": PHONE, "hashed": False},
            {"telephones": ["+1 (415) 555-0100"], "exact": True},
            "profile_match",
        ),
        (
            "her-hashed-telephone",
            {"type": "telephone", "identity": _digest(PHONE)},
            {"telephones": ["001 415 555 0100"], "exact": True},
            "profile_match",
        ),
    ):
        made = assertion(NAME)
        made["recipient"] = {"type": "email", "hashed": True, **recipient}
        verdict = "verified" if code.endswith("_match") else "not_theirs"
        source, expect = as_json(made), _hosted_as(verdict, code)
        yield Case(f"an-assertion-to-{name}", source, expect, hosted(made, NAME), person)


def _objects() -> Iterator[Case]:
    """Open Badges 3.0: lists of identity objects."""
    nobody = identity("emailAddress", "nobody@elsewhere.example")
    yield case_for(
        "one-of-two-addresses-is-hers",
        "verified",
        "email_match",
        _STATED,
        nobody,
        hashed_email(),
    )
    yield case_for(
        "neither-of-two-addresses-is-hers", "not_theirs", "someone_else", _STATED, nobody, nobody
    )
    unsaid = {**hashed_email(), "hashed": False}
    yield case_for("a-hash-not-said-to-be-one", "verified", "email_match", _STATED, unsaid)
    said = {**identity("emailAddress", HOLDER_EMAIL), "hashed": True}
    yield case_for("an-address-said-to-be-a-hash", "holder_unproven", "cannot_tell", _STATED, said)
    strange = {**hashed_email(), "identityHash": "sha1$0a1b2c"}
    yield case_for("a-hash-nobody-knows", "holder_unproven", "cannot_tell", _STATED, strange)
    yield case_for(
        "a-number-of-a-book", "holder_unproven", "nobody_named", _STATED, identity("isbn", "12")
    )


def _written_by_people() -> Iterator[Case]:
    shouted = {"emails": [HOLDER_EMAIL.upper()], "exact": True}
    for name, code, person, told in (
        ("her-address-in-capitals", "email_match", shouted, hashed_email()),
        ("her-address-and-name", "email_match", _mail(f"Mira <{HOLDER_EMAIL}>"), hashed_email()),
        (
            "her-domain-in-other-letters",
            "email_match",
            _mail("mira@xn--bcher-kva.example"),
            hashed_email("mira@bücher.example"),
        ),
        ("her-address-with-a-tag", "other_address", _mail(_tagged()), hashed_email()),
        (
            "her-address-with-other-dots",
            "other_address",
            _mail("mira.made.up@gmail.com"),
            hashed_email("miramadeup@gmail.com"),
        ),
        ("no-address-at-all", "cannot_tell", _mail("mira at portfolio"), hashed_email()),
        ("an-empty-address", "not_asked", _mail(" "), hashed_email()),
        (
            "her-profile-in-another-language",
            "profile_match",
            {"profiles": ["https://de.linkedin.com/in/Mira-Solano-made-up/"], "exact": True},
            identity("url", LINKEDIN),
        ),
        (
            "her-profile-at-another-site",
            "other_address",
            {"profiles": ["https://github.com/mira-made-up"], "exact": True},
            identity("url", LINKEDIN),
        ),
        (
            "another-profile-at-the-site",
            "someone_else",
            {"profiles": ["https://www.linkedin.com/in/jonas-feld-made-up"], "exact": True},
            identity("url", LINKEDIN),
        ),
        (
            "the-page-is-her-profile",
            "profile_match",
            {"pages": [f"{LINKEDIN}/details/certifications/"], "exact": False},
            identity("url", LINKEDIN),
        ),
        (
            "the-page-is-another",
            "not_asked",
            {"pages": ["https://portfolio.example/jonas"], "exact": False},
            identity("url", LINKEDIN),
        ),
        (
            "a-national-telephone-number",
            "cannot_tell",
            {"telephones": ["020 7946 0958"], "exact": True},
            identity("ext:telephone", "+442079460958"),
        ),
        (
            "another-telephone-number",
            "someone_else",
            {"telephones": ["+14155550199"], "exact": True},
            identity("ext:telephone", PHONE),
        ),
    ):
        yield case_for(f"stated-{name}", _verdict(code), code, person, told)


def _mail(address: str) -> Mapping[str, Any]:
    return {"emails": [address], "exact": True}


def _tagged() -> str:
    return HOLDER_EMAIL.replace("@", "+badges@")


def _verdict(code: str) -> str:
    if code == "someone_else":
        return "not_theirs"
    return "verified" if code.endswith("_match") or code == "not_asked" else "holder_unproven"


def _numbers() -> Iterator[Case]:
    """Student numbers and the like."""
    student = identity("ext:studentId", "AB-1234 567")
    for name, code, stated, told in (
        ("her-student-number", "profile_match", "ab1234567", student),
        ("her-student-number-and-its-kind", "profile_match", "studentId=AB1234567", student),
        ("another-student-number", "someone_else", "studentId=AB1234568", student),
        ("a-number-of-no-kind", "cannot_tell", "AB1234568", student),
        ("a-number-of-another-kind", "cannot_tell", "accountId=AB1234567", student),
        ("her-sourced-id", "profile_match", "7c-1", identity("sourcedId", "7c-1")),
        (
            "her-national-number",
            "profile_match",
            "123456789",
            identity("nationalIdentityNumber", "12.345.678-9"),
        ),
    ):
        person = {"ids": [stated], "exact": True}
        yield case_for(f"stated-{name}", _verdict(code), code, person, told)


def _subjects() -> Iterator[Case]:
    """What `credentialSubject.id` may be."""
    did = "did:web:portfolio.example:mira"
    for name, subject, person, code in (
        ("a-mailbox", f"mailto:{HOLDER_EMAIL}", _STATED, "email_match"),
        ("a-telephone", f"tel:{PHONE}", {"telephones": [PHONE], "exact": True}, "profile_match"),
        ("a-did", did, {"dids": [f"{did}#key-1"], "exact": True}, "did_match"),
        ("another-did", did, {"dids": ["did:web:jonas.example"], "exact": True}, "someone_else"),
        (
            "a-did-and-an-address-was-stated",
            "did:web:portfolio.example",
            {"urls": ["https://portfolio.example/"], "exact": True},
            "cannot_tell",
        ),
        ("a-urn", "urn:uuid:5e-1", {"ids": ["urn:uuid:5e-1"], "exact": True}, "profile_match"),
    ):
        yield case_for(f"its-subject-is-{name}", _verdict(code), code, person, subject=subject)


def _tokens() -> Iterator[Case]:
    person = {"dids": ["did:example:mira#me"], "exact": True}
    expect = comes_out("verified", current="no_status", recipient="did_match")
    yield Case(
        "a-jwt-about-her", secured(claims=older(), typ="JWT").encode(), expect, token_web(), person
    )
    for name, sub, who, code in (
        ("her-did", "did:example:mira", person, "did_match"),
        ("her-mailbox", f"mailto:{HOLDER_EMAIL}", _STATED, "email_match"),
        ("another-mailbox", f"mailto:{STRANGER_EMAIL}", _STATED, "someone_else"),
    ):
        text = shown(jwt=issued(claims(sub=sub))).encode()
        expect = comes_out(_verdict(code), current="no_status", recipient=code)
        yield Case(f"an-sd-jwt-about-{name}", text, expect, RIVERSIDE.web(), who)


def _other_standards() -> Iterator[Case]:
    key = "ecdsa-koblitz-pubkey:1MadeUpKeyOfMiras"
    keyed = {"ids": [key.partition(":")[2]], "exact": True}
    two = badge_2(NAME)
    two["recipientProfile"] |= {"publicKey": key}
    three, first = badge_3(NAME), anchored_1(badge_1(NAME))
    in_two, web_2 = as_json(anchored_2(two)), web_of(two)
    for name, source, web, person, code in (
        ("2-to-her-key", in_two, web_2, keyed, "profile_match"),
        ("2-to-her-address", in_two, web_2, _STATED, "email_match"),
        ("2-to-her-name", in_two, web_2, {"names": [HOLDER], "exact": True}, "name_match"),
        ("2-to-another", in_two, web_2, _stranger(), "someone_else"),
        ("3-to-her-address", as_json(anchored_3(three)), web_of(three), _STATED, "email_match"),
        ("1-to-her-address", as_json(first), web_of_1(first), _STATED, "email_match"),
    ):
        expect = comes_out(_verdict(code), recipient=code)
        yield Case(f"a-blockcert-{name}", source, expect, web, person)
    yield from _europass()
    held = record()
    held["credentialSubject"]["identifier"] = [hashed_email()]
    del held["proof"]
    expect = comes_out("verified", current="no_status", recipient="email_match")
    yield Case("a-record-of-hers", as_json(by(RIVERSIDE, held)), expect, COLLEGE_WEB, _STATED)


def _europass() -> Iterator[Case]:
    document = {
        "@context": ["https://www.w3.org/2018/credentials/v1"],
        "id": "urn:credential:made-up-2",
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "issuer": {"id": "urn:epass:org:1", "legalName": {"en": ["Harbour Data Guild"]}},
        "issuanceDate": "2025-03-14T09:00:00Z",
        "credentialSubject": {
            "id": "urn:epass:person:1",
            "type": "Person",
            "fullName": {"en": [HOLDER]},
            "nationalID": {"type": "LegalIdentifier", "notation": "EX-12345678"},
            "identifier": [
                {"type": "Identifier", "notation": "87654321", "schemeName": "Student Card ID"}
            ],
            "contactPoint": [{"emailAddress": [{"id": f"mailto:{HOLDER_EMAIL}"}]}],
        },
    }
    for name, person, code in (
        ("her-address", _STATED, "email_match"),
        ("her-name", {"names": [HOLDER], "exact": True}, "name_match"),
        ("her-national-number", {"ids": ["EX12345678"], "exact": True}, "profile_match"),
        ("her-student-card", {"ids": ["studentCardId=87654321"], "exact": True}, "profile_match"),
        ("another-address", _stranger(), "someone_else"),
    ):
        expect = comes_out("unknown", genuine="unsigned", current="no_status", recipient=code)
        yield Case(f"a-europass-to-{name}", as_json(document), expect, person=person)


def _names() -> Iterator[Case]:
    """Names that are none, and pages of several people."""
    several = {"names": [STRANGER, HOLDER, "Ada Brandt"], "exact": False}
    mine = plain_name(HOLDER)
    for name, code, person, told in (
        ("one-of-the-people-on-a-page", "name_match", several, mine),
        ("none-of-the-people-on-a-page", "name_differs", several, plain_name("Otto Quill")),
        ("her-name-in-other-letters", "name_match", _called("Мира Солано"), mine),
        ("another-name-in-other-letters", "name_differs", _called("Йонас Фельд"), mine),
        ("an-empty-name", "not_asked", _called("  "), mine),
        ("a-name-that-is-her-address", "email_match", _STATED, plain_name(HOLDER_EMAIL)),
        ("a-name-that-is-an-address", "other_address", _SEEN, plain_name(OTHER_EMAIL)),
        ("a-name-of-nothing", "nobody_named", _called(HOLDER), plain_name(" ")),
    ):
        yield case_for(f"asked-for-{name}", _verdict(code), code, person, told)


def _called(name: str) -> Mapping[str, Any]:
    return {"names": [name], "exact": True}
