"""The lists that count, in order: those given with `--trust`, those kept in the owner's folder, and
at last the shipped ones.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from verifier.errors import Malformed
from verifier.trust import IssuerList, read_list, shipped, unread
from wallet_server.trust.folder import Held, held
from wallet_server.turn import OnceATurn
from wallet_server.verification import now

#: Nanoseconds after which no file system still tells the time that it told before.
_SETTLED = 3_000_000_000


def read_lists(
    paths: Iterable[Path], *, with_default: bool, kept: Iterable[IssuerList] = ()
) -> tuple[IssuerList, ...]:
    """Every list in order. Raises `Malformed`, naming the file at fault."""
    lists: list[IssuerList] = []
    for path in paths:
        try:
            lists.append(read_list(path.read_bytes()))
        except OSError as error:
            says = f"The issuer list “{path}” can't be read: {error.strerror}."
            raise Malformed("trust.file", says) from error
        except Malformed as error:
            raise Malformed(error.reason, f"The issuer list “{path}”: {error.says}") from error
    return (*lists, *kept, *(shipped() if with_default else ()))


def kept_lists(folder: Path, moment: datetime) -> tuple[IssuerList, ...]:
    """The lists in the owner's folder as they count at `moment`. Raises `Malformed` for a damaged
    one: what it refuses must not be forgotten.
    """
    return tuple(one.at(moment) for one in _undamaged(folder))


class Lists:
    """The lists of a running server, read again whenever the owner's folder has changed.

    Opening raises `Malformed` for a list that can't be read. One that is damaged later counts as
    unread, so that every answer names it.
    """

    def __init__(self, paths: Iterable[Path], folder: Path, *, with_default: bool) -> None:
        self.folder = folder
        self.given = read_lists(paths, with_default=False)
        self.shipped = shipped() if with_default else ()
        self._seen = _seen(folder)
        self._held = _undamaged(folder)
        self._current: tuple[IssuerList, ...] = ()
        self.this_turn = OnceATurn(lambda: self.current(now()))

    def current(self, moment: datetime) -> tuple[IssuerList, ...]:
        """Every list in order, as it counts at `moment`: the very same tuple as long as nothing
        changes, since what is prepared of them goes by that.
        """
        if not self._seen.is_still_so(self.folder):
            seen = _seen(self.folder)
            if seen.files != self._seen.files:
                try:
                    self._held = held(self.folder)
                except Malformed:
                    return (*self.given, unread("Your lists"), *self.shipped)
            self._seen = seen
        lists = (*self.given, *(one.at(moment) for one in self._held), *self.shipped)
        if list(map(id, lists)) != list(map(id, self._current)):
            self._current = lists
        return self._current


def _undamaged(folder: Path) -> tuple[Held, ...]:
    found = held(folder)
    for one in found:
        if one.fault is not None:
            raise Malformed("trust.file", one.fault)
    return found


class _Seen(Struct, frozen=True):
    """By what a change in the folder is noticed: its own time, which tells that a file came, went
    or got another name, and what each file told. A folder that had just changed may do so again in
    the same moment, so it was not seen for good (`is_settled`). One that is not there has no time.
    """

    at: int | None
    is_settled: bool
    files: tuple[tuple[str, int, int], ...]

    def is_still_so(self, folder: Path) -> bool:
        """Whether nothing changed since."""
        try:
            same = self.is_settled and os.stat(folder).st_mtime_ns == self.at
            return same and all(_told(folder / one[0]) == one for one in self.files)
        except FileNotFoundError:
            return self.at is None
        except OSError:
            return False


def _seen(folder: Path) -> _Seen:
    try:
        at = os.stat(folder).st_mtime_ns
        with os.scandir(folder) as entries:
            files = tuple(sorted(_told(Path(entry.path)) for entry in entries))
    except FileNotFoundError:
        return _Seen(None, True, ())
    except OSError:
        return _Seen(0, False, ())
    return _Seen(at, abs(time.time_ns() - at) > _SETTLED, files)


def _told(path: Path) -> tuple[str, int, int]:
    stat = os.stat(path)
    return path.name, stat.st_mtime_ns, stat.st_size
