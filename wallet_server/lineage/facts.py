"""What of a credential tells its award from others, as far as a check established it."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from msgspec import Struct

from verifier.addresses import is_address, spelled
from verifier.dates import read_moment
from verifier.model import Credential, Identity
from verifier.providers import issued_through, known_as
from verifier.report import Assurance, Outcome, Report, Verdict

#: What is of one award with nothing.
REFUSED = frozenset((Verdict.INVALID, Verdict.IMPOSTOR))
#: Codes of an award's address at which nothing could be read: all that is kept is the address, so
#: that nobody claims anything by it.
_UNREAD = frozenset(("page_unreadable", "host_unreachable"))


#: Of a recipient, so many identifiers and names are compared, none longer than this.
_MANY, _LENGTH = 10, 300
#: Of a title or a name, so much is looked at.
_TEXT = 1000


class Facts(Struct, frozen=True):
    """By what an award is known. Where `proven`, all of it is its issuer's word; else it is merely
    told, `place` aside. `standard` is one word for all before Open Badges 3.0.

    `place` is the award's own address at its issuer's or platform's, under one name for all its
    spellings, where a check established that it is; `told` the one that a copy names. `issuers` are
    all ids of the one issuer. `issuer` and `title` are folded, `picture` is its platform's
    own, `names` and `people` are what the recipient is known by.
    """

    proven: bool = False
    standard: str | None = None
    place: str | None = None
    told: str | None = None
    id: str | None = None
    issuers: tuple[str, ...] = ()
    issuer: str | None = None
    achievement: str | None = None
    title: str | None = None
    picture: str | None = None
    people: tuple[Identity, ...] = ()
    names: tuple[str, ...] = ()
    issued: datetime | None = None


def facts_of(report: Report) -> Facts | None:
    """What `report` tells; `None` where it is of no single award (a presentation, a paper that
    somebody put together), and where it is invalid or an impostor's.
    """
    credential = report.credential
    if report.verdict in REFUSED or credential.standard == "VP" or _is_paper(credential):
        return None
    named = [one for one in credential.recipient.named if len(one.value) <= _LENGTH]
    told = _place(credential.id)
    return Facts(
        proven=report.checks[0].outcome is Outcome.PASSED,
        standard=_BEFORE if credential.standard in _OLDER else credential.standard,
        place=told if _is_own(report) else None,
        told=told,
        id=told or _unescaped(credential.id),
        issuers=_issuers(report),
        issuer=folded(credential.issuer.name),
        achievement=known_as(credential.achievement, "template")
        or _unescaped(credential.achievement),
        title=folded(credential.name),
        picture=known_as(credential.image, "picture") or known_as(report.source, "picture"),
        people=tuple(one for one in named if one.kind != "name")[:_MANY],
        names=tuple(one.value for one in named if one.kind == "name")[:_MANY],
        issued=credential.issued or credential.valid_from,
    )


def binding(facts: Facts) -> set[str]:
    """Two that are established to be one award share one of these: hashes, all an index needs."""
    return {_hashed(*words) for words in _binding(facts)}


def keys(facts: Facts) -> set[str]:
    """Two that are, or may be, one award share one of these."""
    loose = {"title": facts.title, "picture": facts.picture}
    return binding(facts) | {_hashed(word, text) for word, text in loose.items() if text}


def folded(text: str | None) -> str | None:
    """Text without what only its writing makes different: case, width, blanks."""
    plain = " ".join(unicodedata.normalize("NFKC", (text or "")[:_TEXT]).casefold().split())
    return plain or None


def as_object(facts: Facts) -> dict[str, Any]:
    """The facts as JSON."""
    return {
        **{name: getattr(facts, name) for name in _PLAIN},
        "issuers": list(facts.issuers),
        "people": [[one.kind, one.value, one.hashed, one.salt] for one in facts.people],
        "names": list(facts.names),
        "issued": None if facts.issued is None else facts.issued.astimezone(UTC).isoformat(),
    }


def from_object(value: Mapping[str, Any]) -> Facts:
    """The facts that `as_object` wrote."""
    return Facts(
        **{name: value[name] for name in _PLAIN},
        issuers=tuple(value["issuers"]),
        people=tuple(Identity(*one) for one in value["people"]),
        names=tuple(value["names"]),
        issued=None if value["issued"] is None else read_moment(value["issued"]),
    )


_BEFORE, _OLDER = "OB 2", ("OB 0.5", "OB 1.0", "OB 1.1", "OB 2.0", "OB 2.1")
_PLAIN = ("proven", "standard", "place", "told", "id", "issuer", "achievement", "title", "picture")


def _hashed(*words: str) -> str:
    return hashlib.sha256("\n".join(words).encode("utf-8", "surrogatepass")).hexdigest()


def _binding(facts: Facts) -> Iterator[tuple[str, ...]]:
    if facts.told is not None:
        yield "place", facts.told
    for issuer in facts.issuers if facts.proven else ():
        if facts.id is not None:
            yield "id", issuer, facts.id
        if facts.achievement is not None:
            yield "achievement", issuer, facts.achievement


def _is_own(report: Report) -> bool:
    """Whether the credential's id is where the award is: its host or platform said so itself, or
    issued it under its own name. Of an address at which nothing could be read there is nothing else
    that could be false. What anybody can sign or draw may name whatever address it likes.
    """
    credential = report.credential
    if report.assurance in (Assurance.HOSTED, Assurance.ISSUER_PAGE):
        return True
    if report.assurance is Assurance.SIGNATURE:
        through = issued_through(credential.issuer.id)
        place = known_as(credential.id, "award")
        return through is not None and place is not None and place.startswith(f"{through} ")
    bare = credential.standard == "page" and credential.name is None and not credential.content
    return (
        bare and report.checks[0].code in _UNREAD and known_as(credential.id, "award") is not None
    )


def _place(id: str | None) -> str | None:
    if id is None or not is_address(id):
        return None
    return known_as(id, "award") or spelled(id)


def _issuers(report: Report) -> tuple[str, ...]:
    """Its own ids, those its platform knows it by, and the one under which it is vouched for: a
    list says that what has several ids is one issuer.
    """
    issuer, answer = report.credential.issuer, report.checks[2]
    listed = answer.detail.get("entry") if answer.outcome is Outcome.PASSED else None
    ids = (issuer.id, *issuer.also, *([str(listed)] if listed else []))
    named = (known_as(one, "organization") or spelled(_unescaped(one) or "") for one in ids if one)
    return tuple(sorted(set(named)))[:_MANY]


def _unescaped(id: str | None) -> str | None:
    """Open Badges 3.0, section 10: how ids are compared."""
    return unquote(id).strip() or None if id is not None else None


def _is_paper(credential: Credential) -> bool:
    return bool(credential.bundle) and not credential.proofs
