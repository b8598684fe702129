"""`touchstone unbake`: the credential in a file, byte for byte."""

from __future__ import annotations

import sys

import anyio

from verifier.answers import unbaked
from verifier.containers import Baked
from verifier.errors import NoCredential
from wallet_server.commands.verify import print_error
from wallet_server.sources import read_source
from wallet_server.workers import ProcessWorkers


def run(file: str) -> int:
    """Write the baked bytes to standard output; 3 where there is no badge, 1 if unreadable."""
    try:
        content = read_source(file)
        if isinstance(content, str):
            print_error("unbake works on a file: download the picture first.")
            return 2
        baked = anyio.run(_unbaked, content)
    except NoCredential as error:
        print_error(error.says)
        return 1 if error.code == "unreachable" else 3
    sys.stdout.buffer.write(baked.content)
    sys.stdout.buffer.flush()
    return 0


async def _unbaked(content: bytes) -> Baked:
    return await unbaked(content, ProcessWorkers())
