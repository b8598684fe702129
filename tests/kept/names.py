"""Words in names of organisations, and the names on the lists that come along, as they are read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from tests.kept.countries import countries
from verifier import trust
from verifier.signs import folded, looks
from verifier.trust import spelled, words


def listed_words() -> bytes:
    """Our own list and the names of countries, `folded` (`words.Words`)."""
    listed = json.loads((words.FOLDER / "words.json").read_text("utf-8"))
    kinds = {word: f"={kind}" for kind, texts in listed["kinds"].items() for word in _set(texts)}
    trade = (*listed["trade"], *listed["offices"], *listed["subjects"], *listed["regions"])
    sets = {name: _set(listed[name]) for name in ("legal", "joins", "before", "after")}
    sets |= {name: _set(listed[name]) for name in ("offices", "matters")}
    sets["extras"] = _set(trade) | countries()
    telling = sorted({*sets["extras"], *kinds, *sets["joins"]})
    return _written(
        {
            "sets": {name: sorted(found) for name, found in sets.items()},
            "kinds": dict(sorted(kinds.items())),
            "stems": [folded(stem) for stem in listed["stems"]],
            "notices": listed["notices"],
            "looks": {looks(word): word for word in telling if word.isascii() and len(word) > 3},
        }
    )


def names() -> bytes:
    """Every way to write the names of the issuers on the lists that come along (`spelled`)."""
    issuers = [one for listed in trust.shipped() for one in listed.issuers if one.policy != "deny"]
    own = {one.name for one in issuers}
    called = {name for one in issuers for name in one.called}
    return _written(
        {
            "own": {name: _all(name, own=True) for name in sorted(own)},
            "called": {name: _all(name, own=False) for name in sorted(called)},
        }
    )


def _all(name: str, *, own: bool) -> list[list[Any]]:
    found = spelled.worked_out(name, own=own)
    return [[one.words, one.looks, one.order, one.sounds, one.voices] for one in found]


def _set(texts: Iterable[str]) -> set[str]:
    return {folded(text) for text in texts}


def _written(found: object) -> bytes:
    return (json.dumps(found, ensure_ascii=False, indent=0) + "\n").encode()
