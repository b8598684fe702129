"""Hosted: the issuer's own host still says that the badge was awarded.

Open Badges 2.0, "HostedBadge" and "VerificationObject": an assertion counts where its own `id`
gives it out and that address lies in the scope that the issuer's profile declares, by default the
host of the profile's own id.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from verifier.addresses import Address
from verifier.json_gate import read_object
from verifier.model import Credential, Document, Documents, Proof, Request
from verifier.parse.open_badges_2_chain import (
    Chain,
    Link,
    State,
    final_address,
    follow,
)
from verifier.proofs.hosted_scope import Scope, read_scope, same_host, same_place
from verifier.proofs.traced import (
    ISSUER,
    address_in,
    answer,
    by_http,
    host_of,
    insecure,
    untraced,
    untraced_issuer,
)
from verifier.report import Check


def needs(credential: Credential, proof: Proof, documents: Documents) -> Iterable[Request]:
    """Whatever the chain from the assertion to its issuer still lacks."""
    return _chain(credential, documents).missing


def check(credential: Credential, proof: Proof, documents: Documents, now: datetime) -> Check:
    """`hosted` where every object of the chain was read from its own address and the assertion lies
    in its issuer's scope.

    `detail.insecure` is set where any of it came over plain http or with a content type that
    is not JSON's; `detail.differs` names the members in which the copy handed in is another.
    """
    chain = _chain(credential, documents)
    found = untraced(chain, "assertion", chain.assertion)
    if found is None and chain.revoked and _taken_back_at_home(chain):
        return _confirmed(chain)
    if found is None:
        found = untraced(chain, "badge", chain.badge) or untraced_issuer(chain)
    return found or _in_scope(chain) or _confirmed(chain)


def confirming(credential: Credential, documents: Documents) -> Document | None:
    """The answer in which the assertion's own address gives it out, `None` if there is none."""
    link = _chain(credential, documents).assertion
    return link.document if link.state is State.SERVED else None


def _chain(credential: Credential, documents: Documents) -> Chain:
    return follow(read_object(credential.content.strip()), credential.url, documents)


def _taken_back_at_home(chain: Chain) -> bool:
    """Whether a badge was taken back at an address that nothing more can be asked about: it names
    no badge class, or what it names no longer answers on the very same host.
    """
    own = address_in(chain.assertion.address)
    for link in (chain.badge, chain.issuer):
        if link.state is State.ABSENT:
            return True
        if link.state is State.UNREACHABLE:
            home = address_in(link.address)
            return own is not None and home is not None and same_host(home, own)
    return False


def _in_scope(chain: Chain) -> Check | None:
    """`out_of_scope` for an assertion, or the end of a redirect from it, that the profile does not
    stand for.
    """
    issuer, assertion = chain.issuer, chain.assertion
    old = chain.version == "OB 0.5"
    home = address_in(issuer.body.get("origin") if old else issuer.address)
    if home is None:
        return _no_origin()
    scope = Scope(home) if old else read_scope(home, issuer.body)
    for text in _places(assertion):
        address = address_in(text)
        if address is not None and _holds(scope, address, redirected=text != assertion.address):
            continue
        if old:
            return _no_origin()
        says = (
            f"The badge stands at {host_of(text)}, which is not among the addresses that "
            f"{home.host} issues badges from."
        )
        detail = {"reason": "hosted.scope", "address": text, "issuer": issuer.address}
        return answer("out_of_scope", says, "Ask the issuer whether the badge is theirs.", detail)
    return None


def _holds(scope: Scope, address: Address, *, redirected: bool) -> bool:
    """A redirect may also lead to the same host with or without `www.`."""
    if scope.holds(address):
        return True
    plain = not scope.hosts and not scope.prefixes
    return redirected and plain and same_place(scope.home, address)


def _no_origin() -> Check:
    says = "The badge does not stand on the web address that it names as its issuer's."
    return answer("issuer_unproven", says, ISSUER, {"reason": "hosted.origin"})


def _places(assertion: Link) -> tuple[str, ...]:
    """The assertion's own address, and where a redirect from it ended."""
    final = final_address(assertion.document) if assertion.document else None
    found = (assertion.address, final)
    return tuple(dict.fromkeys(text for text in found if text is not None))


def _confirmed(chain: Chain) -> Check:
    assertion = chain.assertion
    host = host_of(assertion.address)
    revoked = chain.revoked
    says = (
        f"{host} says that it took this badge back."
        if revoked
        else (f"{host} still confirms this badge.")
    )
    detail: dict[str, Any] = {"address": assertion.address}
    named = [link for link in (chain.badge, chain.issuer) if link.document is not None]
    if insecure(assertion) or any(insecure(link) or by_http(link) for link in named):
        detail["insecure"] = True
    if differs := _differs(chain):
        detail["differs"] = differs
    if assertion.moved_from is not None:
        detail["found_at"] = assertion.moved_from
    return answer("hosted", says, None, detail)


def _differs(chain: Chain) -> list[str]:
    """The members in which the copy handed in is not the one that counts.

    An object that stands in full in one copy and as its address in the other is no difference, but
    what it says of itself may be.
    """
    given, served = chain.given, chain.assertion.body
    if chain.assertion.state is not State.SERVED:
        return []
    names = {
        name for name in {*given, *served} if _plain(given.get(name)) != _plain(served.get(name))
    }
    stated = given.get("badge")
    if isinstance(stated, dict):
        body = chain.badge.body
        shared = (set(stated) & set(body)) - {"@context", "issuer"}
        names |= {f"badge.{name}" for name in shared if stated[name] != body[name]}
    return sorted(names)


def _plain(value: object) -> object:
    """An object with an id as its id."""
    return value.get("id", value) if isinstance(value, dict) else value
