"""Whether every object that a badge leads to was read from its own address: its class, and its
issuer's profile (Open Badges 2.0, "Implementation": what a document says of another counts only
where the other says it itself).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.addresses import Address, is_address, read_address
from verifier.errors import Malformed
from verifier.model import Document
from verifier.parse.members import present
from verifier.parse.open_badges_2_chain import (
    Chain,
    Link,
    State,
    final_address,
    media,
)
from verifier.proofs.hosted_scope import same_place
from verifier.report import Check, Question

AGAIN = "Try again later; if it stays so, ask the issuer."
ISSUER = "Only the issuer can mend this, by giving the badge out at its own address."
_NAMES = {"assertion": "the badge", "badge": "its badge class", "issuer": "its issuer's profile"}


def untraced(chain: Chain, name: str, link: Link) -> Check | None:
    """Why an object of the chain does not count, or `None`."""
    what = _NAMES[name]
    host = host_of(link.address)
    match link.state:
        case State.UNREACHABLE | State.PENDING:
            return _unreachable(what, link, host)
        case State.BROKEN:
            says = f"What {host} gives out as {what} is not JSON that can be read."
            return answer("structure", says, ISSUER, {"reason": f"hosted.{name}.json"})
        case State.ELSEWHERE:
            says = f"What was found as {what} says it belongs at {link.address}, and is not there."
            detail = {"reason": f"hosted.{name}.id", "found_at": link.moved_from}
            return answer("id_mismatch", says, ISSUER, detail)
        case State.ABSENT:
            says = f"Nothing says at which web address {what} could be confirmed."
            return answer("structure", says, ISSUER, {"reason": f"hosted.{name}.absent"})
        case State.SERVED | State.EMBEDDED | State.GONE:
            return _untyped(chain, name, link)


def _unreachable(what: str, link: Link, host: str) -> Check:
    document = link.document
    detail: dict[str, Any] = {"reason": _failure(document), "address": link.address}
    if document is not None and document.answered:
        says = f"What {host} answered for {what} is not JSON, so it confirms nothing."
        return answer("host_unreachable", says, ISSUER, detail)
    return answer("host_unreachable", f"{host} could not be asked about {what}.", AGAIN, detail)


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
    if link.address is None or address_in(link.address) == address_in(final_address(document)):
        return None
    says = f"{host_of(link.address)} gives {_NAMES[name]} out as a page and not as JSON."
    return answer("host_unreachable", says, ISSUER, {"reason": "hosted.content_type"})


def untraced_issuer(chain: Chain) -> Check | None:
    """Why the issuer's profile does not count, or `None`: it must be served from its own id."""
    issuer = chain.issuer
    found = untraced(chain, "issuer", issuer)
    if found is not None or chain.version == "OB 0.5":
        return found
    stated = next(iter(present(issuer.body.get("id"))), issuer.address)
    if issuer.state is State.EMBEDDED or not is_address(stated):
        says = "The issuer has no web address of its own, so nothing ties the badge to anybody."
        return answer("issuer_unproven", says, ISSUER, {"reason": "hosted.issuer.id"})
    final = address_in(final_address(issuer.document)) if issuer.document else None
    home = address_in(issuer.address)
    if final is None or home is None or not same_place(home, final):
        says = f"{host_of(issuer.address)} sends those who ask for its issuer's profile elsewhere."
        return answer("issuer_unproven", says, ISSUER, {"reason": "hosted.issuer.redirect"})
    return None


def insecure(link: Link) -> bool:
    """Given out over plain http, or with a content type that is not JSON's."""
    document = link.document
    if document is None:
        return False
    plain = any(plain_http(address) for address in (link.address, final_address(document)))
    return plain or (link.state is not State.GONE and media(document) != "json")


def by_http(link: Link) -> bool:
    """Named by an address over which somebody on the way could have led to another object."""
    asked = link.document.url if link.document else None
    return plain_http(asked) or plain_http(link.moved_from)


def plain_http(text: object) -> bool:
    """Whether this is an address without encryption."""
    address = address_in(text)
    return address is not None and address.scheme == "http"


def address_in(text: object) -> Address | None:
    """The address that `text` is, if it is one."""
    try:
        return read_address(text)
    except Malformed:
        return None


def host_of(text: str | None) -> str:
    """The host of an address, as a sentence may begin with it."""
    address = address_in(text)
    return address.host if address else "The issuer's host"


def answer(code: str, says: str, fix: str | None, detail: Mapping[str, Any]) -> Check:
    """A finding about a chain; no signature was looked at unless `detail` says so."""
    return Check(Question.GENUINE, code, says, fix, {"signature": "unchecked", **detail})
