"""Hosted: the issuer's own host still says that the badge was awarded.

Open Badges 2.0, "HostedBadge" and "VerificationObject": an assertion counts where its own `id`
gives it out and that address lies in the scope that the issuer's profile declares, by default the
host of the profile's own id.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from verifier.addresses import Address, is_address, read_address
from verifier.errors import Malformed
from verifier.json_gate import read_object
from verifier.model import Credential, Document, Documents, Proof, Request
from verifier.parse.members import present
from verifier.parse.open_badges_2_chain import (
    Chain,
    Link,
    State,
    final_address,
    follow,
    media,
)
from verifier.proofs.hosted_scope import Scope, read_scope, same_host, same_place
from verifier.report import Check, Question

_AGAIN = "Try again later; if it stays so, ask the issuer."
_ISSUER = "Only the issuer can mend this, by giving the badge out at its own address."
_NAMES = {"assertion": "the badge", "badge": "its badge class", "issuer": "its issuer's profile"}


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
    found = _untraced(chain, "assertion", chain.assertion)
    if found is None and chain.revoked and _taken_back_at_home(chain):
        return _confirmed(chain)
    if found is None:
        found = _untraced(chain, "badge", chain.badge) or _untraced_issuer(chain)
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
    own = _read(chain.assertion.address)
    for link in (chain.badge, chain.issuer):
        if link.state is State.ABSENT:
            return True
        if link.state is State.UNREACHABLE:
            home = _read(link.address)
            return own is not None and home is not None and same_host(home, own)
    return False


def _untraced(chain: Chain, name: str, link: Link) -> Check | None:
    """Why an object of the chain does not count, or `None`."""
    what = _NAMES[name]
    host = _host(link.address)
    match link.state:
        case State.UNREACHABLE | State.PENDING:
            return _unreachable(what, link, host)
        case State.BROKEN:
            says = f"What {host} gives out as {what} is not JSON that can be read."
            return _answer("structure", says, _ISSUER, {"reason": f"hosted.{name}.json"})
        case State.ELSEWHERE:
            says = f"What was found as {what} says it belongs at {link.address}, and is not there."
            detail = {"reason": f"hosted.{name}.id", "found_at": link.moved_from}
            return _answer("id_mismatch", says, _ISSUER, detail)
        case State.ABSENT:
            says = f"Nothing says at which web address {what} could be confirmed."
            return _answer("structure", says, _ISSUER, {"reason": f"hosted.{name}.absent"})
        case State.SERVED | State.EMBEDDED | State.GONE:
            return _untyped(chain, name, link)


def _unreachable(what: str, link: Link, host: str) -> Check:
    document = link.document
    detail: dict[str, Any] = {"reason": _failure(document), "address": link.address}
    if document is not None and document.answered:
        says = f"What {host} answered for {what} is not JSON, so it confirms nothing."
        return _answer("host_unreachable", says, _ISSUER, detail)
    return _answer("host_unreachable", f"{host} could not be asked about {what}.", _AGAIN, detail)


def _failure(document: Document | None) -> str:
    if document is None:
        return "hosted.not_asked"
    if document.error is not None:
        return f"hosted.{document.error}"
    return "hosted.content_type" if document.answered else f"hosted.status.{document.status}"


def _untyped(chain: Chain, name: str, link: Link) -> Check | None:
    """From 2.0 on, text not labelled as JSON counts only at the very address that is its id."""
    document = link.document
    old = chain.version not in ("OB 2.0", "OB 2.1")
    if old or document is None or link.state is State.GONE or media(document) == "json":
        return None
    if link.address is None or _read(link.address) == _read(final_address(document)):
        return None
    says = f"{_host(link.address)} gives {_NAMES[name]} out as a page and not as JSON."
    return _answer("host_unreachable", says, _ISSUER, {"reason": "hosted.content_type"})


def _untraced_issuer(chain: Chain) -> Check | None:
    issuer = chain.issuer
    found = _untraced(chain, "issuer", issuer)
    if found is not None or chain.version == "OB 0.5":
        return found
    stated = next(iter(present(issuer.body.get("id"))), issuer.address)
    if issuer.state is State.EMBEDDED or not is_address(stated):
        says = "The issuer has no web address of its own, so nothing ties the badge to anybody."
        return _answer("issuer_unproven", says, _ISSUER, {"reason": "hosted.issuer.id"})
    final = _read(final_address(issuer.document)) if issuer.document else None
    home = _read(issuer.address)
    if final is None or home is None or not same_place(home, final):
        says = f"{_host(issuer.address)} sends those who ask for its issuer's profile elsewhere."
        return _answer("issuer_unproven", says, _ISSUER, {"reason": "hosted.issuer.redirect"})
    return None


def _in_scope(chain: Chain) -> Check | None:
    """`out_of_scope` for an assertion, or the end of a redirect from it, that the profile does not
    stand for.
    """
    issuer, assertion = chain.issuer, chain.assertion
    old = chain.version == "OB 0.5"
    home = _read(issuer.body.get("origin") if old else issuer.address)
    if home is None:
        return _no_origin()
    scope = Scope(home) if old else read_scope(home, issuer.body)
    for text in _places(assertion):
        address = _read(text)
        if address is not None and _holds(scope, address, redirected=text != assertion.address):
            continue
        if old:
            return _no_origin()
        says = (
            f"The badge stands at {_host(text)}, which is not among the addresses that "
            f"{home.host} issues badges from."
        )
        detail = {"reason": "hosted.scope", "address": text, "issuer": issuer.address}
        return _answer("out_of_scope", says, "Ask the issuer whether the badge is theirs.", detail)
    return None


def _holds(scope: Scope, address: Address, *, redirected: bool) -> bool:
    """A redirect may also lead to the same host with or without `www.`."""
    if scope.holds(address):
        return True
    plain = not scope.hosts and not scope.prefixes
    return redirected and plain and same_place(scope.home, address)


def _no_origin() -> Check:
    says = "The badge does not stand on the web address that it names as its issuer's."
    return _answer("issuer_unproven", says, _ISSUER, {"reason": "hosted.origin"})


def _places(assertion: Link) -> tuple[str, ...]:
    """The assertion's own address, and where a redirect from it ended."""
    final = final_address(assertion.document) if assertion.document else None
    found = (assertion.address, final)
    return tuple(dict.fromkeys(text for text in found if text is not None))


