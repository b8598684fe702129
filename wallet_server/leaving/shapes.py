"""What the rows of an export may say: their members and the kinds of their values, and no more than
fits. A report in one was made by nobody knows whom, so it is held to the contract's shape here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from verifier.errors import Malformed
from verifier.report import Outcome, Question, Verdict
from wallet_server.store.lineage import APART
from wallet_server.watch.codes import EVENTS

Shape = Callable[[object], bool]
#: How deep reports may lie in reports.
_LEVELS = 8
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z")
_HEX = re.compile(r"[0-9a-f]*")


def text(most: int) -> Shape:
    """A text of at most so many characters that can be written down: without half a character."""

    def fits(value: object) -> bool:
        if not isinstance(value, str) or len(value) > most:
            return False
        return value.encode("utf-8", "replace") == value.encode("utf-8", "surrogatepass")

    return fits


def words(most: int) -> Shape:
    """A text of at most so many characters, whatever they are: in a report it stays within JSON."""
    return lambda value: isinstance(value, str) and len(value) <= most


def hexed(length: int) -> Shape:
    """So many lower-case hexadecimal digits."""
    return lambda value: (
        isinstance(value, str) and len(value) == length and bool(_HEX.fullmatch(value))
    )


def or_null(shape: Shape) -> Shape:
    """What `shape` takes, or null."""
    return lambda value: value is None or shape(value)


def many(shape: Shape, most: int) -> Shape:
    """A list of at most so many values that `shape` takes."""
    return lambda value: isinstance(value, list) and len(value) <= most and all(map(shape, value))


def members(**shapes: Shape) -> Shape:
    """An object with these members; others beside them are of a version to come, and pass."""
    return lambda value: (
        isinstance(value, dict)
        and all(name in value and shape(value[name]) for name, shape in shapes.items())
    )


def where_present(**shapes: Shape) -> Shape:
    """An object in which these members, if they are there, are so: older ones lack them."""
    return lambda value: (
        isinstance(value, dict)
        and all(shape(value[name]) for name, shape in shapes.items() if name in value)
    )


def both(one: Shape, other: Shape) -> Shape:
    """What both take."""
    return lambda value: one(value) and other(value)


def one_of(*words: str) -> Shape:
    """One of these words."""
    return lambda value: value in words


def moment(value: object) -> bool:
    """A moment as the wallet writes it: RFC 3339, in UTC."""
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def report(value: object, levels: int = _LEVELS) -> bool:
    """A report in the shape of the contract's section 2."""
    if levels == 0 or not isinstance(value, dict) or not _REPORT(value):
        return False
    asked = [check["question"] for check in value["checks"]]
    within = [*value["bundle"], *value["credential"]["endorsements"]]
    return asked == [one.value for one in Question] and all(
        report(one, levels - 1) for one in within
    )


def _number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _bool(value: object) -> bool:
    return isinstance(value, bool)


def _object(value: object) -> bool:
    return isinstance(value, dict)


def _apart(value: object) -> bool:
    return isinstance(value, str) and value.startswith(APART) and text(64)(value)


def _status(value: object) -> bool:
    return type(value) is int and 100 <= value <= 999


def _tells_end(value: object) -> bool:
    """Whether an event that tells of an end says which, and how many days before it."""
    if not isinstance(value, dict) or value["code"] != "expires_soon":
        return True
    return members(expires=text(40), days=_number)(value["detail"])


