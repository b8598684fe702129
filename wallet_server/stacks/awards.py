"""From reports to what was earned: each card of the wallet, each credential in a record, and each
entry that a record itself says was earned.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from verifier.addresses import is_address, read_address
from verifier.errors import Malformed
from verifier.report import Verdict
from wallet_server.stacks.model import BEST, STATES, Award, Link, Named, State

Report = Mapping[str, Any]

_UNNAMED = "A badge without a name"
#: CLR 2.0, "AssociationType" → whether source counts towards target, target towards source, and
#: by which word. The other types say that two are alike, which makes neither a part.
_SAYS = {
    "isPartOf": (True, "part_of"),
    "isChildOf": (True, "part_of"),
    "isParentOf": (False, "part_of"),
    "precedes": (True, "precedes"),
}


class Card(Struct, frozen=True):
    """A card of the wallet: its verdict, the ids of its credentials, that which leads it first, and
    what was last found of each of them.
    """

    credentials: tuple[str, ...]
    verdict: str
    reports: tuple[Report, ...]

    @property
    def lead(self) -> str:
        """The credential that stands for the card."""
        return self.credentials[0]


class Read(Struct, frozen=True):
    """What one card brings: its awards, its own first; what its record names and does not say was
    earned; and what the record says of how they hang together, in `Award.key`s and ids of `named`.
    """

    awards: tuple[Award, ...]
    named: tuple[Named, ...] = ()
    links: tuple[Link, ...] = ()


def read(card: Card) -> Read | None:
    """`None` for a card that is no award of the owner's: what it says counts for nothing."""
    state = STATES[Verdict(card.verdict)]
    if state is None:
        return None
    lead, *others = card.reports
    reports = (lead, *(one for one in others if _stands_with(one, state)))
    own = _award(card.lead, f"/wallet/{card.lead}", reports, state, card.verdict)
    if lead["credential"]["kind"] != "record" and not lead["bundle"]:
        return Read((own,))
    return _record(own, lead)


def _stands_with(report: Report, state: State) -> bool:
    """Whether another form of a card may speak for it: one that stands worse by itself, and is
    perhaps on the card by its owner's word alone, would pass for what it is not.
    """
    own = STATES[Verdict(report["verdict"])]
    return own is not None and BEST.index(own) <= BEST.index(state)


def _record(own: Award, report: Report) -> Read:
    """A record with the credentials in it, as far as they hold, and the entries it lists. Whatever
    of these is part of nothing else that is held is part of the record; what it only names may be
    the top of a stack of its own.
    """
    inner = tuple(_inner(own, report["bundle"]))
    entries = report["credential"].get("listed", ())
    there = {one: award.key for award in inner for one in award.ids}
    listed = tuple(_listed(own, report, entry) for entry in entries if _is_earned(entry, there))
    known = {
        **{entry["id"]: entry["id"] for entry in entries},
        **{one: award.key for award in listed for one in award.ids if one not in there},
        **there,
    }
    links = tuple(_links(own, report["credential"].get("associations", ()), known))
    held = {award.key for award in (*inner, *listed)}
    placed = {link.part for link in links if link.whole in held}
    loose = (award.key for award in (*inner, *listed) if award.key not in placed)
    return Read(
        awards=(own, *inner, *listed),
        named=tuple(_named_entry(entry) for entry in entries if known[entry["id"]] == entry["id"]),
        links=(*links, *(Link(part, own.key, "part_of", own.issuer) for part in loose)),
    )


def _inner(own: Award, bundle: Iterable[Report]) -> Iterator[Award]:
    for number, report in enumerate(bundle, 1):
        state = STATES[Verdict(report["verdict"])]
        if state is not None:
            yield _award(f"{own.key}#{number}", own.page, (report,), state, report["verdict"])


def _is_earned(entry: Mapping[str, Any], there: Mapping[str, str]) -> bool:
    return entry["earned"] is not None and entry["id"] not in there


