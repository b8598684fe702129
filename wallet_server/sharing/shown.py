"""What a visitor is told of a badge: its report, less all that the owner left off.

A part that is left off is in none of what is given under a share: not beside the answers, and not
within their sentences either.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from wallet_server.sharing.fields import ALWAYS, EVERY, FIELDS

#: What stands in place of a sentence that names something which is left off.
KEPT_BACK = "What was found names something that is left off here."
#: What a badge is called whose own name tells whose it is, where that is left off.
NAMELESS = "A badge whose name is left off"
#: Letters of a text below which it says nothing by itself.
_FEW = 3
_DATES = ("issued",)
_EMPTY: Mapping[str, Any] = {
    "recipient": {"name": None, "identity_kind": None, "hashed": False},
    "criteria": {"url": None, "text": None},
    **dict.fromkeys(("image", "issued", "description", "credits", "hours", "achievement", "id")),
}


def shows_all(fields: Collection[str]) -> bool:
    """Whether nothing is left off, so that the badge itself may be given."""
    return frozenset(fields) >= EVERY


def shown(report: Mapping[str, Any], fields: Collection[str]) -> dict[str, Any]:
    """A report in the contract's shape, made about nobody but whom the owner shows, with nothing
    in it but what `fields` name and what is always shown. What was left off is named in
    `left_off`.
    """
    if shows_all(fields):
        return {**report, "left_off": []}
    hidden, people = set(_hidden(report, fields)), people_left_off(report, fields)
    told = _shown(report, fields, hidden, people)
    return {**told, "left_off": sorted(EVERY - frozenset(fields))}


def people_left_off(report: Mapping[str, Any], fields: Collection[str]) -> frozenset[str]:
    """The names of whom a report is about, where that is left off: they stand in nothing that is
    shown, wherever their issuers wrote them.
    """
    if "recipient" in fields:
        return frozenset()
    own = _texts(report["credential"]["recipient"]["name"])
    inner = (people_left_off(one, fields) for one in report["bundle"])
    return frozenset(own).union(*inner)


def names(text: str | None, people: Collection[str]) -> bool:
    """Whether `text` names one of these."""
    folded = (text or "").casefold()
    return any(one in folded for one in people)


def _shown(
    report: Mapping[str, Any],
    fields: Collection[str],
    hidden: Collection[str],
    people: Collection[str],
) -> dict[str, Any]:
    said = report["credential"]
    credential = {name: said[name] for name in ALWAYS}
    for field in FIELDS:
        for member in field.members:
            credential[member] = said[member] if field.word in fields else _EMPTY.get(member, [])
    endorsed = credential.pop("endorsements")
    credential = _impersonal(credential, people)
    credential["name"] = NAMELESS if names(said["name"], people) else said["name"]
    credential["endorsements"] = [_shown(one, fields, hidden, people) for one in endorsed]
    address = "address" in fields
    return {
        "version": report["version"],
        "source": report["source"] if address else "badge",
        "verdict": report["verdict"],
        "headline": _without(report["headline"], hidden),
        "assurance": report["assurance"],
        "checks": [_answer(check, hidden) for check in report["checks"]],
        "credential": credential,
        "contacted": report["contacted"] if address else [],
        "checked_at": report["checked_at"],
        "status_as_of": report["status_as_of"],
        "bundle": [_shown(one, fields, hidden, people) for one in report["bundle"]]
        if "parts" in fields
        else [],
    }


def _impersonal(value: Any, people: Collection[str]) -> Any:  # noqa: ANN401 - JSON, whatever it is
    """`value` without the texts that name one of these people."""
    if isinstance(value, str):
        return None if names(value, people) else value
    if isinstance(value, Mapping):
        return {name: _impersonal(one, people) for name, one in value.items()}
    if isinstance(value, list):
        return [_impersonal(one, people) for one in value]
    return value


def _answer(check: Mapping[str, Any], hidden: Collection[str]) -> dict[str, Any]:
    """An answer without its detail, which may hold anything."""
    fix = None if check["fix"] is None else _without(check["fix"], hidden)
    fix = None if fix == KEPT_BACK else fix
    return {**check, "says": _without(check["says"], hidden), "fix": fix, "detail": {}}


def _without(sentence: str, hidden: Collection[str]) -> str:
    folded = sentence.casefold()
    return KEPT_BACK if any(one in folded for one in hidden) else sentence


def _hidden(report: Mapping[str, Any], fields: Collection[str]) -> Iterator[str]:
    """Every text of what is left off, and every way in which sentences write its dates."""
    said = report["credential"]
    for field in FIELDS:
        if field.word in fields:
            continue
        for member in field.members:
            if member in _DATES and said[member]:
                yield from _written(said[member])
            else:
                yield from _texts(said[member])
    if "address" not in fields:
        yield from _texts([one["url"] for one in report["contacted"]])
        yield from _texts(report["source"] if "/" in report["source"] else None)
    for one in report["bundle"]:
        yield from _hidden(one, fields)
        if "parts" not in fields:
            yield from _texts(one["credential"]["name"])


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        text = value.strip().casefold()
        if len(text) >= _FEW:
            yield text
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _written(moment: str) -> Iterator[str]:
    read = datetime.fromisoformat(moment)
    yield f"{read.day} {read:%B %Y}".casefold()
    yield f"{read.day} {read:%b %Y}".casefold()
    yield f"{read:%Y-%m-%d}"
