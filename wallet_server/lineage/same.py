"""Whether two credentials are of one award: what establishes it, what speaks against it, and what
only suggests it, which is for their owner to say.

Open Badges 3.0, section 10, for the rule of ids: the same issuer and the same id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import product

from verifier.identifiers import compare, is_hash
from verifier.identifiers.fit import Level
from verifier.model import Identity
from verifier.names import same_person, strangers
from wallet_server.lineage.facts import Facts

#: Forms of one award may say the day of the issuer's clock or that of another part of the world.
_DAY = timedelta(days=1)

#: Why two are one award, and why they may be, in words.
SAYS = {
    "address": "Both are the award at one address.",
    "id": "Their issuer gave both the same id.",
    "achievement": "One issuer gave one person the same achievement on the same day.",
    "same_id": "Their issuer gave both the same id, though they do not say the same.",
    "named_address": "One names the address of the other as its own.",
    "title": "They have the same title and name the same issuer.",
    "claims": "They give the same title, issuer, person and day, though nothing proves that one "
    "issuer made both.",
    "picture": "One is only a picture, and the other's is the same. A picture proves nothing.",
    "look": "It is a picture that looks the same as the other's. A picture proves nothing.",
    "owner": "You put them together, or a backup of yours did.",
}
#: What speaks against two being one award, in words.
AGAINST = {
    "recipient": "They name different people.",
    "date": "They were issued on different days.",
    "achievement": "They are for different achievements.",
    "address": "They stand at two addresses of one platform, which gives each award its own.",
}


def established(one: Facts, other: Facts, owner: Iterable[Identity] = ()) -> str | None:
    """Why the two are one award beyond doubt, a word of `SAYS`; `None` where that is not so.

    `owner` are identifiers of the wallet's owner, in plain words: hashes of one address need not
    look alike.
    """
    if one.place is not None and one.place == other.place:
        return "address"
    if not (one.proven and other.proven and _one_issuer(one, other)):
        return None
    against = set(contradictions(one, other, owner))
    if one.id is not None and one.id == other.id and not against - {"date"}:
        return "id"
    # Two ids in one standard are two awards, even of one day: each can be taken back for itself.
    twice = one.standard == other.standard
    shared = one.achievement is not None and one.achievement == other.achievement
    if twice or not shared or against or not _dated(one, other):
        return None
    return "achievement" if _people(one, other, owner) is Level.SAME else None


def likely(one: Facts, other: Facts, owner: Iterable[Identity] = ()) -> str | None:
    """Why the two may be one award, a word of `SAYS`, where nothing speaks against it."""
    against = contradictions(one, other, owner)
    both = one.proven and other.proven
    if both and _one_issuer(one, other) and one.id is not None and one.id == other.id:
        return None if {"recipient", "address"}.intersection(against) else "same_id"
    if any(against):
        return None
    titled = one.title is not None and one.title == other.title
    named = one.issuer is not None and one.issuer == other.issuer
    if both and not _one_issuer(one, other):
        # Anybody can sign whatever name and address: then all of it has to fit.
        sure = _dated(one, other) and _people(one, other, owner) is Level.SAME
        return "claims" if titled and named and sure else None
    if one.told is not None and one.told == other.told:
        return "named_address"
    if one.picture is not None and one.picture == other.picture and _is_bare(one, other):
        return "picture"
    return "title" if titled and (named or _one_issuer(one, other)) else None


def contradictions(one: Facts, other: Facts, owner: Iterable[Identity] = ()) -> Iterator[str]:
    """What speaks against the two being one award, words of `AGAINST`."""
    days = (one.issued, other.issued)
    if days[0] is not None and days[1] is not None and abs(days[0] - days[1]) > _DAY:
        yield "date"
    shared = one.achievement is not None and one.achievement == other.achievement
    if _one_issuer(one, other) and _apart(one.title, other.title) and not shared:
        yield "achievement"
    if _apart(one.place, other.place) and _form(one.place) == _form(other.place):
        yield "address"
    # last, since names are the costliest to compare
    if _people(one, other, owner) is Level.OTHER:
        yield "recipient"


def _people(one: Facts, other: Facts, owner: Iterable[Identity]) -> Level:
    """Whether both are about one person. A name alone makes nobody the same, since people share
    names; two that share nothing make them others.
    """
    pairs = [(a, b) for a, b in product(one.people, other.people) if a.kind == b.kind]
    levels = {_identifiers(a, b) for a, b in pairs}
    if Level.SAME in levels or (_is_of(one, owner) and _is_of(other, owner)):
        return Level.SAME
    names = list(product(one.names, other.names))
    if any(same_person(a, b) for a, b in names):
        return Level.UNCLEAR
    others = levels == {Level.OTHER} or (bool(names) and all(strangers(a, b) for a, b in names))
    return Level.OTHER if others else Level.UNCLEAR


def _one_issuer(one: Facts, other: Facts) -> bool:
    return bool(set(one.issuers) & set(other.issuers))


def _identifiers(one: Identity, other: Identity) -> Level:
    """How two identifiers of one kind stand to each other; of two hashes only the same says
    anything.
    """
    if is_hash(one) and is_hash(other):
        alike = one.value.strip().lower() == other.value.strip().lower()
        return Level.SAME if alike and (one.salt or "") == (other.salt or "") else Level.UNCLEAR
    hashed, plain = (one, other) if is_hash(one) else (other, one)
    return compare(hashed, plain.value).level


def _is_of(facts: Facts, owner: Iterable[Identity]) -> bool:
    """Whether any of its identifiers is the owner's."""
    return any(
        a.kind == b.kind and compare(a, b.value).level is Level.SAME
        for a, b in product(facts.people, owner)
    )


def _is_bare(one: Facts, other: Facts) -> bool:
    """Whether one of the two says nothing of itself."""
    return one.title is None or other.title is None


def _dated(one: Facts, other: Facts) -> bool:
    return one.issued is not None and other.issued is not None


def _apart(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _form(place: str | None) -> tuple[str, int, bool]:
    """What kind of a name a platform gives: ids of one form are ids of one kind."""
    platform, _, name = (place or "").partition(" ")
    id = name.rpartition(" ")[2].rpartition("/")[2]
    return platform, len(id), id.isdecimal()
