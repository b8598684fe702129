"""The owner's issuer lists as files: each in the contract's own format, and `order.json` for their
order and for where and when a list was fetched.

Everything there can be read and edited by hand. A list that somebody put there counts, last,
without standing in `order.json`; the owner's own list (`own.json`) then counts first.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from verifier.dates import read_moment, written
from verifier.errors import Malformed
from verifier.json_gate import read_object
from verifier.model import JsonObject
from verifier.trust import IssuerList, read_list, unread
from wallet_server.wire import moment

ORDER, OWN = "order.json", "own.json"
#: How long a fetched list counts after it was last read.
LIFE = timedelta(days=7)
#: Lists of one owner.
LISTS = 50


class Kept(Struct, frozen=True):
    """One list in the folder. A fetched one has its `url`, and no `file` until it was first read.

    `error` says why it could not be read at `failed_at`, when it was last asked for.
    """

    file: str | None = None
    url: str | None = None
    fetched_at: datetime | None = None
    sha256: str | None = None
    error: str | None = None
    failed_at: datetime | None = None

    @property
    def short(self) -> str:
        """How it is called in commands: its file without the ending, or its address."""
        return self.file.removesuffix(".json") if self.file else str(self.url)

    def outlived(self, now: datetime) -> bool:
        """Whether it was fetched too long ago to go by."""
        return self.fetched_at is not None and now - self.fetched_at > LIFE


class Held(Struct, frozen=True):
    """A kept list with what is in it: `read`, or the `fault` that stands against reading it."""

    kept: Kept
    read: IssuerList | None = None
    fault: str | None = None

    @property
    def name(self) -> str:
        """What it calls itself, if that is known."""
        return self.read.name if self.read else self.kept.short

    def at(self, now: datetime) -> IssuerList:
        """As it counts at `now`: from one that can't be read nothing follows."""
        if self.read is None or self.kept.outlived(now):
            return unread(self.name)
        at = self.kept.fetched_at
        if self.read.as_of is None and at is not None:  # a list without a date has that of its day
            return replace(self.read, as_of=f"{at:%Y-%m-%d}")
        return self.read

    def trouble(self, now: datetime) -> str | None:
        """What is wrong with it, for its owner."""
        if self.fault is not None:
            return self.fault
        if self.read is None:
            return f"It was never read: {self.kept.error or 'nobody asked for it yet'}."
        if self.kept.outlived(now) and self.kept.fetched_at is not None:
            day = written(self.kept.fetched_at)
            return f"It was last read on {day}, too long ago to go by: {self.kept.error or 'old'}."
        return f"When last asked: {self.kept.error}." if self.kept.error else None


def held(folder: Path) -> tuple[Held, ...]:
    """Every list in the folder, in order. Raises `Malformed` where the order can't be read."""
    return tuple(_held(folder, kept) for kept in read_order(folder))


def read_order(folder: Path) -> tuple[Kept, ...]:
    """The lists that there are, in order. Raises `Malformed` (`trust.order`)."""
    try:
        files = {name for name in os.listdir(folder) if _is_list(name)}
    except FileNotFoundError:
        return ()
    except OSError as error:
        says = f"The folder “{folder}” of your issuer lists can't be read: {error.strerror}."
        raise Malformed("trust.order", says) from error
    path = folder / ORDER
    kept: tuple[Kept, ...] = ()
    if path.exists():
        try:
            entries = read_object(path.read_bytes()).get("lists")
            if not isinstance(entries, list) or len(entries) > LISTS:
                raise Malformed("trust.order", f"“lists” is no list of at most {LISTS}.")
            kept = tuple(_kept(entry) for entry in entries)
        except OSError as error:
            raise _damaged(path, f"{error.strerror}.") from error
        except Malformed as error:
            raise _damaged(path, error.says) from error
    besides = files - {one.file for one in kept}
    own = (Kept(OWN),) if OWN in besides else ()
    return (*own, *kept, *(Kept(name) for name in sorted(besides - {OWN})))


def _damaged(path: Path, says: str) -> Malformed:
    return Malformed(
        "trust.order",
        f"The order of your issuer lists, “{path}”, is damaged: {says} Mend it, or delete it: the "
        "lists beside it then count in the order of their names.",
    )


def write_order(folder: Path, lists: Iterable[Kept]) -> None:
    """Keep this order. Raises `OSError`."""
    entries = [_entry(kept) for kept in lists]
    text = json.dumps({"lists": entries}, indent=2, ensure_ascii=False) + "\n"
    write(folder, ORDER, text.encode())


def write(folder: Path, name: str, content: bytes) -> None:
    """`content` in the file `name`, whole or not at all; for the owner's eyes. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = folder / f".{name}.{os.getpid()}.new"  # the command may write beside the server
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / name)


def renewed(kept: Kept, content: bytes, now: datetime, file: str) -> Kept:
    """`kept`, fetched at `now`."""
    digest = hashlib.sha256(content).hexdigest()
    return replace(kept, file=file, fetched_at=now, sha256=digest, error=None, failed_at=None)


def _is_list(name: str) -> bool:
    return name.endswith(".json") and name != ORDER and not name.startswith(".")


def _held(folder: Path, kept: Kept) -> Held:
    if kept.file is None:
        return Held(kept)
    path = folder / kept.file
    mend = f"Mend the file, or leave the list out: touchstone trust remove {kept.short}"
    try:
        content = path.read_bytes()
        if kept.sha256 is not None and hashlib.sha256(content).hexdigest() != kept.sha256:
            raise Malformed("trust.sha256", "it is not what was fetched: its SHA-256 differs.")
        return Held(kept, replace(read_list(content), published=kept.url is not None))
    except OSError as error:
        return Held(kept, fault=f"The issuer list “{path}”: {error.strerror}. {mend}")
    except Malformed as error:
        return Held(kept, fault=f"The issuer list “{path}”: {error.says} {mend}")


def _kept(entry: object) -> Kept:
    """An entry of the order. Raises `Malformed`."""
    if not isinstance(entry, dict):
        raise Malformed("trust.order", "an entry is not an object.")
    file, url = _text(entry, "file"), _text(entry, "url")
    if (file is None and url is None) or (file and ("/" in file or not _is_list(file))):
        raise Malformed("trust.order", "an entry names no file of this folder, and no “url”.")
    return Kept(
        file=file,
        url=url,
        fetched_at=_moment(entry, "fetched_at"),
        sha256=_text(entry, "sha256"),
        error=_text(entry, "error"),
        failed_at=_moment(entry, "failed_at"),
    )


def _entry(kept: Kept) -> dict[str, Any]:
    members = {
        "file": kept.file,
        "url": kept.url,
        "fetched_at": moment(kept.fetched_at),
        "sha256": kept.sha256,
        "error": kept.error,
        "failed_at": moment(kept.failed_at),
    }
    return {name: value for name, value in members.items() if value is not None}


def _moment(entry: JsonObject, member: str) -> datetime | None:
    return None if entry.get(member) is None else read_moment(entry[member])


def _text(entry: JsonObject, member: str) -> str | None:
    value = entry.get(member)
    if value is not None and not isinstance(value, str):
        raise Malformed("trust.order", f"“{member}” of an entry is no text.")
    return value
