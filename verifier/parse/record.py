"""What a learner record says of achievements beyond the credentials in it, and of how they hang
together (CLR 2.0, "ClrSubject").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from verifier.model import Association, JsonObject, Listed, as_list, first_text
from verifier.parse import achievement
from verifier.parse.learning import address_of, text_of

#: Of each, what is read of one record; a record of a whole education has some hundred courses.
LIMIT = 500
#: CLR 2.0, "AssociationType".
TYPES = frozenset(
    (
        *("exactMatchOf", "isChildOf", "isParentOf", "isPartOf"),
        *("isPeerOf", "isRelatedTo", "precedes", "replacedBy"),
    )
)


def read(subject: JsonObject) -> dict[str, Any]:
    """The members of `Credential` that tell what a record lists and how it fits together."""
    listed = tuple(_listed(as_list(subject.get("achievement"))[:LIMIT]))
    associations = tuple(_associations(as_list(subject.get("association"))[:LIMIT]))
    return {"listed": listed, "associations": associations}


def _listed(items: list[Any]) -> Iterator[Listed]:
    """Achievements that the record names; that one was earned is for a credential to say."""
    for item in items:
        identifier = first_text([item.get("id")]) if isinstance(item, Mapping) else None
        if identifier is not None:
            yield Listed(
                id=identifier,
                name=text_of(item.get("name")),
                kind=achievement.kind_of(item),
                url=address_of(identifier) or achievement.criteria_of(item.get("criteria")).url,
            )


def _associations(items: list[Any]) -> Iterator[Association]:
    for item in items:
        if not isinstance(item, Mapping):
            continue
        kind = first_text([item.get("associationType")])
        source, target = first_text([item.get("sourceId")]), first_text([item.get("targetId")])
        if kind in TYPES and source is not None and target is not None:
            yield Association(kind, source, target)
