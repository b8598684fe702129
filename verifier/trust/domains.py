"""Domains that pass themselves off as known ones: rules on the proven domain alone."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from verifier.addresses import proven_name
from verifier.ports import ListedIssuer
from verifier.signs import prototype
from verifier.trust.slips import distance, shorter

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

#: Pairs of letters that read as one in most typefaces; TR 39 lists them the other way round.
_PAIRS = (("rn", "m"), ("vv", "w"))
#: Letters of a domain, its dots included.
_LONGEST = 253
#: How many domains are remembered beside which listed one they are.
_KEPT = 4096


class Domains:
    """The domains of listed issuers, prepared once for finding who imitates one of them."""

    def __init__(self, issuers: Iterable[ListedIssuer]) -> None:
        self._known: dict[str, list[ListedIssuer]] = {}
        for issuer in issuers:
            if issuer.policy != "deny":
                for name in known_domains(issuer):
                    self._known.setdefault(name, []).append(issuer)
        self._most_labels = max((name.count(".") + 1 for name in self._known), default=0)
        self._looks: dict[str, str] = {}
        self._short: dict[str, set[str]] = {}
        self._met: dict[str, tuple[str, ...]] = {}
        for name in self._known:
            self._looks.setdefault(skeleton(name), name)
            for word in shorter(name):
                self._short.setdefault(word, set()).add(name)

    def knows(self, own: str) -> bool:
        """Whether `own` is a listed issuer's own domain."""
        return own in self._known

    def owner(self, host: str) -> ListedIssuer | None:
        """The listed issuer at whose domain `host` is."""
        return next(iter(self._known.get(registrable(host) or "", ())), None)

    def same_look(self, own: str) -> Iterator[ListedIssuer]:
        """Those whose domain looks the same (TR 39, section 4)."""
        yield from self._known.get(self._looks.get(skeleton(own), ""), ())

    def under(self, foreign: str) -> Iterator[ListedIssuer]:
        """Those whose whole domain stands in `foreign`, the labels before somebody's own domain."""
        labels = foreign.split(".")
        for start in range(len(labels)):
            for end in range(start + 2, min(start + self._most_labels, len(labels)) + 1):
                yield from self._known.get(".".join(labels[start:end]), ())

    def one_typo_away(self, own: str) -> Iterator[ListedIssuer]:
        """Those whose domain has one letter changed, added or left out, or two exchanged."""
        for name in self._beside(own):
            yield from self._known[name]

    def _beside(self, own: str) -> tuple[str, ...]:
        found = self._met.get(own)
        if found is None:
            near = {name for word in shorter(own) for name in self._short.get(word, ())}
            found = tuple(name for name in sorted(near) if distance(own, name, 1) == 1)
            if len(self._met) < _KEPT:
                self._met[own] = found
        return found


def known_domains(issuer: ListedIssuer) -> set[str]:
    """The registrable domains that a listed issuer is known by."""
    named = [proven_name(identifier) for identifier in (issuer.id, *issuer.also)]
    found = {registrable(name) for name in (*named, *issuer.domains) if name}
    return {name for name in found if name is not None}


def registrable(domain: str) -> str | None:
    """The part of `domain` that somebody registered, by the public suffix list; `None` for a DID,
    an IP address, and what is too long to be in the DNS (RFC 1035, section 2.3.4).
    """
    if domain.startswith("did:"):
        return None
    host = domain.split(":", 1)[0]
    if len(host) > _LONGEST or host.replace(".", "").isdigit():
        return None
    return _registered(host)


@lru_cache(maxsize=4096)
def _registered(host: str) -> str | None:
    found = _suffixes().privatesuffix(host)
    return str(found) if found else None


def label(own: str) -> str:
    """What somebody chose of the domain that they registered, as it is shown."""
    return _shown(own).split(".", 1)[0]


def without_accents(domain: str) -> str:
    """`domain` as shown, accents gone."""
    decomposed = unicodedata.normalize("NFKD", _shown(domain))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=4096)
def skeleton(domain: str) -> str:
    """What `domain` looks like: international labels shown, accents gone, look-alike characters
    made one.
    """
    plain = "".join(map(prototype, without_accents(domain)))
    for pair, single in _PAIRS:
        plain = plain.replace(pair, single)
    return plain


def _shown(domain: str) -> str:
    if domain.isascii() and domain.islower() and "xn--" not in domain:
        return domain
    import idna  # here: most domains are plain

    try:
        return idna.decode(domain)
    except idna.IDNAError:
        return domain


@cache
def _suffixes() -> PublicSuffixList:
    """The list that comes with the library, its international rules written both ways: handed over
    whole, it would encode the ten thousand plain ones as well.
    """
    from publicsuffixlist import PSLFILE, PublicSuffixList  # here: keys have no domain

    lines = Path(PSLFILE).read_text("utf-8").lower().split("\n")
    rules = [line.strip() for line in lines if line and not line.startswith("//")]
    encoded = [rule.encode("idna").decode() for rule in rules if not rule.isascii()]
    return PublicSuffixList([*rules, *encoded], accept_encoded_idn=False)
