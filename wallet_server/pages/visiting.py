"""What a visitor of a share gets to see of it, and nothing when there is no such share."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import anyio
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from verifier.ports import Person
from wallet_server.marks import SECURITY_HEADERS
from wallet_server.pages.drawing import draw
from wallet_server.services import Services, services
from wallet_server.sharing.answered import Answered
from wallet_server.sharing.answers import answers
from wallet_server.sharing.shown import people_left_off, shown
from wallet_server.sharing.stacked import shown_to_visitors
from wallet_server.stacks import svg, words
from wallet_server.stacks.everything import Everything, everything
from wallet_server.store import shares
from wallet_server.store.shares import Badge, Share
from wallet_server.verification import now

#: Seconds that a page, and what programs read, waits for answers.
PAGE_WAITS, PROGRAM_WAITS = 4.0, 25.0
_PUBLIC: Mapping[str, str] = {"X-Robots-Tag": "noindex, nofollow, noarchive"}
#: What a badge is called that was not looked at yet.
PENDING = "A badge"
_KINDS = {
    "json": "application/json",
    "jwt": "application/vc+jwt",
    "png": "image/png",
    "svg": "image/svg+xml",
}
_POLICY = "Content-Security-Policy"


class Nothing(Exception):
    """There is no such share, and maybe never was."""


class Visit(Struct, frozen=True):
    """One badge of a share: `found` is what was found of it, `None` while that is not known yet,
    and `report` as much of it as is shown.
    """

    badge: Badge
    found: Answered | None
    report: dict[str, Any] | None

    @property
    def name(self) -> str | None:
        """What the badge is called, once it is known what may be told of it."""
        return PENDING if self.report is None else self.report["credential"]["name"]

    @property
    def kind(self) -> str | None:
        """The media type under which a page names the badge for programs."""
        container = None if self.report is None else self.report["credential"]["container"]
        return _KINDS.get(container or "")


def nothing() -> Response:
    """The answer for a share that was ended, is over, or never was: all look the same."""
    return public(draw("no_share.html", 404))


def public(response: Response) -> Response:
    """`response`, which strangers see and no search engine keeps."""
    response.headers.update(_PUBLIC)
    return response


def with_form(page: Response) -> Response:
    """`page`, which may send a form to this server, and tells nobody where it leads from."""
    usual = SECURITY_HEADERS[_POLICY]
    page.headers[_POLICY] = usual.replace("form-action 'none'", "form-action 'self'")
    return page


async def opened(request: Request) -> Share:
    """The share that the address opens. Raises `Nothing`."""
    secret, database = request.path_params["secret"], services(request).database
    found = await anyio.to_thread.run_sync(shares.find, database, secret, now())
    if found is None:
        raise Nothing
    return found


async def visits(
    parts: Services, share: Share, *, patience: float, place: int | None = None
) -> tuple[Visit, ...]:
    """Each badge of the share, or the one at `place`, with what is found of it now."""
    every = await anyio.to_thread.run_sync(shares.badges, parts.database, share)
    wanted = [badge for badge in every if place in (None, badge.place)]
    found: dict[int, Answered | None] = {}
    person = person_of(share)

    async def look(badge: Badge) -> None:
        found[badge.place] = await answers(parts, badge.id, person, patience=patience)

    await asyncio.gather(*map(look, wanted))  # where one fails, as it failed and not as a group
    return tuple(_visit(badge, found[badge.place], share) for badge in wanted)


def person_of(share: Share) -> Person | None:
    """Whom its owner shows the badges as being about."""
    return share.shown.person if "recipient" in share.fields else None


def _visit(badge: Badge, found: Answered | None, share: Share) -> Visit:
    report = None if found is None else shown(found.report, share.fields)
    return Visit(badge, found, report)


async def stacked(parts: Services, share: Share, found: Sequence[Visit]) -> dict[str, Any]:
    """The `stack` that is shared, as its badges are found now, with its `drawing` and `outline`;
    nothing where it is no more, no badge was `found`, or it is not known yet whom its steps must
    not name.
    """
    none: dict[str, Any] = {"stack": None}
    waits = any(one.found is None for one in found)
    if share.stack is None or not found or (waits and "recipient" not in share.fields):
        return none

    async def gather() -> Everything:
        return await anyio.to_thread.run_sync(everything, parts.database)

    whole = await parts.visitors.stacks.get("all", gather, patience=PROGRAM_WAITS)
    stack = None if whole is None else whole.find(share.stack)
    if whole is None or stack is None:
        return none
    verdicts = {one.badge.id: one.report["verdict"] if one.report else None for one in found}
    reports = [one.found.report for one in found if one.found is not None]
    people = {name for one in reports for name in people_left_off(one, share.fields)}
    seen = shown_to_visitors(whole, stack, verdicts, share.fields, people)
    return {"stack": seen, "drawing": svg.draw(seen), "outline": words.outline(seen)}
