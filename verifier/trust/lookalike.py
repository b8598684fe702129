"""Does an issuer pass itself off as a known one? Red follows from rules on the proven domain alone;
a name tells only whom its bearer will be taken for. Never a logo, never a description.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from verifier.ports import ListedIssuer
from verifier.trust.called import read
from verifier.trust.kept import Kept, kept
from verifier.trust.names import names_of, same_name
from verifier.trust.shown import LONGEST, addresses

if TYPE_CHECKING:
    from verifier.trust.domains import Domains


def imitates(domain: str, called: str | None, known: Iterable[ListedIssuer]) -> ListedIssuer | None:
    """The listed issuer that `domain` imitates while calling itself `called`, or `None`.

    Three ways: the same skeleton; a known registrable domain as a foreign sub-domain; one typo away
    and using the name. Accents alone make another word in many languages, so where they alone
    differ the name must be used too.
    """
    if domain.startswith("did:"):
        return None
    if len(called or "") <= LONGEST and len(domain) <= LONGEST:
        return _kept_imitated(domain, called, kept(known))
    return _imitated(domain, called, kept(known))


def _imitated(domain: str, called: str | None, known: Kept[ListedIssuer]) -> ListedIssuer | None:
    # here: keys have no domain
    from verifier.trust.domains import registrable, skeleton, without_accents

    own = registrable(domain)
    if own is None:
        return None
    domains = _domains(known)
    if domains.knows(own):
        return None
    foreign = domain.split(":", 1)[0].removesuffix(own).rstrip(".")
    for issuer in domains.same_look(own):
        if skeleton(own) != without_accents(own) or _claims(called, issuer):
            return issuer
    for issuer in domains.under(foreign):
        return issuer
    return next((one for one in domains.one_typo_away(own) if _claims(called, one)), None)


def namesake(
    called: str | None, proven: str | None, known: Iterable[ListedIssuer]
) -> ListedIssuer | None:
    """The listed issuer for whom somebody will be taken who calls themselves `called`, or whose own
    domain, `proven`, carries a name; `None` if they will be taken for nobody else.

    A platform that checks who issues there has checked what they call themselves, so there only
    another's very name counts.
    """
    if proven is not None and proven.startswith("did:"):
        proven = None  # it carries no name, and may be too long to be kept
    if len(called or "") <= LONGEST and len(proven or "") <= LONGEST:
        return _kept_namesake(called, proven, kept(known))
    return _namesake(called, proven, kept(known))


def _namesake(
    called: str | None, proven: str | None, issuers: Kept[ListedIssuer]
) -> ListedIssuer | None:
    if called and _is_checked(proven, issuers):
        return next((issuer for issuer in issuers if same_name(called, issuer.name)), None)
    found = _by_name(called, issuers) if called else None
    if found is None and proven is not None and not _is_checked(proven, issuers):
        found = _in_domain(proven, issuers)
    return found


def resembles(called: str | None, known: ListedIssuer) -> bool:
    """Whether somebody who calls themselves `called` will be taken for the issuer `known`."""
    return bool(called) and _by_name(str(called), kept((known,))) is not None


#: Those of the issuers that were met last: whoever issued one badge has issued others.
_kept_imitated = lru_cache(maxsize=4096)(_imitated)
_kept_namesake = lru_cache(maxsize=4096)(_namesake)


def _by_name(called: str, known: Kept[ListedIssuer]) -> ListedIssuer | None:
    return names_of(known).namesake(called) or _in_address(called, known)


def _in_address(called: str, known: Kept[ListedIssuer]) -> ListedIssuer | None:
    """Whose address somebody gives for a name, saying nothing beside it."""
    owners = (
        _domains(known).owner(host) for host, rest in addresses(called) if read(rest).adds_nothing
    )
    return next((owner for owner in owners if owner is not None), None)


def _is_checked(proven: str | None, issuers: Kept[ListedIssuer]) -> bool:
    host = (proven or "").split(":", 1)[0]
    platforms = (one for one in issuers if one.policy == "platform" and one.checks)
    return any(host in one.domains for one in platforms)


def _in_domain(proven: str, known: Kept[ListedIssuer]) -> ListedIssuer | None:
    """Whose name the domain carries; a listed one's own domain is a tie to them and no claim."""
    from verifier.trust.domains import label, registrable

    own = registrable(proven)
    if own is None or _domains(known).knows(own):
        return None
    return names_of(known).in_label(label(own))


def _claims(called: str | None, known: ListedIssuer) -> bool:
    return any(same_name(called, name) for name in (known.name, *known.called))


@lru_cache(maxsize=16)
def _domains(issuers: Kept[ListedIssuer]) -> Domains:
    from verifier.trust.domains import Domains

    return Domains(issuers)
