"""The skills that the wallet's badges show, each with the badges that show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from verifier.addresses import is_address
from verifier.report import Verdict
from wallet_server.stacks.awards import Card, Report
from wallet_server.stacks.model import STATES, State


class Shows(Struct, frozen=True):
    """A badge that shows a skill, as it stands; `page` is the wallet's page of it."""

    name: str
    page: str
    state: State
    verdict: str


class Skill(Struct, frozen=True):
    """A skill in the words of whoever wrote it first: two are one where a badge says so by the
    address of its framework, or by the same words. `badges` are those that show it, earned first.
    """

    name: str
    url: str | None
    badges: tuple[Shows, ...]

    @property
    def earned(self) -> int:
        """How many of the badges are earned and in force."""
        return sum(badge.state is State.EARNED for badge in self.badges)


_ORDER = tuple(State)


def skills_of(cards: Iterable[Card]) -> list[Skill]:
    """Every skill that a badge of the owner's shows, those that most show first. A badge that is no
    award of theirs shows none.
    """
    found: dict[str, tuple[str, str | None, dict[str, Shows]]] = {}
    for card in cards:
        for badge, name, url in _shown(card):
            key = _key(name, url)
            _, _, badges = found.setdefault(key, (name, url, {}))
            badges.setdefault(f"{badge.page} {badge.name}", badge)
    skills = [
        Skill(name, url, tuple(sorted(badges.values(), key=_rank)))
        for name, url, badges in found.values()
    ]
    return sorted(
        skills, key=lambda skill: (-skill.earned, -len(skill.badges), skill.name.casefold())
    )


def _rank(badge: Shows) -> tuple[int, str]:
    return _ORDER.index(badge.state), badge.name.casefold()


def _shown(card: Card) -> Iterator[tuple[Shows, str, str | None]]:
    """Each skill of a card and of what a record on it holds; one that only another form of the card
    shows stands as that form does.
    """
    if STATES[Verdict(card.verdict)] is None:
        return
    page = f"/wallet/{card.lead}"
    for report in card.reports:
        state = STATES[Verdict(report["verdict"])]
        if state is None:
            continue
        own = Shows(card.reports[0]["credential"]["name"] or "", page, state, report["verdict"])
        yield from ((own, *skill) for skill in _skills(report))
        for inner in report["bundle"]:
            stands = STATES[Verdict(inner["verdict"])]
            if stands is not None:
                name = inner["credential"]["name"] or ""
                badge = Shows(name, page, stands, inner["verdict"])
                yield from ((badge, *skill) for skill in _skills(inner))


def _skills(report: Report) -> Iterator[tuple[str, str | None]]:
    """What a badge names as skills, and what it is aligned to besides of what it counts towards."""
    said = report["credential"]
    towards = {one["url"] for one in said["part_of"]}
    for one in (*said["skills"], *said["alignments"]):
        name = " ".join((one["name"] or "").split())
        if name and (one["url"] is None or one["url"] not in towards):
            yield name[:200], one["url"] if is_address(one["url"]) else None


def _key(name: str, url: str | None) -> str:
    """By words: the same skill with and without an address is one."""
    return " ".join(name.casefold().replace("-", " ").split())
