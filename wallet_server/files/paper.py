"""The same on paper: a page a badge, as a PDF that has the badges in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from wallet_server.files.handed import Handed, Part
from wallet_server.printing import Attached, pdf
from wallet_server.version import VERSION

#: What stands for a part of a credential that is a list of things with names.
_LISTS = (
    ("Evidence", "evidence"),
    ("Results", "results"),
    ("Assessed by", "assessed_by"),
    ("Skills", "skills"),
    ("Aligned to", "alignments"),
    ("Counts towards", "part_of"),
    ("Made of", "made_of"),
)
#: Things of one list that are printed.
_MOST = 12


def paper(handed: Handed) -> bytes:
    """The PDF. To be run in a worker. Raises `ValueError` where the badges are too large for it."""
    pictures = {
        f"face-{place}": part.picture.content
        for place, part in enumerate(handed.parts, 1)
        if part.picture is not None
    }
    only = handed.parts[0].address if len(handed.parts) == 1 else None
    data = {
        "title": handed.title if len(handed.parts) > 1 else handed.parts[0].name,
        "name": handed.title if len(handed.parts) > 1 or handed.name else None,
        "person": list(handed.person),
        "words": handed.words,
        "found": f"This is what Touchstone {VERSION} found for its holder.",
        "foot": f"Touchstone {VERSION} · {_minute(handed.at)}",
        "recheck": _recheck(handed),
        "address": only,
        "parts": [_part(place, part) for place, part in enumerate(handed.parts, 1)],
    }
    return pdf("handed", data, tuple(_attached(handed)), pictures, at=handed.at)


def _attached(handed: Handed) -> Iterator[Attached]:
    for place, part in enumerate(handed.parts, 1):
        if part.received is not None:
            file, says = part.received, f"{part.name}, as it was received"
            yield Attached(f"badge-{place}.{file.ending}", file.content, file.media_type, says)


def _recheck(handed: Handed) -> str:
    many = len(handed.parts) > 1
    if handed.left_off:
        return (
            "This only shows: its owner left something off, and the badge itself would tell it, so "
            "it is not attached and this can't be checked again. Left off here: "
            f"{'; '.join(handed.left_off)}."
        )
    if any(part.received is None for part in handed.parts):
        return "Check a badge that is not attached at the address where it is to be found."
    what = "The badges are" if many else "The badge is"
    return (
        f"Anybody can change a paper. {what} attached to this PDF as received: give the file to "
        "“touchstone verify”, or drop it on the page “Check” of a Touchstone of yours, and "
        f"{'each' if many else 'it'} is checked anew."
    )


def _part(place: int, part: Part) -> dict[str, Any]:
    report = part.report
    return {
        "face": f"face-{place}",
        "name": part.name,
        "verdict": report["verdict"],
        "headline": report["headline"],
        "checked": f"Checked {_minute(datetime.fromisoformat(report['checked_at']))}",
        "checks": [
            {name: check[name] for name in ("question", "outcome", "says", "fix")}
            for check in report["checks"]
        ],
        "facts": [list(pair) for pair in _facts(report["credential"], part.place)],
        "inner": [
            {
                "name": one["credential"]["name"] or one["credential"]["id"] or "Without a name",
                "verdict": one["verdict"],
                "headline": one["headline"],
            }
            for one in (*report["bundle"], *report["credential"]["endorsements"])
        ],
    }


def _facts(credential: Mapping[str, Any], place: str | None) -> Iterator[tuple[str, str | None]]:
    issuer = credential["issuer"]
    told = "known as" if issuer["vouched_by"] else "calls itself"
    name = f", {told} “{issuer['name']}”" if issuer["name"] else ""
    yield "Issuer", f"{issuer['proven'] or 'not proven'}{name}"
    yield "Learner", credential["recipient"]["name"]
    yield "Issued", _day(credential["issued"])
    yield "Expires", _day(credential["expires"]) or "no date given"
    yield "About", credential["description"]
    criteria = credential["criteria"]
    yield "Criteria", "\n".join(filter(None, (criteria["text"], criteria["url"]))) or None
    for title, member in _LISTS:
        yield title, "\n".join(_items(credential[member])) or None
    for title, member in (("Credits", "credits"), ("Hours", "hours")):
        yield title, f"{credential[member]:g}" if credential[member] else None
    yield "Its id", credential["id"]
    yield "To be found at", place


def _items(items: list[Mapping[str, Any]]) -> Iterator[str]:
    for one in items[:_MOST]:
        said = (one.get("name"), one.get("text"), one.get("url"))
        yield " · ".join(text for text in said if text)
    if len(items) > _MOST:
        yield f"and {len(items) - _MOST} more"


def _day(moment: str | None) -> str | None:
    if moment is None:
        return None
    read = datetime.fromisoformat(moment)
    return f"{read.day} {read:%B %Y}"


def _minute(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"
