"""Cases for what lists say of an issuer: their scope, order, date and policy, and for what has
changed since an issuer was first met.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from tests.made.assertions import assertion, hosted
from tests.made.credentials import badge, by
from tests.made.expected import comes_out
from tests.made.folder import Case, as_json
from tests.made.issuers import IMITATOR, MEADOW, RIVERSIDE, Issuer
from tests.made.signing import signed

_BOARD = "Nursing board"
_FIRST = "2026-05-03T10:00:00Z"
_AT = "2026-09-01T12:00:00Z"


def cases() -> Iterator[Case]:
    """Every one of them."""
    yield from _scopes()
    yield from _orders()
    yield from _policies()
    yield from _changes()
    yield from _slips()


def _list(name: str, *issuers: Mapping[str, Any], **members: object) -> dict[str, Any]:
    return {"name": name, "as_of": "2026-02-01", "scope": None, "issuers": list(issuers), **members}


def _entry(issuer: Issuer, policy: str = "trust", **members: object) -> dict[str, Any]:
    return {"id": issuer.did, "name": issuer.name, "policy": policy, **members}


def _of(
    name: str,
    title: str,
    verdict: str,
    code: str,
    says: str,
    *lists: Mapping[str, Any],
    issuer: Issuer = MEADOW,
    subject: Mapping[str, Any] | None = None,
) -> Case:
    """A good badge by `issuer` under `lists`, of which the answer `issuer` says `says`."""
    made = badge(issuer, title)
    made["credentialSubject"]["achievement"] |= subject or {}
    expect = comes_out(verdict, current="no_status", issuer=code) | {"says": {"issuer": says}}
    return Case(
        name, as_json(by(issuer, made)), expect, issuer.web(), trust=False, lists=tuple(lists)
    )


def _scopes() -> Iterator[Case]:
    nursing = _list(_BOARD, _entry(MEADOW), scope="for nursing only")
    only = "“Nursing board” vouches for nursing only, and this badge says it is about that."
    but = (
        "“Nursing board” (1 February 2026) knows meadow-makers.example as Meadow Makers, but for "
        "nursing only, and nothing in this badge says it is about that."
    )
    vouched, not_listed = ("verified", "vouched"), ("unvouched", "not_listed")
    yield _of("a-badge-within-the-scope-of-a-list", "Nursing Basics", *vouched, only, nursing)
    yield _of("a-badge-beyond-the-scope-of-a-list", "Data Literacy", *not_listed, but, nursing)
    yield _of("a-badge-that-is-not-nursing", "Not Nursing", *not_listed, but, nursing)
    yield _of("a-badge-with-nurses-in-a-word", "Nursingesque Art", *not_listed, but, nursing)
    prose = {"description": "For those who left nursing.", "criteria": {"narrative": "No nursing."}}
    yield _of(
        *("a-badge-that-names-nursing-in-prose", "Data Literacy", *not_listed, but, nursing),
        subject=prose,
    )
    skill = {
        "alignment": [
            {
                "type": ["Alignment"],
                "targetName": "Wound care",
                "targetUrl": "https://skills.example/nursing/7",
            }
        ]
    }
    coded = _list(
        _BOARD,
        _entry(MEADOW),
        scope={"says": "nursing", "words": ["https://skills.example/nursing/7"]},
    )
    yield _of(
        *("a-badge-aligned-to-a-lists-scope", "First Aid", *vouched, only, coded), subject=skill
    )
    entry = _list(_BOARD, _entry(MEADOW, scope="nursing"))
    yield _of("a-badge-beyond-the-scope-of-an-entry", "Data Literacy", *not_listed, but, entry)
    yield _of(
        *("a-scope-and-a-list-without-one", "Data Literacy", *vouched),
        "“Makers” (1 February 2026) knows meadow-makers.example as Meadow Makers.",
        *(nursing, _list("Makers", _entry(MEADOW))),
    )
    denies = _list(_BOARD, _entry(MEADOW, "deny"), scope="nursing")
    yield _of(
        *("a-denial-beyond-a-lists-scope", "Data Literacy", "impostor", "denied"),
        "The list “Nursing board” (1 February 2026) refuses meadow-makers.example.",
        denies,
    )
    yield replace(
        _of(
            *("a-scope-and-a-list-that-is-down", "Data Literacy", "unvouched", "registry_unread"),
            but,
            nursing,
        ),
        unread="A list that is down",
    )


def _orders() -> Iterator[Case]:
    ours = _list("Ours", _entry(MEADOW) | {"name": "The Makers"})
    theirs = _list("Theirs", _entry(MEADOW), as_of="2025-07-01")
    yield _of(
        *("the-first-list-gives-the-name", "Data Literacy", "verified", "vouched"),
        "“Ours” (1 February 2026) and “Theirs” (1 July 2025) know meadow-makers.example as The "
        "Makers.",
        *(ours, theirs),
    )
    yield _of(
        *("a-later-list-that-refuses", "Data Literacy", "impostor", "denied"),
        "The list “Last” (1 February 2026) refuses meadow-makers.example.",
        *(ours, theirs, _list("Last", _entry(MEADOW, "deny"))),
    )
    yield replace(
        _of(
            *("a-known-issuer-and-a-list-that-is-down", "Data Literacy", "verified", "vouched"),
            "The list “A list that is down” could not be read, and may say otherwise.",
            theirs,
        ),
        unread="A list that is down",
    )


def _policies() -> Iterator[Case]:
    heard = _list("Open registry", _entry(MEADOW, "known"))
    yield _of(
        *("an-issuer-that-a-list-only-names", "Data Literacy", "unvouched", "not_listed"),
        "“Open registry” (1 February 2026) names it “Meadow Makers”, and vouches for nobody by it.",
        heard,
    )
    knows = _list("Colleges", _entry(RIVERSIDE, domains=[RIVERSIDE.domain]))
    yield _of(
        *("an-imitator-that-a-list-only-names", "Data Literacy", "impostor", "lookalike"),
        "looks like Riverside College and is not",
        *(_list("Open registry", _entry(IMITATOR, "known")), knows),
        issuer=IMITATOR,
    )
    other = {"id": "did:web:other.example", "name": MEADOW.name, "policy": "known"}
    borrowed = _list("Open registry", other)
    yield _of(
        *("a-name-that-a-list-only-names", "Data Literacy", "unvouched", "not_listed"),
        "None of your lists knows this issuer.",
        borrowed,
    )


def _changes() -> Iterator[Case]:
    first = {"kind": "key", "value": "0" * 64, "method": f"{MEADOW.did}#old", "first_seen": _FIRST}
    says = "Its key is another than the one first seen on 3 May 2026."
    moved = {"kind": "domain", "value": "old-meadow.example", "first_seen": _FIRST}
    unknown = _of("an-issuer-with-another-key", "Data Literacy", "unvouched", "not_listed", says)
    yield replace(unknown, sightings={MEADOW.did: [first]}, at=_AT)
    listed = _list("Makers", _entry(MEADOW))
    known = _of(
        "a-known-issuer-with-another-key", "Data Literacy", "verified", "vouched", says, listed
    )
    yield replace(known, sightings={MEADOW.did: [first]}, at=_AT)
    yield replace(
        _of(
            *("an-issuers-name-at-another-domain", "Data Literacy", "unvouched", "not_listed"),
            "An issuer of that name was first seen on 3 May 2026 at another domain, "
            "old-meadow.example.",
        ),
        sightings={"called:meadow makers": [moved]},
        at=_AT,
    )
    yield replace(
        _of(
            *("a-known-issuer-at-another-domain", "Data Literacy", "verified", "vouched"),
            "Its domain is another than the one first seen on 3 May 2026, old-meadow.example.",
            listed,
        ),
        sightings={f"listed:{MEADOW.did}": [moved]},
        at=_AT,
    )
    made = assertion("Chart Reading", MEADOW)
    expect = comes_out("unvouched", genuine="hosted", issuer="not_listed")
    web = hosted(made, "Chart Reading", MEADOW)
    yield Case(
        "a-hosted-badge-at-another-domain",
        as_json(made),
        expect | {"says": {"issuer": "was first seen on 3 May 2026 at another domain"}},
        web,
        trust=False,
        sightings={"called:meadow makers": [moved]},
        at=_AT,
    )
    yield _forged(first)


def _forged(first: Mapping[str, str]) -> Case:
    """Nothing is announced of an issuer whose signature does not fit."""
    document = signed(badge(MEADOW, "Data Literacy"), "somebody-else", MEADOW.method)
    return Case(
        "a-forgery-of-an-issuer-met-before",
        as_json(document),
        comes_out("invalid", genuine="bad_signature", current="no_status")
        | {"says": {"issuer": "Who issued this is not proven, so no list was asked about them."}},
        MEADOW.web(),
        trust=False,
        sightings={MEADOW.did: [first]},
        at=_AT,
    )


def _slips() -> Iterator[Case]:
    """Somebody's name that is a slip away from several known ones: the nearest is meant, and of
    those as near the first of the lists.
    """
    names = ("Calderan", "Caldeson", "Calzeron", "Colderon", "Kalderon", "Calderone")
    yield _near("a-name-a-slip-from-six-known-ones", names, "Calderan")
    farther = ("Cadelron", "Calerdon", "Calrdeon")
    yield _near("a-name-nearer-to-one-known-than-to-another", (*farther, "Kalderon"), "Kalderon")


def _near(name: str, listed: tuple[str, ...], meant: str) -> Case:
    known = [
        {"id": f"did:web:{one.lower()}-school.example", "name": one, "policy": "trust"}
        for one in listed
    ]
    says = f"meadow-makers.example calls itself “Calderon”, and nothing ties it to {meant}."
    return _of(
        *(name, "Data Literacy", "unknown", "claims_known_name", says, _list("Schools", *known)),
        issuer=replace(MEADOW, name="Calderon"),
    )
