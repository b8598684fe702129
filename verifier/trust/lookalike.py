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
        if same_name(called, issuer.name) and _one_typo(own, name):
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


def _name(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(
        _prototype(character) for character in folded if not unicodedata.combining(character)
    )
    return _NAME_NOISE.sub("", plain)


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


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
