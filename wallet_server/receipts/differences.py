"""What differs between a report that was signed and the one derived again, by its place in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

#: Differences that are told of, in all; and letters of what stands there.
MOST, LENGTH = 100, 300


class Difference(Struct, frozen=True):
    """`at` is a place in the report (`checks.current.code`), `signed` what the receipt says there
    and `now` what follows from what it holds; `null` where nothing stands there.
    """

    at: str
    signed: Any
    now: Any

    def as_object(self) -> dict[str, Any]:
        """For JSON."""
        return {"at": self.at, "signed": _short(self.signed), "now": _short(self.now)}


def differences(signed: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Every place at which two reports differ, the first `MOST` of them; both as JSON has them."""
    found: list[Difference] = []
    for one in _differing("", signed, now):
        found.append(one)
        if len(found) == MOST:
            break
    return tuple(found)


def same_answers(signed: object, now: object) -> bool:
    """Whether two reports have the same verdict, and the same answers to the same questions, and
    so have those in them, however all is worded.
    """
    return _answers(signed) == _answers(now)


def _answers(report: object) -> object:
    """The answers of a report, which may be anything at all where somebody else signed it."""
    if not isinstance(report, dict):
        return None
    inner = _list(report.get("bundle"))
    credential = report.get("credential")
    praise = _list(credential.get("endorsements")) if isinstance(credential, dict) else []
    return (
        [report.get(member) for member in ("verdict", "assurance")],
        [
            [check.get(member) for member in ("question", "outcome", "code")]
            for check in _list(report.get("checks"))
            if isinstance(check, dict)
        ],
        [_answers(one) for one in inner],
        [_answers(one) for one in praise],
    )


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _differing(at: str, signed: object, now: object) -> Iterator[Difference]:
    one, other = _members(signed), _members(now)
    if one is None or other is None:
        if signed != now or type(signed) is not type(now):
            yield Difference(at, signed, now)
        return
    for name in dict.fromkeys((*other, *one)):  # in our order, whatever the signer put before it
        yield from _differing(f"{at}.{name}" if at else name, one.get(name), other.get(name))


def _members(value: object) -> dict[str, Any] | None:
    """The members of an object or a list; an answer is called by its question."""
    if isinstance(value, dict):
        return value
    if not isinstance(value, list):
        return None
    named = [
        one["question"] if isinstance(one, dict) and isinstance(one.get("question"), str) else None
        for one in value
    ]
    if all(named) and len(set(named)) == len(named):
        return {str(name): one for name, one in zip(named, value, strict=True)}
    return {str(index): one for index, one in enumerate(value)}


def _short(value: object) -> object:
    """As much of it as a reader needs."""
    text = value if isinstance(value, str) else repr(value)
    return value if len(text) <= LENGTH else f"{text[:LENGTH]}…"
