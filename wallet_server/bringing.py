"""Bringing one thing into the wallet: what is in a file, and what becomes of each thing in it."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from verifier.errors import Malformed, TooCostly
from verifier.ports import Workers
from verifier.providers import discreet, find
from verifier.report import Outcome
from wallet_server.imports import read
from wallet_server.imports.found import Found, Item, Locked, Unread, merged
from wallet_server.imports.locks import unlock
from wallet_server.keeping import about_owner, keep
from wallet_server.services import Checked, Context, Services
from wallet_server.store.imports import Done

_COSTLY = "Reading it would take more work than any backup needs, so it was stopped."
#: Locked parts of one file that its passphrase is tried on: each is made to cost about a second.
LOCKS = 50
_MANY_LOCKS = (
    "This file has more locked parts, or costlier ones, than are opened at once. Bring this part "
    "by itself, with its passphrase."
)
_ASK = (
    "“{name}” is under a passphrase: the one that was chosen in the other wallet when it was made. "
    "Give it, and bring the file again."
)


class Brought(Struct, frozen=True):
    """What became of a thing, and what is to be kept of it unread."""

    done: Done
    unread: bytes | None = None


async def look_through(workers: Workers, content: bytes, name: str, passphrase: str = "") -> Found:
    """Everything in a file.

    Raises `Malformed`: `lock.asked` where it is under a passphrase and none was given,
    `lock.passphrase` for a wrong one, and `backup.own` for an export of a wallet of our own.
    """
    return await _look_through(workers, content, name, _Key(passphrase))


class _Key(Struct):
    """A passphrase, and how many more locks it is tried on."""

    passphrase: str
    left: int = LOCKS


async def _look_through(workers: Workers, content: bytes, name: str, key: _Key) -> Found:
    try:
        found = await workers.run(read, content, name)
    except TooCostly:
        return Found("file", unread=(Unread(name, content, _COSTLY),))
    if found.format == "touchstone":
        raise Malformed("backup.own", found.notes[0])
    if found.locked and not key.passphrase:
        raise Malformed("lock.asked", _ASK.format(name=name))
    opened = [await _opened(workers, lock, key) for lock in found.locked]
    return merged(found.format, [replace(found, locked=()), *opened]) if opened else found


async def _opened(workers: Workers, lock: Locked, key: _Key) -> Found:
    if not key.left:
        return Found("file", unread=(Unread(lock.label, lock.content, _MANY_LOCKS),))
    key.left -= 1
    try:
        content = await workers.run(unlock, lock.content, key.passphrase)
    except TooCostly:
        key.left = 0  # whoever made one lock so made the others
        return Found("file", unread=(Unread(lock.label, lock.content, _COSTLY),))
    except Malformed as error:
        if error.reason == "lock.passphrase":
            raise
        return Found("file", unread=(Unread(lock.label, lock.content, error.says),))
    if lock.why is not None:
        return Found("file", unread=(Unread(lock.label, content, lock.why),))
    return await _look_through(workers, content, lock.label, key)


async def awards_at(parts: Services, address: str) -> tuple[Item, ...]:
    """What an address stands for: every award that a profile shows, or the address itself."""
    match = find(address)
    if match is not None and match.kind == "profile":
        checked = await _check(parts, address, address)
        error = checked.verified.error
        if error is not None and error.code == "not_an_award" and error.found:
            return tuple(Item(at, None, at) for at in error.found)
    return (Item(discreet(address), None, address),)


async def bring(parts: Services, item: Item) -> Brought:
    """Verify one thing and keep it, whatever came of it; the same one again is kept once."""
    checked = await _checked(parts, item)
    report, error = checked.verified.report, checked.verified.error
    if report is not None:
        kept, is_new = await keep(parts, checked, report)
        label = report.credential.name or _shown(item)
        state = "kept" if is_new else "already"
        return Brought(Done(label, item.url, state, "", kept.id))
    says = error.says if error is not None else ""
    if item.content is not None:
        return Brought(Done(item.label, item.url, "unread", says, None), item.content)
    return Brought(Done(_shown(item), item.url, "failed", says, None))


async def _checked(parts: Services, item: Item) -> Checked:
    """What its address leads to, or the copy that stands beside it where that tells nothing."""
    checked = None
    if item.url is not None:
        checked = await _check(parts, item.url, item.url)
    if item.content is not None and (checked is None or not _tells(checked)):
        copy = await _check(parts, item.content, item.label)
        if checked is None or copy.verified.report is not None:
            return copy
    if checked is None:
        raise ValueError("an item has bytes or an address")
    return checked


def _tells(checked: Checked) -> bool:
    """Whether it is established that the badge is genuine, or that it is not."""
    report = checked.verified.report
    genuine = report.checks[0].outcome if report is not None else Outcome.UNKNOWN
    return genuine in (Outcome.PASSED, Outcome.FAILED)


async def _check(parts: Services, source: bytes | str, label: str) -> Checked:
    context = await about_owner(parts, Context())
    return await parts.check(source, context, own="", label=label, anew=False)


def _shown(item: Item) -> str:
    """What to call it, without what an address tells of its reader."""
    return discreet(item.label)