def _listed(own: Award, report: Report, entry: Mapping[str, Any]) -> Award:
    """An entry stands as its record does: nobody else says that it was earned."""
    ids = frozenset(one for one in (entry["id"], entry["url"]) if one is not None)
    return Award(
        key=f"{own.key}#{entry['id']}",
        name=entry["name"] or entry["id"] or _UNNAMED,
        kind=entry["kind"],
        state=own.state,
        verdict=own.verdict,
        page=own.page,
        issuer=own.issuer,
        speaker=own.speaker,
        ids=ids,
        tied=_tied(ids, report),
        earned=entry["earned"],
        url=entry["url"],
    )


def _named_entry(entry: Mapping[str, Any]) -> Named:
    return Named(entry["id"], entry["name"], entry["kind"], entry["url"])


def _links(
    own: Award, associations: Iterable[Mapping[str, str]], known: Mapping[str, str]
) -> Iterator[Link]:
    for one in associations:
        forward, word = _SAYS.get(one["type"], (None, ""))
        source, target = known.get(one["source"]), known.get(one["target"])
        if forward is None or source is None or target is None or source == target:
            continue
        part, whole = (source, target) if forward else (target, source)
        yield Link(part, whole, word, own.issuer)


def _award(key: str, page: str, reports: Sequence[Report], state: State, verdict: str) -> Award:
    """What several reports on one award say of it; names and dates are the first one's."""
    lead = reports[0]["credential"]
    speaker, issuer = _speaker(reports[0], key)
    said = [_speaking(report) for report in reports]
    return Award(
        key=key,
        name=lead["name"] or _UNNAMED,
        kind=lead["kind"],
        state=state,
        verdict=verdict,
        page=page,
        issuer=issuer,
        speaker=speaker,
        ids=frozenset[str]().union(*(ids for ids, _ in said)),
        tied=frozenset[str]().union(*(tied for _, tied in said)),
        earned=lead["issued"],
        until=lead["expires"],
        url=_shown_address(lead.get("achievement")),
        parts=_names(reports, "made_of"),
        wholes=_names(reports, "part_of"),
        aligned=_names(reports, "alignments"),
        related=_names(reports, "related"),
    )


def _speaking(report: Report) -> tuple[frozenset[str], frozenset[str]]:
    """The achievement's ids that a report gives, and those of them that are its issuer's own."""
    achievement = report["credential"].get("achievement")
    ids = frozenset((achievement,)) if isinstance(achievement, str) else frozenset[str]()
    return ids, _tied(ids, report)


def _speaker(report: Report, key: str) -> tuple[str, str]:
    """Who says what a report shows, so that two of the same are known, and as it is printed. One
    that is not proven is the same as no other.
    """
    issuer = report["credential"]["issuer"]
    proven = issuer["proven"]
    printed = issuer["name"] if issuer["vouched_by"] and issuer["name"] else proven
    same = issuer["id"] or proven if proven else f"unproven {key}"
    return same, printed or "an issuer that is not proven"


def _tied(ids: Iterable[str], report: Report) -> frozenset[str]:
    """Those of `ids` that are the issuer's own to give. For a page or a hosted badge that is its
    host; whoever signs may write any id, so it has to lie under the issuer's own: others may have
    theirs on the same host.
    """
    issuer = report["credential"]["issuer"]
    if issuer["proven"] is None:
        return frozenset()
    signed = report["assurance"] == "signature"
    place = str(issuer["id"]) if signed else f"https://{issuer['proven']}"
    return frozenset(one for one in ids if _is_under(one, place))


def _is_under(identifier: str, place: str) -> bool:
    """Whether an id lies under a DID or an address; at a bare domain its sub-domains count too."""
    if place.startswith("did:web:"):
        place = "https://" + place.removeprefix("did:web:").replace(":", "/")
    try:
        own, one = read_address(place), read_address(identifier)
    except Malformed:
        return place.startswith("did:") and identifier.startswith(f"{place}#")
    if own.path == "/":
        return one.host == own.host or one.host.endswith(f".{own.host}")
    return one.host == own.host and one.path.startswith(f"{own.path.rstrip('/')}/")


def _names(reports: Iterable[Report], member: str) -> tuple[Named, ...]:
    found = (item for report in reports for item in report["credential"].get(member, ()))
    named = (Named(item["url"], item["name"], url=item["url"]) for item in found)
    return tuple(dict.fromkeys(one for one in named if one.id or one.name))


def _shown_address(value: object) -> str | None:
    return value if isinstance(value, str) and is_address(value) else None
