"""What was found of one source, as lines of a table: a badge each, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from verifier.report import Verdict
from wallet_server.looks import ERRORS
from wallet_server.plain_text import plain

#: The gravest first, as a reader wants them sorted; what is no badge comes last.
ORDER = (
    *(Verdict.INVALID, Verdict.IMPOSTOR, Verdict.REVOKED, Verdict.NOT_THEIRS, Verdict.SUSPENDED),
    *(Verdict.EXPIRED, Verdict.NOT_YET_VALID, Verdict.OVERSTATED, Verdict.UNKNOWN),
    *(Verdict.UNVOUCHED, Verdict.HOLDER_UNPROVEN, Verdict.VERIFIED),
)
#: A fault of ours, beside the codes of the contract.
FAULT = "fault"
_RANKS = {
    **{verdict.value: rank for rank, verdict in enumerate(ORDER)},
    **{code: len(ORDER) + rank for rank, code in enumerate((*ERRORS, FAULT))},
}
_NAME, _SAYS = 200, 1000
_WORST = ("failed", "unknown", "absent")


class Line(Struct, frozen=True):
    """One badge of one row, or one `error`. `codes` are those of the five answers, in their order;
    `fix` says who can mend it.
    """

    badge: str
    issuer: str
    verdict: str | None
    error: str | None
    says: str
    fix: str = ""
    codes: str = ""
    issued: str | None = None
    expires: str | None = None
    who: str = ""

    @property
    def rank(self) -> int:
        """Where it comes in the order of gravity."""
        return _RANKS[self.verdict or self.error or FAULT]


def lines_of(report: Mapping[str, Any], who: str) -> tuple[Line, ...]:
    """The lines of a report, or of an error in its place. A CV, a list and the like are themselves
    no badge, so they have a line for each that they hold; `who` is whom the row names.
    """
    if "error" in report:
        error = report["error"]
        says = plain(error["says"], _SAYS)
        return (Line("", "", None, error["code"], says, who=plain(who, _NAME)),)
    return tuple(_lines(report, who))


def _lines(report: Mapping[str, Any], who: str) -> Iterator[Line]:
    credential = report["credential"]
    if credential["standard"] == "page" and credential["kind"] == "record" and report["bundle"]:
        named = who or credential["recipient"]["name"] or ""
        for inner in report["bundle"]:
            yield from _lines(inner, named)
        return
    yield Line(
        plain(credential["name"] or credential["id"] or report["source"], _NAME),
        _issuer(credential["issuer"]),
        report["verdict"],
        None,
        plain(report["headline"], _SAYS),
        plain(_fix(report), _SAYS),
        " ".join(check["code"] for check in report["checks"]),
        credential["issued"],
        credential["expires"],
        plain(who, _NAME),
    )
    for inner in report["bundle"]:
        yield from _lines(inner, who)


def _issuer(issuer: Mapping[str, Any]) -> str:
    """The issuer as proven; a name only where somebody vouches for it."""
    name = issuer["name"] if issuer["vouched_by"] else None
    return plain(name or issuer["proven"] or "", _NAME)


def _fix(report: Mapping[str, Any]) -> str:
    """What the gravest of the five answers says on who can mend it."""
    if report["verdict"] == Verdict.VERIFIED.value:
        return ""
    fixes = [
        check["fix"]
        for outcome in _WORST
        for check in report["checks"]
        if check["outcome"] == outcome and check["fix"]
    ]
    return str(fixes[0]) if fixes else ""
