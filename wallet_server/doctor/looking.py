"""One look at a page: every entry is checked about the wallet's owner, then all is held against the
wallet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import anyio
from msgspec.structs import replace

from verifier.addresses import proven_name
from verifier.answers import require
from verifier.errors import Malformed, NoCredential, TooCostly
from verifier.model import Identity, Request
from verifier.names import strangers
from verifier.papers import own_page
from verifier.papers.own_page import OwnPage, Shown
from verifier.permitted import Permitted
from verifier.providers.platform import PAGE
from verifier.report import Outcome
from wallet_server.cache import Anew
from wallet_server.doctor import findings, matching
from wallet_server.doctor.model import Award, Comparison, Given, Looked
from wallet_server.handing import badge as handed
from wallet_server.handing.links import add_to_profile
from wallet_server.keeping import about_owner
from wallet_server.recording import Recording
from wallet_server.services import Context, Services
from wallet_server.store import awards, owner
from wallet_server.store.database import Database
from wallet_server.verification import Hurried, now

#: Entries that are looked at side by side; issuers are asked with manners besides.
AT_ONCE = 12
#: For all entries together; what is not there by then is said to be late.
SECONDS = 45.0
#: An answer by which a host says that there is nothing.
_GONE = frozenset((404, 410))
_LINKEDIN = re.compile(r"(?:[\w-]+\.)*linkedin\.com")
#: Where LinkedIn lists all licences of a profile.
_ALL = re.compile(r"/details/certifications(?:/|$|[?#])")
_SAVE = "You can also save the page in your own browser and hand in the file."
_COSTLY = "Reading this page would take more work than any page of badges needs, so it was stopped."
_NOBODY = (
    "You have not told your wallet who you are, so nothing was compared with you: say it under "
    "“You”."
)
_PART = (
    "LinkedIn shows only some licences on the profile itself. Compare the page behind “Show all” "
    "before you add what is missing here."
)
_STRANGER = "This page calls its person “{name}”, and your wallet knows you by another name."
_LEFT = "{count} more entries of this page were not looked at."
_MORE = "{count} more badges of your wallet are not on it either."


async def read_page(parts: Services, content: bytes) -> OwnPage:
    """What a file shows. Raises `NoCredential` for what is no page, or takes too much to read."""
    try:
        return await parts.bench.workers.run(own_page.read, content)
    except TooCostly as error:
        raise NoCredential("too_large", _COSTLY) from error
    except Malformed as error:
        raise NoCredential("malformed", error.says) from error


async def open_page(parts: Services, address: str) -> OwnPage:
    """What a page in the web shows to anybody. Raises `NoCredential` as `read_page` does, and where
    it was not reached.
    """
    door = parts.bench.fetcher if parts.cache is None else Anew(parts.cache)
    document = await Hurried(Permitted(door, now())).fetch(Request(address, PAGE))
    try:
        require(document)
    except NoCredential as error:
        raise NoCredential(error.code, f"{error.says} {_SAVE}") from error
    return at_address(await read_page(parts, document.content), address)


def at_address(page: OwnPage, address: str) -> OwnPage:
    """`page` with what its address tells of it."""
    if _LINKEDIN.fullmatch(proven_name(address) or "") is None:
        return page
    is_whole = _ALL.search(address) is not None
    return replace(page, site="linkedin", is_part=page.is_part and not is_whole)


async def compare(parts: Services, page: OwnPage, own: str) -> Comparison:
    """The page against the wallet. `own` is this server's origin, as `Services.check` has it."""
    looked = await _look(parts, page.entries, own)
    return await anyio.to_thread.run_sync(_held_against, parts.database, page, looked)


def _held_against(database: Database, page: OwnPage, looked: Sequence[Looked]) -> Comparison:
    whose = owner.identities(database)
    index = matching.Index(matching.awards(*awards.every(database)), whose)

    def given(award: Award) -> Given:
        return _given(database, award)

    found = findings.examine(looked, index, page.words, page.site, given)
    return replace(found, notes=tuple(_notes(page, whose, found)))


def _given(database: Database, award: Award) -> Given:
    """How an award is handed on; nothing of it is where it was deleted in this very moment."""
    badge = handed.find(database, award.card.lead)
    if badge is None or badge.why is not None:
        return Given()
    address = None if badge.place is None else badge.place.address
    return Given(address, add_to_profile(badge.report, address))


async def _look(parts: Services, entries: Sequence[Shown], own: str) -> list[Looked]:
    """Each entry in its place; those that were not finished in time are late."""
    person = await about_owner(parts, Context())
    looked = [Looked(one, is_late=one.at is not None or one.held is not None) for one in entries]
    room = anyio.CapacityLimiter(AT_ONCE)

    async def one(number: int, shown: Shown) -> None:
        async with room:
            looked[number] = await _look_at(parts, shown, person, own)

    with anyio.move_on_after(SECONDS):
        async with anyio.create_task_group() as tasks:
            for number, shown in enumerate(entries):
                if shown.at is not None or shown.held is not None:
                    tasks.start_soon(one, number, shown)
    return looked


async def _look_at(parts: Services, shown: Shown, person: Context, own: str) -> Looked:
    source = shown.at if shown.held is None else shown.held
    if source is None:
        return Looked(shown)
    context = replace(person, claims=shown.claims)
    label = shown.at or "a file on the page"
    checked = await parts.check(source, context, own=own, label=label, anew=False)
    report, error = checked.verified.report, checked.verified.error
    is_open = report is None or report.checks[0].outcome is Outcome.UNKNOWN
    return Looked(shown, report, error, is_open and _is_gone(checked.recording))


def _is_gone(recording: Recording) -> bool:
    """Whether everything that was asked answered that there is nothing: an outage is no answer."""
    answers = recording.documents.values()
    return bool(answers) and all(one.error is None and one.status in _GONE for one in answers)


def _notes(page: OwnPage, whose: Sequence[Identity], found: Comparison) -> list[str]:
    names = [one.value for one in whose if one.kind == "name"]
    other = next(
        (shown for shown in page.names if names and all(strangers(shown, name) for name in names)),
        None,
    )
    left = found.missing_in_all - len(found.missing)
    told: list[tuple[Any, str]] = [
        (not whose, _NOBODY),
        (other, _STRANGER.format(name=other)),
        (page.is_part and page.site == "linkedin" and found.missing, _PART),
        (page.left, _LEFT.format(count=page.left)),
        (left > 0, _MORE.format(count=left)),
    ]
    return [says for is_so, says in told if is_so]
