"""What an award said of itself stays known when nobody gives it out any more.

A report on an award whose host is gone, or which only says that it was taken back, has no name and
no criteria to show. The wallet keeps what the award said when its issuer's word was last read, and
says from when that is; who is proven and who vouches is never carried over, nor any answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wallet_server.watch.changes import tells

Json = Mapping[str, Any]

#: Of these the earlier word counts even where there is another: what could not be read is `other`,
#: and comes from a page.
_KNOWN_BETTER = ("kind", "standard")
#: Members that are found out each time.
_NEVER = ("id", "issuer", "container", "provider", "endorsements")


def remembering(found: Json, before: Json | None, as_of: str) -> dict[str, Any]:
    """The report `found`, whose award says what it said in `before`, found last at `as_of`, where
    `found` does not tell it. `credential.as_of` is set then.
    """
    if before is None or tells(found) or not tells(before):
        return dict(found)
    said, was = found["credential"], before["credential"]
    kept = {
        member: was.get(member)
        for member, value in said.items()
        if member not in _NEVER and (_is_empty(value) or member in _KNOWN_BETTER)
    }
    issuer = {
        member: was["issuer"][member] if value is None and member in ("id", "name") else value
        for member, value in said["issuer"].items()
    }
    return {**found, "credential": {**said, **kept, "issuer": issuer, "as_of": as_of}}


def _is_empty(value: object) -> bool:
    if isinstance(value, Mapping):
        return all(_is_empty(one) for one in value.values())
    return value is None or value is False or value in ("", [])
