"""LinkedIn's list of licences and certifications: the awards that its rows link to."""

from __future__ import annotations

from verifier.model import Entry
from verifier.papers import linkedin_export
from wallet_server.imports.found import Found, Item, Unread, Within, one

_WITHOUT = (
    "LinkedIn's list: {count} of its {all} licences have no link to an award, so there is only "
    "your own word for them ({names})."
)
_NAMED = 5


def recognises(content: bytes) -> bool:
    """Whether it is such a list."""
    return linkedin_export.recognises(content)


def read(content: bytes, name: str, within: Within) -> Found:
    """An item for each link; the list itself is kept if a row has none. Raises `NoCredential`."""
    record = linkedin_export.read(content)
    if record is None:
        return one(name, content)
    rows = [row for row in record.bundle if isinstance(row, Entry)]
    items = tuple(Item(row.alone.name or row.at, None, row.at) for row in rows if row.at)
    without = [row.alone.name or "" for row in rows if not row.at]
    if not without:
        return Found("linkedin", items)
    names = ", ".join(without[:_NAMED]) + (" …" if len(without) > _NAMED else "")
    why = _WITHOUT.format(count=len(without), all=len(rows), names=names)
    return Found("linkedin", items, (Unread(name, content, why),))