#: More than any that is kept has: what came in was bounded before it was kept.
_LONG, _MANY = words(4 * 2**20), 20_000
_WORD, _LINE, _MAYBE = text(100), text(4 * 2**20), or_null(_LONG)
_NAMED = members(url=_MAYBE, name=_MAYBE, text=_MAYBE)
_LISTED = members(id=_MAYBE, name=_MAYBE, kind=_MAYBE, url=_MAYBE, earned=or_null(moment))
_CREDENTIAL = both(
    where_present(
        made_of=many(_NAMED, _MANY),
        achievement=_MAYBE,
        related=many(_NAMED, _MANY),
        listed=many(_LISTED, _MANY),
        associations=many(members(type=_MAYBE, source=_MAYBE, target=_MAYBE), _MANY),
        hours=or_null(_number),
        assessed_by=many(_NAMED, _MANY),
        results=many(_NAMED, _MANY),
    ),
    members(
        standard=_WORD,
        container=_WORD,
        provider=or_null(_WORD),
        kind=text(20),
        id=_MAYBE,
        name=_MAYBE,
        description=_MAYBE,
        issuer=members(id=_MAYBE, name=_MAYBE, proven=_MAYBE, vouched_by=many(_LONG, _MANY)),
        recipient=members(name=_MAYBE, identity_kind=_MAYBE, hashed=_bool),
        issued=or_null(moment),
        expires=or_null(moment),
        criteria=members(url=_MAYBE, text=_MAYBE),
        evidence=many(_NAMED, _MANY),
        skills=many(members(name=_MAYBE, url=_MAYBE), _MANY),
        alignments=many(_NAMED, _MANY),
        part_of=many(_NAMED, _MANY),
        credits=or_null(_number),
        endorsements=many(_object, _MANY),
        image=_MAYBE,
    ),
)
_REPORT = members(
    source=_LONG,
    verdict=one_of(*(one.value for one in Verdict)),
    headline=_LONG,
    assurance=_WORD,
    checks=many(
        members(
            question=_WORD,
            outcome=one_of(*(one.value for one in Outcome)),
            code=_WORD,
            says=_LONG,
            fix=_MAYBE,
            detail=_object,
        ),
        len(Question),
    ),
    credential=_CREDENTIAL,
    contacted=many(members(url=_LONG, at=or_null(moment), status=or_null(_status)), _MANY),
    checked_at=moment,
    status_as_of=or_null(moment),
    bundle=many(_object, _MANY),
)
_FILE = text(200)

#: Each kind of row, by the kind of row that it belongs to (none: it stands alone).
PARENTS: Mapping[str, str | None] = {
    "owner": None,
    "pathway": None,
    "unread": None,
    "card": None,
    "credential": "card",
    "copy": "credential",
    "check": "credential",
    "event": "credential",
    "document": "check",
}
ROWS: Mapping[str, Shape] = {
    "owner": members(kind=text(20), value=text(300)),
    "pathway": members(id=hexed(32), name=_LINE, document=_object, changed_at=moment),
    "unread": members(
        id=hexed(32), sha256=hexed(64), file=_FILE, label=_LINE, why=_LINE, received_at=moment
    ),
    "card": members(note=_LINE, tags=many(text(60), 1000)),
    "credential": members(
        id=hexed(32), sha256=hexed(64), saved_at=moment, apart=many(_apart, 1000)
    ),
    "copy": members(
        sha256=hexed(64), file=_FILE, media_type=_WORD, source=_LINE, received_at=moment
    ),
    "check": members(at=moment, confirmed_at=moment, report=report),
    "event": both(
        members(
            at=moment,
            code=one_of(*EVENTS),
            says=_LINE,
            detail=_object,
            seen_at=or_null(moment),
            sent_at=or_null(moment),
        ),
        _tells_end,
    ),
    "document": members(
        url=_LINE,
        accept=_LINE,
        at=moment,
        status=or_null(_status),
        content_type=or_null(_LINE),
        final_url=or_null(_LINE),
        error=or_null(text(20)),
        sha256=hexed(64),
    ),
}


def check(kind: str, values: Mapping[str, Any]) -> None:
    """Raise `Malformed` unless a row is one that an export holds."""
    shape = ROWS.get(kind)
    if shape is None or not shape(values):
        says = (
            f"A row of this export ({kind[:20]}) says what no wallet does. It was changed after it "
            "was exported, or made by another program; ask for the export as it was made."
        )
        raise Malformed("backup.row", says)