def _confirmed(chain: Chain) -> Check:
    assertion = chain.assertion
    host = _host(assertion.address)
    revoked = chain.revoked
    says = (
        f"{host} says that it took this badge back."
        if revoked
        else (f"{host} still confirms this badge.")
    )
    detail: dict[str, Any] = {"address": assertion.address}
    named = [link for link in (chain.badge, chain.issuer) if link.document is not None]
    if _insecure(assertion) or any(_insecure(link) or _by_http(link) for link in named):
        detail["insecure"] = True
    if differs := _differs(chain):
        detail["differs"] = differs
    if assertion.moved_from is not None:
        detail["found_at"] = assertion.moved_from
    return _answer("hosted", says, None, detail)


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


def _insecure(link: Link) -> bool:
    """Given out over plain http, or with a content type that is not JSON's."""
    document = link.document
    if document is None:
        return False
    plain = any(_plain_http(address) for address in (link.address, final_address(document)))
    return plain or (link.state is not State.GONE and media(document) != "json")


def _by_http(link: Link) -> bool:
    """Named by an address over which somebody on the way could have led to another object."""
    asked = link.document.url if link.document else None
    return _plain_http(asked) or _plain_http(link.moved_from)


def _plain_http(text: str | None) -> bool:
    address = _read(text)
    return address is not None and address.scheme == "http"


def _read(text: object) -> Address | None:
    try:
        return read_address(text)
    except Malformed:
        return None


def _host(text: str | None) -> str:
    address = _read(text)
    return address.host if address else "The issuer's host"


def _answer(code: str, says: str, fix: str | None, detail: dict[str, Any]) -> Check:
    return Check(Question.GENUINE, code, says, fix, {"signature": "unchecked", **detail})
