"""What cases of hosted badges are made of: the guild's documents, and where they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from tests.made.assertions import assertion, badge_class, profile
from tests.made.folder import Answer, Web, answered
from tests.made.issuers import HARBOUR

NAME = "Chart Reading"
HOME = HARBOUR.home
ASSERTION = f"{HOME}/assertions/chart-reading"
BADGE = f"{HOME}/badges/chart-reading"
ISSUER = f"{HOME}/issuer"
EVIL = "https://evil.example"
JSON_LD = "application/ld+json"
NOWHERE = Answer(error="timeout")


class Hosted(Struct, frozen=True):
    """A badge and the code that `genuine` must have; `detail` is what it must say besides."""

    name: str
    source: str | bytes
    web: Web
    code: str
    verdict: str
    detail: Mapping[str, Any] = field(default_factory=dict)
    absent: tuple[str, ...] = ()


def badge(**members: object) -> dict[str, Any]:
    """The guild's badge class, with other `members`."""
    return {**badge_class(NAME), **members}


def web(**documents: object) -> Web:
    """The guild's assertion, badge class and profile; each may be another document or answer."""
    made = {
        "assertion": assertion(NAME),
        "badge": badge(),
        "issuer": profile(),
    } | documents
    addresses = {"assertion": ASSERTION, "badge": BADGE, "issuer": ISSUER}
    return {
        addresses[name]: one if isinstance(one, Answer) else answered(one, JSON_LD)
        for name, one in made.items()
    }


def scoped(address: str, rules: Mapping[str, object]) -> Web:
    """An assertion at `address` of the guild's badge, whose profile has `rules`."""
    issuer = profile(verification=dict(rules)) if rules else profile()
    return {**web(issuer=issuer), address: answered(assertion(NAME, id=address), JSON_LD)}
