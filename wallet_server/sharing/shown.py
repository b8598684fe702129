"""What a visitor is told of a badge: its report, less all that the owner left off.

A part that is left off is in none of what is given under a share: not beside the answers, and not
within their sentences either.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from wallet_server.sharing.fields import ALWAYS, EVERY, FIELDS

#: What stands in place of a sentence that names something which is left off.
KEPT_BACK = "What was found names something that is left off here."
#: What a badge is called whose own name tells whose it is, where that is left off.
NAMELESS = "A badge whose name is left off"
#: Letters of a text below which it says nothing by itself.
_FEW = 3
#: How the path of an address ends where that is the badge's own: long, and with a number in it.
_OWN_END = re.compile(r"(?=.*\d)[\w-]{8,200}")
_WORD = re.compile(r"[^\W_]+")
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
    left_off = _LeftOff(
        sentences=frozenset(_hidden(report, fields)),
        people=people_left_off(report, fields),
        places=frozenset() if "address" in fields else frozenset(_places(report)),
    )
    told = _shown(report, fields, left_off)
    return {**told, "left_off": sorted(EVERY - frozenset(fields))}


class _LeftOff(Struct, frozen=True):
    """What is in nothing that is shown: texts in no sentence, people and the badge's own places in
    no text at all.
    """

    sentences: frozenset[str]
    people: frozenset[str]
    places: frozenset[str]

    def is_told_by(self, text: str) -> bool:
        """Whether a part of the badge tells something of it."""
        folded = text.casefold()
        return names(text, self.people) or any(one in folded for one in self.places)

    def is_said_by(self, sentence: str) -> bool:
        """Whether a sentence of an answer does."""
        folded = sentence.casefold()
        return self.is_told_by(sentence) or any(one in folded for one in self.sentences)


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
    """Whether `text` names one of these, in whatever order, spacing and spelling of its letters."""
    if not people or not text:
        return False
    words = _words(text)
    return any(_are_in(_words(one), words) for one in people)


def _are_in(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether all words of a name are among others, or stand there run together."""
    return bool(name) and (set(name) <= set(words) or "".join(name) in "".join(words))


def _words(text: str) -> tuple[str, ...]:
    """The words of a text, less accents and what only tells how to set it."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", text) if _is_seen(one))
    return tuple(_WORD.findall(plain.casefold()))


def _is_seen(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Mn", "Cf")


def _shown(
    report: Mapping[str, Any],
    fields: Collection[str],
    left_off: _LeftOff,
) -> dict[str, Any]:
    said = report["credential"]
    credential = {name: said[name] for name in ALWAYS}
    for field in FIELDS:
        for member in field.members:
            credential[member] = said[member] if field.word in fields else _EMPTY.get(member, [])
    endorsed = credential.pop("endorsements")
    credential = _cut(credential, left_off)
    named = said["name"]
    credential["name"] = NAMELESS if named and left_off.is_told_by(named) else named
    credential["endorsements"] = [_shown(one, fields, left_off) for one in endorsed]
    address = "address" in fields
    return {
        "version": report["version"],
        "source": report["source"] if address else "badge",
        "verdict": report["verdict"],
        "headline": _without(report["headline"], left_off),
        "assurance": report["assurance"],
        "checks": [_answer(check, left_off) for check in report["checks"]],
        "credential": credential,
        "contacted": report["contacted"] if address else [],
        "checked_at": report["checked_at"],
        "status_as_of": report["status_as_of"],
        "bundle": [_shown(one, fields, left_off) for one in report["bundle"]]
        if "parts" in fields
        else [],
    }


def _cut(value: Any, left_off: _LeftOff) -> Any:  # noqa: ANN401 - JSON, whatever it is
    """`value` without the texts that tell of what is left off."""
    if isinstance(value, str):
        return None if left_off.is_told_by(value) else value
    if isinstance(value, Mapping):
        return {name: _cut(one, left_off) for name, one in value.items()}
    if isinstance(value, list):
        return [_cut(one, left_off) for one in value]
    return value


def _answer(check: Mapping[str, Any], left_off: _LeftOff) -> dict[str, Any]:
    """An answer without its detail, which may hold anything."""
    fix = None if check["fix"] is None else _without(check["fix"], left_off)
    fix = None if fix == KEPT_BACK else fix
    return {**check, "says": _without(check["says"], left_off), "fix": fix, "detail": {}}


def _without(sentence: str, left_off: _LeftOff) -> str:
    return KEPT_BACK if left_off.is_said_by(sentence) else sentence


def _places(report: Mapping[str, Any]) -> Iterator[str]:
    """The badge's own id and where it was read, and those of all in it: other addresses may be
    made of these, or of what they end in, as that of its picture often is.
    """
    source = report["source"] if "/" in report["source"] else None
    for text in _texts([report["credential"]["id"], source]):
        yield text
        end = text.rstrip("/").rpartition("/")[2]
        if text.count("/") > 2 and _OWN_END.fullmatch(end):
            yield end
    for one in report["bundle"]:
        yield from _places(one)


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
