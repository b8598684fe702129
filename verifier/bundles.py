"""What is in a presentation, a learner record or an endorsed badge: a whole report on each
credential in it, within bounds, and what they mean for the one around them (contract, section 1,
"More than one").
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from verifier.errors import NoCredential
from verifier.gather import LIMIT, Allowance, Share, side_by_side
from verifier.model import Credential, Endorsement, Entry, Payload
from verifier.ports import Circumstances, Fetcher, Workers
from verifier.report import Check, Outcome, Question, Report, Verdict, worst

#: Credentials within credentials: how many are looked at in one source, and how deep.
ROOM = 100
DEPTH = 4
#: Endorsements that are looked at on one credential.
ENDORSEMENTS = 20
#: Look-ups for everything in one source; a credential with its endorsements has its own `LIMIT`.
LOOKUPS = 60
#: A paper names awards of many hosts; the fetcher behind asks each host for a few at a time.
LOOKUPS_OF_A_PAPER = 200

#: What was found of the outer one's own signature.
_PROVEN = ("signature", "holder_proven")

#: Codes of sources that hold no credential, which is not the same as being broken.
_TOO_MUCH = "too_large"


class Lent(Struct, frozen=True):
    """What the host lends for one source, and the room that is left in it.

    `web` is for the source as a whole, `fetcher` for one credential and its endorsements.
    """

    web: Allowance
    fetcher: Fetcher
    workers: Workers
    circumstances: Circumstances
    room: int = ROOM
    depth: int = DEPTH


#: What may lie in a credential: still to be read, read already, or to be looked for.
Part = Payload | Credential | Entry
ReportOn = Callable[[Part, Lent], Awaitable[Report]]
Tried = Coroutine[Any, Any, Report | NoCredential]


class Within(Struct, frozen=True):
    """The reports on what is in a credential; `found` is what weighs against the whole, `left` how
    many endorsements were not looked at.
    """

    bundle: tuple[Report, ...] = ()
    endorsements: tuple[Report, ...] = ()
    found: tuple[Check, ...] = ()
    left: int = 0


def lent(
    fetcher: Fetcher, workers: Workers, circumstances: Circumstances, lookups: int = LOOKUPS
) -> Lent:
    """What there is for one source."""
    web = Allowance(fetcher, lookups, circumstances.now)
    return Lent(web, Share(web, LIMIT, circumstances.now), workers, circumstances)


async def look_within(
    credential: Credential, genuine: Check, around: Lent, report_on: ReportOn
) -> Within:
    """Report on every credential in `credential`, side by side, as far as there is room.

    `genuine` is what was found of the outer one: a presentation whose holder is proven lends that
    holder to what it presents.
    """
    bundle, praise, inner = _allotted(credential, around)
    presented = replace(
        around.circumstances,
        challenge=None,
        domain=None,
        claims=(),
        presenter=credential.issuer.id if genuine.detail.get("holder_proven") else None,
        endorsed=None,
    )
    of_nobody = replace(presented, person=None, presenter=None, unnamed=False)

    def look(part: Part) -> Tried:
        return _tried(report_on, part, _apart(inner, presented))

    def look_at_praise(one: Endorsement) -> Tried:
        circumstances = replace(of_nobody, endorsed=one.of)
        return _tried(report_on, one.payload, replace(inner, circumstances=circumstances))

    read = await side_by_side(look, bundle)
    praised = await side_by_side(look_at_praise, praise)
    return Within(
        tuple(one for one in read if isinstance(one, Report)),
        # What others say lifts nothing, so what of it can't be read harms nothing.
        tuple(one for one in praised if isinstance(one, Report)),
        tuple(_found(credential, read, left=len(credential.bundle) - len(bundle))),
        len(credential.endorsements) - len(praise),
    )


def weighed(genuine: Check, within: Within) -> Check:
    """`genuine`, or what was found within where that is worse."""
    left = {"endorsements_not_looked_at": within.left} if within.left else {}
    if not within.found and not left:
        return genuine
    if not within.found:
        return replace(genuine, detail={**genuine.detail, **left})
    passed = genuine.outcome is Outcome.PASSED
    decisive = worst([*within.found] if passed else [genuine, *within.found])
    # Whoever presents a badge that is not genuine has proven to be its holder all the same.
    proven = {name: genuine.detail[name] for name in _PROVEN if name in genuine.detail}
    detail = {**decisive.detail, **left, "signature": "unchecked", **proven}
    return replace(decisive, detail=detail)


def every(bundle: Sequence[Report]) -> Iterator[Report]:
    """The reports of a bundle and of the bundles in it."""
    for report in bundle:
        yield report
        yield from every(report.bundle)


def verdicts(bundle: Sequence[Report]) -> list[Verdict]:
    """Those of every credential in a bundle; a paper in it is none, and its own are counted."""
    papers = (Outcome.UNKNOWN, "page", "record")
    return [
        one.verdict
        for one in every(bundle)
        if (one.checks[0].outcome, one.credential.standard, one.credential.kind) != papers
    ]


def _allotted(
    credential: Credential, around: Lent
) -> tuple[tuple[Part, ...], tuple[Endorsement, ...], Lent]:
    """What is looked at in `credential`, and what there is for each of these: what they leave of
    the room is shared among them, so that which ones are looked at does not hang on chance.
    """
    room = around.room if around.depth else 0
    bundle = credential.bundle[:room]
    praise = credential.endorsements[: min(ENDORSEMENTS, room - len(bundle))]
    number = len(bundle) + len(praise)
    share = (room - number) // max(1, number)
    return bundle, praise, replace(around, room=share, depth=around.depth - 1)


def _apart(inner: Lent, circumstances: Circumstances) -> Lent:
    """The same with look-ups of its own."""
    fetcher = Share(inner.web, LIMIT, circumstances.now)
    return replace(inner, fetcher=fetcher, circumstances=circumstances)


async def _tried(report_on: ReportOn, part: Part, inner: Lent) -> Report | NoCredential:
    try:
        return await report_on(part, inner)
    except NoCredential as error:
        return error


def _found(
    credential: Credential, read: Sequence[Report | NoCredential], *, left: int
) -> Iterator[Check]:
    if left:
        says = (
            f"{left} of the credentials in it were not looked at: there are too many, or too deep."
        )
        yield _check("too_costly", "bundle.size", says, "Check those credentials one by one.")
    for one in read:
        if isinstance(one, NoCredential):
            code = "too_costly" if one.code == _TOO_MUCH else "structure"
            says = f"It holds something that is no credential. {one.says}"
            yield _check(code, f"bundle.{one.code}", says, _WITHOUT)
    if credential.standard != "VP":
        return
    for inner in every([one for one in read if isinstance(one, Report)]):
        if inner.verdict is Verdict.INVALID:
            says = f"A credential in this presentation is not genuine. {inner.checks[0].says}"
            yield _check(inner.checks[0].code, "presentation.invalid", says, _WITHOUT)
        elif inner.verdict is Verdict.IMPOSTOR:
            says = f"A credential in this presentation is an impostor's. {inner.checks[2].says}"
            yield _check("structure", "presentation.impostor", says, _WITHOUT)


def _check(code: str, reason: str, says: str, fix: str) -> Check:
    return Check(Question.GENUINE, code, says, fix, {"reason": reason})


_WITHOUT = "Ask the holder for it again without that."
