"""Who may call, without asking the database again for what nothing can have changed since."""

from __future__ import annotations

from datetime import datetime

from anyio import to_thread
from msgspec import Struct, field

from wallet_server.store import access
from wallet_server.store.access import Grant, Used
from wallet_server.store.database import Database
from wallet_server.turn import OnceATurn


class _Held(Struct):
    """What was looked up since the database last changed."""

    used: dict[str, Used] = field(default_factory=dict)
    origins: frozenset[str] | None = None


class Grants:
    """Tokens and the origins they were given to, for a running server.

    What was looked up counts for as long as the database is as it was then, which it is asked for
    all the requests that have come: a token that was ended lets in nobody who asks after that,
    whichever process ended it. A token's own end is looked at each time. Where the database can't
    tell whether it changed, everything is looked up anew.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._newest = OnceATurn(database.version)
        self._version: int | None = None
        self._held = _Held()

    async def use(self, token: str, now: datetime) -> Grant | None:
        """What `token` allows at this moment, or `None`; and note that a paired program was here.

        Raises `OutOfReach`.
        """
        held, key = self._current(), access.digest(token)
        used = held.used.get(key)
        if used is None or used.is_to_be_noted(now):
            used = await to_thread.run_sync(access.use, self._database, key, now)
            if used is not None:
                held.used[key] = used
        return None if used is None or used.is_over(now) else used.grant

    async def paired_origins(self) -> frozenset[str]:
        """The origins of every extension that was paired. Raises `OutOfReach`."""
        held = self._current()
        if held.origins is None:
            held.origins = await to_thread.run_sync(access.paired_origins, self._database)
        return held.origins

    def _current(self) -> _Held:
        """What was looked up in the database as it is now; a look-up that began before it changed
        is put where nobody looks any more.
        """
        version = self._newest()
        if version is None or version != self._version:
            self._version, self._held = version, _Held()
        return self._held
