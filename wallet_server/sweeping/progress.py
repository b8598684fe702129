"""How far a sweep is: what is left of it, at the pace of the last minute."""

from __future__ import annotations

from datetime import datetime, timedelta

from wallet_server.store import sweep_rows
from wallet_server.store.database import Database
from wallet_server.store.sweeps import Sweep

_WINDOW = timedelta(seconds=60)


def seconds_left(database: Database, one: Sweep, now: datetime) -> float | None:
    """The time left; `None` where nothing was looked through lately, or nothing is to be."""
    if not one.is_running:
        return None
    started = datetime.fromisoformat(one.started_at)
    since = max(now - _WINDOW, started)
    count = sweep_rows.checked_since(database, one.id, since)
    span = (now - since).total_seconds()
    return (one.total - one.ready) * span / count if count and span else None


def in_words(seconds: float | None) -> str:
    """As a reader wants it; empty where it is not known."""
    if seconds is None:
        return ""
    if seconds < 60:
        return "less than a minute left"
    if seconds < 5400:
        minutes = round(seconds / 60)
        return f"about {minutes} {'minute' if minutes == 1 else 'minutes'} left"
    return f"about {round(seconds / 3600)} hours left"
