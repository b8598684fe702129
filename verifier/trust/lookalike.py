"""Does a proven domain pass itself off as a known one? Rules on the domain only, never on a logo or
a description.

Unicode TR 39, section 4, for the idea of a skeleton: two names that look the same have the same
one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

import idna
from confusable_homoglyphs.confusables import confusables_data
from publicsuffixlist import PublicSuffixList

from verifier.addresses import proven_name
from verifier.ports import ListedIssuer

#: Pairs of letters that read as one in most typefaces; TR 39 lists them the other way round.
_PAIRS = (("rn", "m"), ("vv", "w"))
_NAME_NOISE = re.compile(r"\b(inc|ltd|llc|corp|corporation|gmbh|foundation|the)\b\.?|[^\w]+|_")


def imitates(domain: str, called: str | None, known: Iterable[ListedIssuer]) -> ListedIssuer | None:
    """The listed issuer that `domain` imitates while calling itself `called`, or `None`.

    Three ways: the same skeleton; a known registrable domain as a foreign sub-domain; one typo away
    and using the name.
    """
    own = registrable(domain)
    if own is None:
        return None
    issuers = [issuer for issuer in known if issuer.policy != "deny"]
    theirs = {name: issuer for issuer in issuers for name in known_domains(issuer)}
    if own in theirs:
        return None
    for name, issuer in theirs.items():
        if skeleton(own) == skeleton(name):
            return issuer
        if f".{name}." in f".{domain}":
            return issuer
        if _claims(called, issuer) and _one_typo(own, name):
            return issuer
    return None


def known_domains(issuer: ListedIssuer) -> set[str]:
    """The registrable domains that a listed issuer is known by."""
    named = [proven_name(identifier) for identifier in (issuer.id, *issuer.also)]
    found = {registrable(name) for name in (*named, *issuer.domains) if name}
    return {name for name in found if name is not None}


def registrable(domain: str) -> str | None:
    """The part of `domain` that somebody registered, by the public suffix list; `None` for a DID or
    an IP address.
    """
    host = domain.split(":", 1)[0]
    if domain.startswith("did:") or host.replace(".", "").isdigit():
        return None
    found = _suffixes().privatesuffix(host)
    return str(found) if found else None


def skeleton(domain: str) -> str:
    """What `domain` looks like: international labels shown, accents gone, look-alike characters
    made one.
    """
    try:
        shown = idna.decode(domain)
    except idna.IDNAError:
        shown = domain
    decomposed = unicodedata.normalize("NFKD", shown)
    plain = "".join(
        _prototype(character) for character in decomposed if not unicodedata.combining(character)
    )
    for pair, single in _PAIRS:
        plain = plain.replace(pair, single)
    return plain


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two issuers' names read the same, but for case, punctuation and legal forms."""
    return one is not None and other is not None and _name(one) == _name(other) != ""


def _claims(called: str | None, known: ListedIssuer) -> bool:
    return any(same_name(called, name) for name in (known.name, *known.called))


def resembles(called: str | None, known: ListedIssuer) -> bool:
    """Whether somebody who calls themselves `called` will be taken for the issuer `known`: one of
    its names, with signs that only look alike, with a word of trade added, or one typo away.
    """
    return called is not None and any(
        _resembles(called, name) for name in (known.name, *known.called)
    )


def _resembles(called: str, known: str) -> bool:
    if same_name(called, known):
        return True
    mine, theirs = _core(called), _core(known)
    if mine == theirs:
        return len(theirs) >= _SHORTEST
    return len(theirs) >= _TYPO and _one_typo(mine, theirs)


def _name(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(
        _prototype(character) for character in folded if not unicodedata.combining(character)
    )
    return _NAME_NOISE.sub("", plain)


@cache
def _core(name: str) -> str:
    """What tells a name from others: without blanks, and without words that any issuer may add."""
    shown = "".join(
        c for c in unicodedata.normalize("NFKD", name) if unicodedata.category(c) != "Cf"
    )
    plain = "".join(_prototype(c) for c in shown if not unicodedata.combining(c)).casefold()
    words = re.findall(r"[^\W_]+", plain.replace("'", ""))
    kept = [word for word in words if word not in _TRADE]
    return "".join(kept or words)


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


#: Words that anybody in the trade may put beside a name.
_TRADE = frozenset(
    (
        *("inc", "ltd", "llc", "corp", "corporation", "company", "co", "gmbh", "ag", "plc", "the"),
        *("foundation", "group", "global", "worldwide", "official", "verified", "team", "org"),
        *("academy", "education", "edu", "learning", "learn", "training", "trainings", "school"),
        *("certification", "certifications", "certificate", "certificates", "certified"),
        *("credential", "credentials", "badge", "badges", "skills", "digital", "online", "program"),
    )
)
#: A core shorter than this is too common to mean anybody; a shorter one than that has no typos.
_SHORTEST, _TYPO = 3, 6


@cache
def _prototype(character: str) -> str:
    """The ASCII letter that `character` looks like, in lower case, or the character itself."""
    if character.isascii() and character.isalpha():
        return character.lower()
    for found in confusables_data.get(character, ()):
        if found["c"].isascii() and found["c"].isalpha():
            return str(found["c"]).lower()
    return character


def _one_typo(one: str, other: str) -> bool:
    """One letter changed, added, left out, or two neighbours exchanged."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    rest, others = one[start:], other[start:]
    return (
        rest[1:] == others[1:]
        or rest[1:] == others
        or rest == others[1:]
        or (rest[:2] == others[:2][::-1] and rest[2:] == others[2:])
    )
