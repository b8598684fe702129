"""Cases of SD-JWT VC: what is shown of it, and by whom."""

from __future__ import annotations

from collections.abc import Iterator

from tests.made.expected import comes_out
from tests.made.folder import Case
from tests.made.issuers import RIVERSIDE
from tests.made.sd_tokens import ALL, NAME, bound, claims, digest, disclosure, issued, shown

CHALLENGE, DOMAIN = "spring-tide-41", "careers.example"


def cases() -> Iterator[Case]:
    """Every case of SD-JWT VC."""
    fine = comes_out("verified", current="no_status")
    for name, text in (
        ("all-of-it-shown", shown(*ALL)),
        ("a-part-of-it-shown", shown(NAME)),
        ("nothing-of-it-shown", shown()),
        ("shown-by-its-holder-unasked", bound(shown(*ALL))),
    ):
        yield _case(f"an-sd-jwt-{name}", text, fine)
    yield from _disclosures()
    yield from _holder()
    ended = shown(jwt=issued(claims(exp=1_750_000_000)))
    yield _case("an-sd-jwt-that-expired", ended, comes_out("expired", current="expired"))
    listed = {"status_list": {"idx": 7, "uri": f"{RIVERSIDE.home}/statuses"}}
    unread = comes_out("unknown", current="status_unsupported")
    yield _case("an-sd-jwt-with-a-token-status", shown(jwt=issued(claims(status=listed))), unread)


def _case(name: str, text: str, expect: dict[str, object], *, asked: bool = False) -> Case:
    challenge, domain = (CHALLENGE, DOMAIN) if asked else (None, None)
    return Case(name, text.encode(), expect, RIVERSIDE.web(), challenge=challenge, domain=domain)


def _disclosures() -> Iterator[Case]:
    """JWS-15: disclosures altered, added, duplicated."""
    altered = comes_out("invalid", genuine="altered", current="no_status")
    forged = disclosure("given_name", "Jonas")
    yield _case("an-sd-jwt-with-an-altered-part", shown(forged), altered)
    yield _case("an-sd-jwt-with-an-added-part", shown(NAME, disclosure("degree", "PhD")), altered)
    wrong = comes_out("invalid", genuine="structure", current="no_status")
    yield _case("an-sd-jwt-with-a-part-shown-twice", shown(NAME, NAME), wrong)
    twice = issued(claims(_sd=[digest(NAME), digest(NAME)]))
    yield _case("an-sd-jwt-with-one-digest-twice", shown(NAME, jwt=twice), wrong)
    told = issued(claims(given_name="Jonas"))
    yield _case("an-sd-jwt-that-tells-a-name-twice", shown(NAME, jwt=told), wrong)


def _holder() -> Iterator[Case]:
    """What was asked decides whether its holder must have signed."""
    fine = comes_out("verified", current="no_status")
    right = bound(shown(NAME))
    yield _case("an-sd-jwt-that-answers-the-challenge", right, fine, asked=True)
    bad = comes_out("invalid", genuine="bad_challenge", current="no_status")
    for name, text in (
        ("an-sd-jwt-for-another-challenge", bound(shown(NAME), nonce="autumn")),
        ("an-sd-jwt-for-another-domain", bound(shown(NAME), aud="elsewhere.example")),
        ("an-sd-jwt-without-the-answer-asked-for", shown(NAME)),
    ):
        yield _case(name, text, bad, asked=True)
    stolen = comes_out("invalid", genuine="bad_signature", current="no_status")
    for name, text in (
        ("an-sd-jwt-shown-by-somebody-else", bound(shown(NAME), "jonas")),
        ("an-sd-jwt-whose-holder-showed-less", bound(shown(), sd_hash=digest(shown(NAME)))),
    ):
        yield _case(name, text, stolen, asked=True)
