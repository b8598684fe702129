"""What is wrong with an assertion, its badge class and its issuer, version by version."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from verifier.errors import Malformed
from verifier.model import JsonObject, Problem
from verifier.parse import open_badges_1
from verifier.parse.members import Member, present, problems, read_time
from verifier.parse.open_badges_2_chain import Chain, State, on_platform
from verifier.parse.open_badges_2_contexts import context_problems
from verifier.parse.open_badges_2_extensions import extension_problems
from verifier.parse.open_badges_2_rules import (
    BADGE_CLASS,
    HOSTED_ASSERTION,
    PROFILE,
    REVOKED_ASSERTION,
    SIGNED_ASSERTION,
)


def chain_problems(chain: Chain, *, signed: bool) -> Iterator[Problem]:
    """What is wrong with the copies that count, assertion first."""
    assertion, badge, issuer = chain.assertion, chain.badge, chain.issuer
    yield from _assertion_problems(chain, signed=signed)
    if "badge" not in assertion.body and (chain.revoked or assertion.body.get("revoked") is True):
        return
    tables = _tables(chain.version, signed=signed)
    standard = "ob2" if chain.version in ("OB 2.0", "OB 2.1") else "ob1"
    for name, link in (("badge", badge), ("issuer", issuer)):
        if link.state is State.ABSENT and isinstance(_reference(chain, name), str):
            path = "assertion.badge" if name == "badge" else "badge.issuer"
            says = f"The {name} is not named by a web address."
            yield Problem("structure", f"{standard}.{path}", says)
        if link.state in (State.SERVED, State.EMBEDDED):
            yield from problems(link.body, tables[name], name, standard)
            yield from context_problems(link.body, name)
            yield from extension_problems(link.body, name)


def _assertion_problems(chain: Chain, *, signed: bool) -> Iterator[Problem]:
    body = open_badges_1.upgrade_assertion(chain.assertion.body, chain.version)
    yield from context_problems(body, "assertion")
    yield from extension_problems(body, "assertion")
    if chain.revoked or body.get("revoked") is True:
        yield from problems(body, REVOKED_ASSERTION, "assertion")
        return
    table = _tables(chain.version, signed=signed)["assertion"]
    if chain.version not in ("OB 2.0", "OB 2.1"):
        yield from problems(chain.assertion.body, table, "assertion", "ob1")
        yield from open_badges_1.recipient_problems(chain.assertion.body, chain.version)
        return
    if not present(body.get("@context")):
        says = "The assertion has no “@context”, so its words mean nothing for certain."
        yield Problem("structure", "ob2.assertion.@context", says)
    yield from problems(body, table, "assertion")
    issued, expires = _moment(body, "issuedOn"), _moment(body, "expires")
    # Such a slip in a platform's own database is no forgery: there, the end date has just passed.
    if issued and expires and expires < issued and not on_platform(chain.assertion):
        says = "The assertion expires before it was issued."
        yield Problem("structure", "ob2.assertion.expires", says)


def _tables(version: str, *, signed: bool) -> dict[str, tuple[Member, ...]]:
    if version not in ("OB 2.0", "OB 2.1"):
        return dict(open_badges_1.rules(version, signed=signed))
    assertion = SIGNED_ASSERTION if signed else HOSTED_ASSERTION
    return {"assertion": assertion, "badge": BADGE_CLASS, "issuer": PROFILE}


def _reference(chain: Chain, name: str) -> object:
    """How the badge class or the issuer is named by the object before it."""
    holder = chain.assertion if name == "badge" else chain.badge
    return next(iter(present(holder.body.get(name))), None)


def _moment(body: JsonObject, name: str) -> datetime | None:
    try:
        return read_time(next(iter(present(body.get(name))), None))
    except Malformed:
        return None
