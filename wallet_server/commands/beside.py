"""Bare pictures among the sources of one command, and the badges beside them and in the wallet."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from verifier.ports import Workers
from wallet_server.looks_alike import Look
from wallet_server.pictures import Met, alike, hinted, is_bare, look_at, meet
from wallet_server.recording import Recording
from wallet_server.settings import Misconfigured, from_environment
from wallet_server.store.sqlite_file import SECONDS
from wallet_server.verification import Verified


class Beside:
    """What the pictures among the sources look like, noted as each is verified."""

    def __init__(self, count: int, workers: Workers, recording: Recording) -> None:
        self._is_alone = count == 1
        self._workers = workers
        self._recording = recording
        self._met: list[Met] = []
        self._bare: list[tuple[Verified, Look | None]] = []

    async def note(self, verified: Verified, source: bytes | str) -> None:
        """Look at the picture that `source` is or gave out, if it is one."""
        content = self._recording.given(source)
        if content is None:
            return
        if is_bare(verified, content):
            self._bare.append((verified, await look_at(content, self._workers)))
            return
        if self._is_alone:
            return  # nothing is beside it
        documents = self._recording.documents
        met = await meet(verified, content, documents, self._workers)
        if met is not None:
            self._met.append(met)

    def hinted(self, results: list[Verified], *, wallet: bool) -> list[Verified]:
        """`results`, each bare picture with what is known of its like, here and in the wallet."""
        told = {id(bare): self._hint(bare, look, wallet=wallet) for bare, look in self._bare}
        return [told.get(id(one), one) for one in results]

    def _hint(self, bare: Verified, look: Look | None, *, wallet: bool) -> Verified:
        if look is None:
            return hinted(bare, ())
        held = _in_wallet(look) if wallet else []
        return hinted(bare, [*alike(look, self._met), *held])


def _in_wallet(look: Look) -> list[Met]:
    """What the wallet on this machine knows; nothing where there is none, or it can't be used."""
    try:
        where = from_environment().database
    except Misconfigured:
        return []
    if isinstance(where, Path) and not where.exists():
        return []
    # imported here: the command mostly needs no wallet, and starts faster without
    from wallet_server.store.database import Database, OutOfReach, Unusable
    from wallet_server.store.pictures import like

    try:
        database = Database.existing(where, seconds=SECONDS)
        if database is None:
            return []
        with closing(database):
            return like(database, look)
    except (Unusable, OutOfReach):
        return []
