"""Tables of members: what the classes of a standard must hold, and what is wrong where they don't.

A table lists members of a class; a member has a kind and may be required. JSON-LD lets a list of
one stand for its only value, and `null`, an empty list or empty text for nothing at all. Members
that no table names, extensions among them, may hold anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from msgspec import Struct

from verifier.addresses import is_address
from verifier.dates import read_moment
from verifier.errors import Malformed
from verifier.model import JsonObject, Problem, as_list

#: A path within the credential, and what is wrong there.
Fault = tuple[str, str]
#: Judges one value.
Check = Callable[[object, str], Iterator[Fault]]
#: Judges all values of one member.
Kind = Callable[[list[Any], str], Iterator[Fault]]

_IRI = re.compile(r"(?:_:|[A-Za-z][A-Za-z0-9+.-]*:)[^\s<>\"{}|\\^`]+")
_WEB = re.compile(r"https?://[^/?#]+.*", re.IGNORECASE)
_TIME = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2})(:\d{2}(?:\.\d{1,18})?)?"
    r"(?:([+-]\d{2}):?(\d{2})|([Zz]))?",
    re.ASCII,
)
_TELEPHONE = re.compile(r"\+?[1-9][0-9]{1,14}", re.ASCII)


class Member(Struct, frozen=True):
    """One member of a class."""

    name: str
    kind: Kind
    required: bool = False


def problems(
    body: JsonObject, members: tuple[Member, ...], at: str, standard: str = "ob2"
) -> Iterator[Problem]:
    """What `body` lacks or holds wrongly; `at` names the class, as in `badge`."""
    for path, says in faults(body, members, at):
        yield Problem("structure", f"{standard}.{path}", f"{_spoken(path)} {says}.")


def faults(body: JsonObject, members: tuple[Member, ...], at: str) -> Iterator[Fault]:
    """The faults in `body`, by path."""
    for member in members:
        path = f"{at}.{member.name}"
        values = present(body.get(member.name))
        if values:
            yield from member.kind(values, path)
        elif member.required:
            yield path, "is missing"


def present(value: object) -> list[Any]:
    """The values of a member; what stands for nothing is left out."""
    return [item for item in as_list(value) if item is not None and item != ""]


def one(check: Check) -> Kind:
    """Exactly one value."""

    def kind(values: list[Any], at: str) -> Iterator[Fault]:
        if len(values) > 1:
            yield at, "must be one value, not several"
        else:
            yield from check(values[0], at)

    return kind


def each(check: Check) -> Kind:
    """Any number of values."""

    def kind(values: list[Any], at: str) -> Iterator[Fault]:
        for value in values:
            yield from check(value, at)

    return kind


def typed(*names: str) -> Kind:
    """A JSON-LD type: one of `names`, perhaps beside others."""

    def kind(values: list[Any], at: str) -> Iterator[Fault]:
        if not all(isinstance(value, str) for value in values):
            yield at, "must be text"
        elif not any(value in names for value in values):
            yield at, f"must be “{'” or “'.join(names[:2])}”"

    return kind


def text(value: object, at: str) -> Iterator[Fault]:
    """Text of any kind."""
    if not isinstance(value, str):
        yield at, "must be text"


def boolean(value: object, at: str) -> Iterator[Fault]:
    """`true` or `false`."""
    if not isinstance(value, bool):
        yield at, "must be true or false"


def read_time(value: object, *, zone: str | None = None) -> datetime:
    """A date and time as ISO 8601 writes it: seconds, and the colon of the offset, may be left out.

    `zone` stands in for a missing offset. Raises `Malformed` (`date.syntax`).
    """
    match = _TIME.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return read_moment(value)
    offset = f"{match[4]}:{match[5]}" if match[4] else ("Z" if match[6] else zone or "")
    return read_moment(f"{match[1]}T{match[2]}{match[3] or ':00'}{offset}")


def moment(value: object, at: str) -> Iterator[Fault]:
    """A date and time with an offset ("DateTime": ISO 8601 with a time zone)."""
    try:
        read_time(value)
    except Malformed:
        yield at, "must be a date and time with an offset, such as 2024-05-01T00:00:00Z"


def telephone(value: object, at: str) -> Iterator[Fault]:
    """E.164: a country code and digits."""
    if not isinstance(value, str) or not _TELEPHONE.fullmatch(value):
        yield at, "must be a telephone number such as +15551234567"


def iri(value: object, at: str) -> Iterator[Fault]:
    """An absolute IRI, or the name of a blank node."""
    if isinstance(value, str) and value.startswith("data:"):
        return
    if not isinstance(value, str) or not _IRI.fullmatch(value):
        yield at, "must be an address"
    elif value[:4].lower() == "http" and not _WEB.fullmatch(value):
        yield at, "must be a whole web address"


def web(value: object, at: str) -> Iterator[Fault]:
    """An http or https address, read as strictly as everything that is fetched."""
    if not is_address(value):
        yield at, "must be the web address at which the issuer shows it"


def unembedded(value: object, at: str) -> Iterator[Fault]:
    """An IRI, but no `data:` IRI: the picture of an assertion is baked, so it can't hold itself."""
    if isinstance(value, str) and value.startswith("data:"):
        yield at, "must be the picture's address, not the picture itself"
    else:
        yield from iri(value, at)


def thing(value: object, at: str) -> Iterator[Fault]:
    """A JSON object of any kind."""
    if not isinstance(value, dict):
        yield at, "must be an object"


def nested(*members: Member) -> Check:
    """A JSON object with these members."""

    def check(value: object, at: str) -> Iterator[Fault]:
        if isinstance(value, dict):
            yield from faults(value, members, at)
        else:
            yield at, "must be an object"

    return check


def linked(check: Check, link: Check = iri) -> Check:
    """Text that `link` judges, or anything else, which `check` judges."""

    def either(value: object, at: str) -> Iterator[Fault]:
        yield from link(value, at) if isinstance(value, str) else check(value, at)

    return either


def _spoken(path: str) -> str:
    """`badge.alignment.targetUrl` → The badge class's “alignment.targetUrl”."""
    first, _, rest = path.partition(".")
    return f"The {_CLASSES.get(first, first)}'s “{rest}”" if rest else f"The {first}"


_CLASSES = {"badge": "badge class", "issuer": "issuer profile"}
