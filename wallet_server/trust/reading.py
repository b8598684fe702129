"""The lists that count, in order: those given with `--trust`, those kept in the owner's folder, and
at last the shipped ones.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from verifier.errors import Malformed
from verifier.trust import IssuerList, read_list, shipped, unread
from wallet_server.trust.folder import Held, held


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
        self._seen = _state(folder)
        self._held = _undamaged(folder)

    def current(self, moment: datetime) -> tuple[IssuerList, ...]:
        """Every list in order, as it counts at `moment`."""
        state = _state(self.folder)
        if state != self._seen:
            try:
                self._held = held(self.folder)
            except Malformed:
                return (*self.given, unread("Your lists"), *self.shipped)
            self._seen = state
        return (*self.given, *(one.at(moment) for one in self._held), *self.shipped)


def _undamaged(folder: Path) -> tuple[Held, ...]:
    found = held(folder)
    for one in found:
        if one.fault is not None:
            raise Malformed("trust.file", one.fault)
    return found


def _state(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """By what a change in the folder is noticed."""
    try:
        with os.scandir(folder) as entries:
            seen = [(entry.name, entry.stat()) for entry in entries]
    except OSError:
        return ()
    return tuple(sorted((name, stat.st_mtime_ns, stat.st_size) for name, stat in seen))
