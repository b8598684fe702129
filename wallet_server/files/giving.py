"""A file to hand on, for a page, a program or the command that asks for it."""

from __future__ import annotations

import anyio
from msgspec import Struct
from msgspec.structs import replace

from verifier.errors import Malformed, TooCostly
from wallet_server.files.handed import Handed
from wallet_server.files.making import Given, handed
from wallet_server.files.paper import paper
from wallet_server.own_keys import KeyLost
from wallet_server.services import Services

#: A page, and paper: the endings of their names.
KINDS = ("html", "pdf")
_GONE = "None of these badges is in the wallet any more."
_SLOW = "A badge could not be looked at in time. Try again in a moment."
_COSTLY = (
    "Setting this as PDF took longer than it may. Try again; or hand on the page (HTML), or fewer "
    "badges at once."
)


class File(Struct, frozen=True):
    """It, and what it is called: nothing of anybody's."""

    content: bytes
    name: str


async def file_of(parts: Services, given: Given, kind: str) -> File:
    """The badges that are `given` as a file of `kind`, a word of `KINDS`. Raises `Malformed`
    (`file.…`, `receipt.size`), saying why there is none.
    """
    try:
        made = await handed(parts, given)
    except TimeoutError as error:
        raise Malformed("file.slow", _SLOW) from error
    except KeyLost as error:
        raise Malformed("file.key", str(error)) from error
    except OSError as error:
        says = f"The key that signs it can't be kept in “{parts.data}”: {error.strerror}."
        raise Malformed("file.key", says) from error
    if made is None:
        raise Malformed("file.gone", _GONE)
    if kind == "pdf":
        return File(await _printed(parts, made), "badges.pdf")
    from wallet_server.files.page import html  # imported here: it is drawn as pages are, who use us

    return File(await anyio.to_thread.run_sync(html, made), "badges.html")


async def _printed(parts: Services, made: Handed) -> bytes:
    try:
        return await parts.bench.workers.run(paper, replace(made, receipts=None, stack=None))
    except TooCostly as error:
        raise Malformed("file.costly", _COSTLY) from error
    except ValueError as error:
        raise Malformed("file.size", f"{error} Hand on the page (HTML) instead.") from error
