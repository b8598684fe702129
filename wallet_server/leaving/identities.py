"""Whether an export's credentials are what their copies are.

The wallet knows a credential by the SHA-256 of its bytes. An export that gave somebody's well-known
credential the bytes of another would put these in its place; so what does not fit is not taken for
the credential it is said to be, but for one of its own.
"""

from __future__ import annotations

import hashlib

import anyio
from msgspec import Struct, field

from verifier import bounds
from verifier.containers import text, unbake
from verifier.errors import Malformed, NoCredential, TooCostly
from verifier.ports import Workers
from verifier.providers import find
from wallet_server.leaving import shapes
from wallet_server.leaving.unpacking import Archive


class Claimed(Struct):
    """A credential of an export as its rows tell of it: the digest of its bytes, its copies as
    files with their digests, those of what was fetched for it, and the ids and addresses it has.
    """

    sha256: str
    copies: list[tuple[str, str]] = field(default_factory=list)
    fetched: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)


async def identities(archive: Archive, workers: Workers) -> list[str]:
    """The digest by which each credential of `archive` is to be known, in their order; every row is
    read and held to its shape on the way. Raises `Malformed`.
    """
    claimed = await anyio.to_thread.run_sync(_survey, archive)
    baked: dict[str, str | None] = {}
    for one in claimed:
        for name, sha256 in one.copies:
            if sha256 != one.sha256:
                content = await anyio.to_thread.run_sync(archive.read, name)
                baked[name] = await _carried(content, workers)
    return [_known_by(one, baked) for one in claimed]


def _known_by(one: Claimed, baked: dict[str, str | None]) -> str:
    if all(_is(one, name, sha256, baked) for name, sha256 in one.copies):
        return one.sha256
    return one.copies[0][1]


def _is(one: Claimed, name: str, sha256: str, baked: dict[str, str | None]) -> bool:
    """Whether a copy is, or carries, the credential; or only its address, at which it was found."""
    if sha256 == one.sha256:
        return True
    carried = baked[name]
    if carried is not None:
        return carried == one.sha256
    return one.sha256 in one.fetched or one.sha256 in map(_digest, one.named)


def _survey(archive: Archive) -> list[Claimed]:
    found: list[Claimed] = []
    above: dict[str, bool] = {}
    for kind, values in archive.rows():
        shapes.check(kind, values)
        _follow(kind, above)
        if kind in ("copy", "unread"):
            _named_file(archive, values["file"], values["sha256"])
        if kind == "document":
            _named_file(archive, f"documents/{values['sha256']}", values["sha256"])
        if kind == "credential":
            found.append(Claimed(values["sha256"]))
        elif kind == "copy":
            found[-1].copies.append((values["file"], values["sha256"]))
            found[-1].named |= _names(values["source"])
        elif kind == "check":
            found[-1].named |= _names(values["report"]["credential"]["id"])
        elif kind == "document":
            found[-1].fetched.add(values["sha256"])
    if not all(one.copies for one in found):
        raise Malformed("backup.row", "A credential in this export comes without a copy of it.")
    return found


def _follow(kind: str, above: dict[str, bool]) -> None:
    """Hold the order of rows: `above` are the kinds that a row may belong to here."""
    parent = shapes.PARENTS[kind]
    if parent is not None and not above.get(parent):
        says = f"The export is in disorder: a row ({kind}) stands where it belongs to nothing."
        raise Malformed("backup.row", says)
    below = {"card": ("credential", "check"), "credential": ("check",)}
    if parent is None:
        above.clear()
    for lower in below.get(kind, ()):
        above[lower] = False
    above[kind] = True


def _named_file(archive: Archive, name: str, sha256: str) -> None:
    listed = archive.files.get(name)
    if listed is None or listed.sha256 != sha256:
        raise Malformed("backup.missing", f"“{name}” is not in this export as its rows name it.")


def _names(named: str | None) -> set[str]:
    """An id or an address, in the spelling of its platform too."""
    if not named:
        return set()
    match = find(named) if len(named) < 4096 else None
    return {named} if match is None else {named, match.canonical}


def _digest(named: str) -> str:
    return hashlib.sha256(named.encode("utf-8", "replace")).hexdigest()


async def _carried(content: bytes, workers: Workers) -> str | None:
    """The digest of the credential in a file; `None` where there is none, or only its address."""
    try:
        try:
            with bounds.at_once():
                baked = unbake(content)
        except bounds.Heavy:
            baked = await workers.run(unbake, content)
    except NoCredential:
        return None
    except TooCostly as error:
        says = (
            "Looking into a file of this export took too long, so nothing was restored. Try again "
            "when this machine has less to do."
        )
        raise Malformed("restore.busy", says) from error
    is_address = text.address(baked.content) is not None
    return None if is_address else hashlib.sha256(baked.content).hexdigest()
