"""`touchstone unbake`: the credential in a file, byte for byte."""

from __future__ import annotations

import sys

from verifier.containers import unbake
from verifier.errors import NoCredential
from wallet_server.commands.verify import print_error
from wallet_server.sources import read_source


def run(file: str) -> int:
    """Write the baked bytes to standard output; 3 where there is no badge, 1 if unreadable."""
    try:
        content = read_source(file)
        if isinstance(content, str):
            print_error("unbake works on a file: download the picture first.")
            return 2
        baked = unbake(content)
    except NoCredential as error:
        print_error(error.says)
        return 1 if error.code == "unreachable" else 3
    sys.stdout.buffer.write(baked.content)
    sys.stdout.buffer.flush()
    return 0
