"""Shares as they are kept: the same in a file and in a PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from tests.bench.wallets import fill
from tests.server.stores import BOTH
from verifier.errors import Malformed
from wallet_server.sharing.draft import Draft, Shown
from wallet_server.store import listing, shares, wallet
from wallet_server.store.database import Database
from wallet_server.store.listing import Wanted

pytestmark = BOTH
NOW = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_share_is_found_by_its_secret_until_it_ends(database: Database) -> None:
    fill(database, 4)
    ids = tuple(card.lead for card in listing.page(database, Wanted()).cards)
    shown = Shown("Mira Solano", "", "'; DROP TABLE shares; -- 證")
    draft = Draft(ids[:3], "My best", frozenset({"skills"}), shown, "a stack", NOW + DAY)
    made, secret = shares.make(database, draft, NOW)
    lasting, other = shares.make(database, replace(draft, expires_at=None, badges=ids[2:3]), NOW)
    assert (made.badges, made.fields, made.shown) == (ids[:3], draft.fields, shown)
    assert shares.find(database, secret, NOW + DAY - timedelta(seconds=1)) == made
    assert shares.find(database, secret, NOW + DAY) is None
    assert shares.find(database, f"{secret}A", NOW) is None
    assert shares.find(database, "\0", NOW) is None
    shares.visited(database, made.id, NOW)
    shares.visited(database, made.id, NOW + timedelta(hours=1))
    seen = shares.find(database, secret, NOW)
    assert seen is not None
    assert (seen.visits, seen.visited_at) == (2, "2026-01-01T01:00:00Z")
    assert [one.place for one in shares.badges(database, made)] == [1, 2, 3]
    assert {one.id for one in shares.every(database, NOW)} == {made.id, lasting.id}
    assert [one.id for one in shares.every(database, NOW + DAY)] == [lasting.id]
    assert shares.beginning(database, made.id[:10]) == [made.id]
    assert shares.beginning(database, "%") == []

    assert wallet.discard(database, ids[2])
    left = shares.find(database, secret, NOW)
    assert left is not None
    assert left.badges == ids[:2]
    assert shares.find(database, other, NOW) is None
    assert not shares.end(database, lasting.id)  # it went with its last badge
    assert shares.end(database, made.id)
    assert not shares.end(database, made.id)
    assert shares.find(database, secret, NOW) is None


def test_only_what_is_there_is_shared_and_not_without_end(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(database, 4)
    card = listing.page(database, Wanted()).cards[0]
    draft = Draft((card.lead,), "", expires_at=NOW + DAY)
    with pytest.raises(Malformed, match="no badge"):
        shares.make(database, replace(draft, badges=(card.lead, "f" * 32)), NOW)
    assert shares.every(database, NOW) == []
    monkeypatch.setattr(shares, "MOST", 2)
    for _ in range(2):
        shares.make(database, draft, NOW)
    with pytest.raises(Malformed, match="already"):
        shares.make(database, draft, NOW)
    shares.make(database, replace(draft, expires_at=None), NOW + DAY)  # those are over
