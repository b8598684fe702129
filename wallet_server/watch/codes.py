"""What can happen to a badge in the wallet: every code an event can have, and how it is named."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Kind(Struct, frozen=True):
    """How an event is named, the family of colour it has, and the shape (a verdict's) beside it."""

    title: str
    tone: str
    shape: str


#: Every code, those first that its owner should hear of before the others.
EVENTS: Mapping[str, Kind] = {
    "revoked": Kind("Revoked", "red", "revoked"),
    "broken": Kind("No longer genuine", "red", "invalid"),
    "refused": Kind("Issuer refused", "red", "impostor"),
    "suspended": Kind("Suspended", "amber", "suspended"),
    "expired": Kind("Expired", "amber", "expired"),
    "expires_soon": Kind("Expires soon", "amber", "not_yet_valid"),
    "key_changed": Kind("Issuer's key changed", "amber", "unknown"),
    "shortened": Kind("Ends earlier", "amber", "not_yet_valid"),
    "unclear": Kind("No longer established", "grey", "unknown"),
    "gone": Kind("Does not answer", "grey", "unknown"),
    "issuer_changed": Kind("Issuer changed", "blue", "unvouched"),
    "title_changed": Kind("Title changed", "blue", "unvouched"),
    "criteria_changed": Kind("Criteria changed", "blue", "unvouched"),
    "details_changed": Kind("Details changed", "blue", "unvouched"),
    "not_vouched": Kind("No longer vouched for", "blue", "unvouched"),
    "vouched": Kind("Now vouched for", "green", "verified"),
    "renewed": Kind("Valid for longer", "green", "verified"),
    "begun": Kind("Now valid", "green", "verified"),
    "reinstated": Kind("In force again", "green", "verified"),
    "established": Kind("Now established", "green", "verified"),
    "back": Kind("Answers again", "green", "verified"),
}


class Change(Struct, frozen=True):
    """One thing that happened: `code` is one of `EVENTS`, `says` a sentence, `detail` for programs.

    A code that `EVENTS` does not know is a `ValueError`.
    """

    code: str
    says: str
    detail: Mapping[str, object]

    def __post_init__(self) -> None:
        """Refuse codes that have no name."""
        if self.code not in EVENTS:
            raise ValueError(f"{self.code!r} is no event")
