"""Making a share, by its page, over HTTP and by the command alike; and what is told of one."""

from __future__ import annotations

from typing import Any

from verifier.errors import Malformed
from wallet_server.plain_text import plain
from wallet_server.sharing.draft import NAME
from wallet_server.sharing.fields import FIELDS
from wallet_server.sharing.stacked import badges_of
from wallet_server.stacks.everything import everything
from wallet_server.store.database import Database
from wallet_server.store.shares import Share

#: What is said of a link that leads to this machine alone.
ONLY_HERE = (
    "This link works on this computer alone, as long as the server runs. Whoever runs the server "
    "can let others in through a proxy: TOUCHSTONE_PUBLIC says under which address."
)


def in_stack(database: Database, identifier: str) -> tuple[str, tuple[str, ...]]:
    """The name and the badges of a stack of the wallet. Raises `Malformed` where there are none;
    blocks.
    """
    whole = everything(database)
    stack = whole.find(identifier)
    found = () if stack is None else badges_of(whole, stack)
    if stack is None or not found:
        raise Malformed("share.stack", "There is no such stack, or none of it is in the wallet.")
    return plain(stack.name, NAME), found


def address(origin: str, secret: str) -> str:
    """The link that opens a share, on a server at `origin`."""
    return f"{origin}/s/{secret}"


def share_object(share: Share) -> dict[str, Any]:
    """What programs are told of a share; its link is told but once, when it is made."""
    shown = share.shown
    return {
        "id": share.id,
        "name": share.name,
        "badges": list(share.badges),
        "stack": share.stack,
        "fields": [field.word for field in FIELDS if field.word in share.fields],
        "shown": {"name": shown.name, "email": shown.email, "words": shown.words},
        "made_at": share.made_at,
        "expires_at": share.expires_at,
        "visits": share.visits,
        "visited_at": share.visited_at,
    }
