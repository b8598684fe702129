"""Exports under a passphrase: the age format (age-encryption.org/v1), by the library that is its
reference in Rust. Whoever has any `age` program and the passphrase can open them without us.

The key is stretched by scrypt, which takes memory on purpose, so both ways run in a process of
their own. A file says how much it takes: one that asks for more than any honest program does is
refused before the memory is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import anyio
import pyrage

from verifier.errors import Malformed, TooCostly
from wallet_server.workers import ProcessWorkers

MAGIC = b"age-encryption.org/v1\n"
#: What is sealed is held in memory as a whole, more than once.
LIMIT = 256 * 2**20
#: The shortest passphrase that a new export takes.
LENGTH = 8
#: The binary logarithm of scrypt's work factor; 2^20 takes one GiB.
_WORK = 20
_STANZA = re.compile(rb"-> scrypt [A-Za-z0-9+/]{22} ([1-9][0-9]?)\n")
_SECONDS, _MEMORY = 60.0, 4 * 2**30
_ONE_AT_A_TIME = anyio.Lock()

_BROKEN = "The file is damaged or cut off. Take another copy of it, or export the wallet again."
_TOO_MUCH = (
    "Opening this file would take more memory than any export of a wallet does, so it was not "
    "tried. Decrypt it with the program age, and restore what comes out."
)


def is_sealed(start: bytes) -> bool:
    """Whether a file that starts so is under a passphrase."""
    return start.startswith(MAGIC)


async def seal(content: bytes, passphrase: str) -> bytes:
    """`content` so that only the passphrase opens it. Raises `Malformed` (`passphrase.short`,
    `sealed.size`, `sealed.memory`).
    """
    if len(passphrase) < LENGTH:
        says = f"Choose a passphrase of at least {LENGTH} characters; several words are best."
        raise Malformed("passphrase.short", says)
    if len(content) > LIMIT:
        raise Malformed(
            "sealed.size",
            f"The export is over {LIMIT // 2**20} MiB, which is the most that Touchstone encrypts. "
            "Export it without a passphrase, and encrypt the file with the program age.",
        )
    return await _run(_sealed, content, passphrase)


async def open_sealed(content: bytes, passphrase: str) -> bytes:
    """What was sealed. Raises `Malformed` (`passphrase.wrong`, `sealed.…`)."""
    if len(content) > LIMIT + 2**20:
        raise Malformed(
            "sealed.size",
            f"The file is over {LIMIT // 2**20} MiB, which is the most that Touchstone decrypts. "
            "Decrypt it with the program age, and restore what comes out.",
        )
    stanza = _STANZA.match(content, len(MAGIC))
    if not is_sealed(content) or stanza is None:
        says = "This file is encrypted, but not with a passphrase alone. Decrypt it first."
        raise Malformed("sealed.kind", says)
    if int(stanza[1]) > _WORK:
        raise Malformed("sealed.work", _TOO_MUCH)
    return await _run(_opened, content, passphrase)


async def _run(
    function: Callable[[bytes, str], bytes | tuple[str, str]], content: bytes, passphrase: str
) -> bytes:
    async with _ONE_AT_A_TIME:
        return await _run_alone(function, content, passphrase)


async def _run_alone(
    function: Callable[[bytes, str], bytes | tuple[str, str]], content: bytes, passphrase: str
) -> bytes:
    workers = ProcessWorkers(wall_seconds=_SECONDS, cpu_seconds=int(_SECONDS), memory=_MEMORY)
    try:
        done = await workers.run(function, content, passphrase)
    except TooCostly as error:
        says = (
            "There was not enough memory or time to encrypt or decrypt the file: that takes a GiB. "
            "Close other programs and try again."
        )
        raise Malformed("sealed.memory", says) from error
    if isinstance(done, bytes):
        return done
    raise Malformed(*done)


def _sealed(content: bytes, passphrase: str) -> bytes:
    return pyrage.passphrase.encrypt(content, passphrase)


def _opened(content: bytes, passphrase: str) -> bytes | tuple[str, str]:
    """What was sealed, or why it can't be opened; pyrage's own errors don't cross processes."""
    try:
        return pyrage.passphrase.decrypt(content, passphrase)
    except pyrage.DecryptError as error:
        why = str(error)
    if "Decryption failed" in why:
        return "passphrase.wrong", "The passphrase does not open this file. Type it again."
    if "Excessive work" in why:
        return "sealed.work", _TOO_MUCH
    return "sealed.damaged", _BROKEN
