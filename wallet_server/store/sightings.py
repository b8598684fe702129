"""When the keys and domains of issuers were first met; nothing of whom their badges are about.

The statements are plain SQL, so that the command can run them with Python's own sqlite3: loading
the wallet's whole machinery would take longer than the verification it is for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

from msgspec.structs import asdict

from verifier.dates import read_moment
from verifier.ports import Sighting
from verifier.report import Report
from verifier.trust.sightings import Observed, observed
from wallet_server.wire import moment

_READ = "SELECT issuer, kind, value, method, first_seen FROM sightings"
_KEEP = (
    "INSERT INTO sightings (issuer, kind, value, method, first_seen) "
    "VALUES (:issuer, :kind, :value, :method, :first_seen) ON CONFLICT DO NOTHING"
)
#: What is kept of a name, in bytes with what it is met for, since both are in one index, and of a
#: method; a longer one is nobody's.
_LENGTH = 2000

Execute = Callable[[str, dict[str, Any]], Iterable[Any]]


class Opened(Protocol):
    """A store that holds them. Its methods raise `OutOfReach`."""

    def reading(self) -> AbstractContextManager[Execute]:
        """One consistent view."""
        ...

    def writing(self) -> AbstractContextManager[Execute]:
        """One transaction."""
        ...


class Sightings:
    """What was met before, read once when opened and kept up with what is met from then on."""

    def __init__(self, store: Opened) -> None:
        self._store = store
        self._met: dict[str, tuple[Sighting, ...]] = {}
        with store.reading() as execute:
            for issuer, kind, value, method, first_seen in execute(_READ, {}):
                self._add(issuer, Sighting(kind, value, read_moment(first_seen), method))

    @property
    def met(self) -> Mapping[str, tuple[Sighting, ...]]:
        """By issuer."""
        return self._met

    def news(self, report: Report) -> tuple[Observed, ...]:
        """What `report`, and those in it, show that was not met before."""
        found = [one for one in shown(report) if self._is_new(one) and _is_kept(one)]
        return tuple(dict.fromkeys(found))

    def remember(self, news: Iterable[Observed], now: datetime) -> None:
        """Keep them, as first met at `now`. Blocks."""
        at = now.replace(microsecond=0)
        with self._store.writing() as execute:
            for one in news:
                execute(_KEEP, {**asdict(one), "first_seen": moment(at)})
        for one in news:
            if self._is_new(one):
                self._add(one.issuer, Sighting(one.kind, one.value, at, one.method))

    def _is_new(self, one: Observed) -> bool:
        for met in self._met.get(one.issuer, ()):
            if met.value == one.value and met.kind == one.kind:
                return False
        return True

    def _add(self, issuer: str, sighting: Sighting) -> None:
        self._met[issuer] = (*self._met.get(issuer, ()), sighting)


def shown(report: Report) -> list[Observed]:
    """What `report`, and those in it, show of issuers."""
    found = [*observed(report.credential, report.checks[0], report.checks[2])]
    for inner in (*report.bundle, *report.endorsements):
        found += shown(inner)
    return found


def _is_kept(one: Observed) -> bool:
    named = f"{one.issuer}{one.value}".encode("utf-8", "replace")
    return max(len(named), len(one.method or "")) <= _LENGTH
