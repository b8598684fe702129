"""A comparison as JSON (contract, section 4), for programs and for the page."""

from __future__ import annotations

from collections import Counter
from typing import Any

from wallet_server.doctor.model import CODES, Comparison, Examined, Finding, Missing
from wallet_server.verification import now
from wallet_server.wire import moment


def comparison(found: Comparison) -> dict[str, Any]:
    """All of it; entries in the page's order, those that it only names last."""
    counted = Counter(one.code for one in found.examined)
    return {
        "version": 1,
        "site": found.site or None,
        "checked_at": moment(now()),
        "counts": {code: counted[code] for code in CODES if counted[code]},
        "entries": [_entry(one) for one in found.examined],
        "missing": [_missing(one) for one in found.missing],
        "notes": list(found.notes),
    }


def is_well(told: dict[str, Any]) -> bool:
    """Whether there is nothing to mend, on the page or in what it lacks."""
    return not told["missing"] and set(told["counts"]) <= {"fine"}


def _entry(one: Examined) -> dict[str, Any]:
    report, card = one.report, None if one.award is None else one.award.card
    return {
        "index": one.number,
        "title": one.title,
        "at": one.at,
        "code": one.code,
        "findings": [_finding(finding) for finding in one.findings],
        "verdict": None if report is None else report.verdict.value,
        "headline": None if report is None else report.headline,
        "credential": None if card is None else card.lead,
        "keep": one.keep,
    }


def _finding(one: Finding) -> dict[str, Any]:
    word = CODES[one.code]
    return {"code": one.code, "word": word, "says": one.says, "mend": one.mend, "link": one.link}


def _missing(one: Missing) -> dict[str, Any]:
    card = one.award.card
    return {
        "id": card.lead,
        "name": card.name,
        "issuer": card.issuer,
        "issued": card.issued,
        "verdict": card.verdict,
        "headline": card.headline,
        "link": one.given.link,
        "add": one.given.add,
        "hand_on": f"/wallet/{card.lead}/hand-on",
    }
