"""How a share is called and summed up: on its page, its card, and beside its link elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import anyio

from verifier.report import Verdict
from wallet_server.looks import VERDICTS
from wallet_server.pages.drawing import day, minute
from wallet_server.picturing import pictured
from wallet_server.plain_text import plain
from wallet_server.services import Services
from wallet_server.sharing.card import VERDICTS as MOST
from wallet_server.sharing.card import Card
from wallet_server.sharing.shown import shows_all
from wallet_server.store import thumbnails
from wallet_server.store.shares import Badge, Share

Report = Mapping[str, Any]


def title(share: Share, names: Sequence[str | None]) -> str:
    """What its owner calls it, or else its badge, or how many there are."""
    if share.name:
        return share.name
    if len(names) == 1:
        return plain(names[0], 200) if names[0] else "A badge without a name"
    return f"{len(names)} badges"


def summary(reports: Sequence[Report | None]) -> str:
    """The verdicts in one line: “Verified” or “2 verified · 1 revoked”, and when they were made."""
    known = [one for one in reports if one is not None]
    if len(known) < len(reports):
        return "Being checked now"
    told = [words for _, _, words in _verdicts(known)]
    return f"{' · '.join(told)} · checked {day(_made(known))}"


def card(share: Share, found: Sequence[tuple[str | None, Report | None]]) -> Card:
    """What stands on the card of a share: nothing of a badge that is not known yet."""
    known = [report for _, report in found if report is not None]
    if len(known) < len(found):
        return Card(title(share, [name for name, _ in found]), "", (), "Open the link to see")
    line = _issuer(known[0]) if len(known) == 1 else " · ".join(_named(known))
    if share.name and len(known) == 1:
        line = " · ".join(filter(None, (plain(known[0]["credential"]["name"] or "", 80), line)))
    return Card(
        title=title(share, [name for name, _ in found]),
        line=line,
        verdicts=tuple(_verdicts(known)[:MOST]),
        made=f"Checked {minute(_made(known))}",
    )


async def faces(parts: Services, badges: Sequence[Badge]) -> dict[int, str]:
    """The credential whose picture stands for the badge at each place that has one."""
    found = await pictured(parts, [badge.card for badge in badges])
    return {badge.place: found[badge.card] for badge in badges if badge.card in found}


async def images(parts: Services, share: Share, badges: Sequence[Badge]) -> dict[int, str]:
    """For each place whose badge's picture is shown, the name of that picture under it."""
    if "picture" not in share.fields:
        return {}
    found = await faces(parts, badges)
    kinds = await anyio.to_thread.run_sync(thumbnails.kinds, parts.database, list(found.values()))
    shown = {place: "picture.png" for place, one in found.items() if kinds[one] == "image/webp"}
    if not shows_all(share.fields):
        return shown
    own = {badge.place for badge in badges if found.get(badge.place) == badge.id}
    return shown | dict.fromkeys(own - shown.keys(), "picture.svg")


def _named(known: Sequence[Report]) -> list[str]:
    return [plain(one["credential"]["name"] or "A badge without a name", 60) for one in known]


def _verdicts(known: Sequence[Report]) -> list[tuple[str, str, str]]:
    """Each verdict that came up, in their order, as shape, tone and words."""
    count = Counter(Verdict(one["verdict"]) for one in known)
    looks = [(VERDICTS[verdict], count[verdict]) for verdict in VERDICTS if count[verdict]]
    if len(known) == 1:
        return [(look.shape, look.tone, look.word) for look, _ in looks]
    return [(look.shape, look.tone, f"{many} {look.word.lower()}") for look, many in looks]


def _made(known: Sequence[Report]) -> str:
    """When the oldest of the answers was made."""
    return str(min(one["checked_at"] for one in known))


def _issuer(report: Report) -> str:
    """Who issued it, as proven; a name alone where somebody vouches for it."""
    issuer = report["credential"]["issuer"]
    proven = plain(issuer["proven"] or "issuer not proven", 80)
    if issuer["vouched_by"] and issuer["name"]:
        return f"{plain(issuer['name'], 80)} ({proven})"
    return proven
