"""Cases for `claims_known_name`: who will be taken for a known issuer by their name."""

from __future__ import annotations

from collections.abc import Iterator

from tests.made.credentials import badge, by
from tests.made.expected import comes_out
from tests.made.folder import Case, answered, as_json
from tests.made.issuers import DID_CONTEXT, MULTIKEY_CONTEXT, PLATFORM_DOMAIN, Issuer
from tests.made.signing import multikey, signed

_NAME = "Data Literacy"


def cases() -> Iterator[Case]:
    """Every case of names that resemble a known one, and of some that do not."""
    for name, called in (
        ("with-a-word-of-trade", "Riverside College Certification Centre"),
        ("with-a-country-and-a-year", "Riverside College Portugal 2026"),
        ("in-another-language", "Colegio de Riverside"),
        ("in-letters-of-two-scripts", "Rivеrside College"),  # noqa: RUF001
        ("with-figures-for-letters", "R1vers1de C0llege"),
        ("with-invisible-characters", "River\u200bside Col\u00adlege"),
        ("in-letters-set-apart", "R i v e r s i d e   C o l l e g e"),
        ("with-a-slip", "Rivreside College"),
        ("in-another-script", "Риверсайд Колледж"),
        ("as-a-partner", "Bright Kitchens, partner of Riverside College"),
        ("written-as-one", "RiversideCollege Official"),
        ("as-a-mail-address", "registrar@riverside-college.example"),
        ("as-a-web-address", "https://badges.riverside-college.example/certification"),
        ("turned-around-in-part", "\u202eegelloC edisreviR\u202c Certification"),
        ("turned-around-and-back-within", "\u202e\u202dllege\u202coC edisreviR"),
        ("with-signs-between-letters", "C|i|b|r|e"),
        ("as-a-handle", "@cibre_official"),
        ("with-l-for-i-behind-c", "Clbre"),
        ("that-ends-as-it-sounds", "Cibri Education"),
        ("that-sounds-so-in-two-words", "Lockt-On Learning"),
        ("within-a-legal-line", "© 2026 Riverside College Ltd. All rights reserved."),
        ("as-an-office-of-it", "Cibre HR – Candidate Results Desk"),  # noqa: RUF001
        ("as-its-office-in-another-language", "Oficina de Graduación, Cibre"),
        ("with-initials-that-trade-words-explain", "Certified Badges Registry (CBR)"),
    ):
        yield _of(name, Issuer(called, "quick-badges.example"), "claims_known_name")
    domain = Issuer("Badge Office", "riverside-college-badges.example")
    yield _of("in-the-domain-alone", domain, "claims_known_name")
    accents = Issuer("Badge Office", "xn--rivrside-college-vpb.example")
    yield _of("in-a-domain-with-an-accent", accents, "claims_known_name")
    office = Issuer("Badge Office", "badge-office.riverside-college.example")
    yield _of("in-the-domain-that-is-the-known-ones-own", office, "not_listed")
    for name, called in (
        ("that-only-shares-a-word", "Riverside Cookery School"),
        ("of-another-kind-of-body", "Riverside Rowing Club"),
        ("of-an-office-elsewhere", "Cibre Grove Post Office"),
        ("in-initials-that-it-explains", "Coastal Bird Rescue (CBR)"),
        ("in-initials-explained-behind-them", "CBR, Coastal Bird Rescue"),
        ("in-its-page-on-a-known-host", "www.cibre.example/company/coastal-bird-rescue"),
        ("in-a-mail-address-of-its-own", "office@coastal-birds.example"),
        ("in-a-legal-line-of-its-own", "© 2026 Coastal Bird Rescue. All rights reserved."),
    ):
        yield _of(name, Issuer(called, "quick-badges.example"), "not_listed")
    yield _on_a_platform("checked-by-a-platform", "Riverside College Skills", "not_listed")
    yield _on_a_platform(
        "the-very-same-on-a-platform-that-checks", "Riverside College", "claims_known_name"
    )


def _expected(code: str) -> dict[str, object]:
    verdict = "unknown" if code == "claims_known_name" else "unvouched"
    return comes_out(verdict, current="no_status", issuer=code)


def _of(name: str, issuer: Issuer, code: str) -> Case:
    """A good badge by `issuer`."""
    document = by(issuer, badge(issuer, _NAME))
    return Case(f"a-known-name-{name}", as_json(document), _expected(code), issuer.web())


def _on_a_platform(name: str, called: str, code: str) -> Case:
    """A good badge by somebody without an entry on any list, at a platform that checks."""
    did = f"did:web:{PLATFORM_DOMAIN}:issuers:someone"
    method = f"{did}#key-1"
    key = {
        "id": method,
        "type": "Multikey",
        "controller": did,
        "publicKeyMultibase": multikey("tenant"),
    }
    resolved = {
        "@context": [DID_CONTEXT, MULTIKEY_CONTEXT],
        "id": did,
        "verificationMethod": [key],
        "assertionMethod": [method],
    }
    profile = {"id": did, "type": ["Profile"], "name": called}
    document = badge(Issuer(called, PLATFORM_DOMAIN), _NAME, issuer=profile)
    return Case(
        f"a-known-name-{name}",
        as_json(signed(document, "tenant", method)),
        _expected(code),
        {f"https://{PLATFORM_DOMAIN}/issuers/someone/did.json": answered(resolved)},
    )
