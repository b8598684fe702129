"""What an export is made of: the names in the archive, its limits, and how its text is written.

`docs/wallet.md` is the same for readers who write a program of their own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from anyascii import anyascii
from msgspec import Struct

#: What `manifest.json` says it is. A version this program does not know is refused, never guessed.
FORMAT, VERSION = "touchstone-wallet", 1
MANIFEST, ROWS, README = "manifest.json", "wallet.jsonl", "README.txt"
INDEX = "documents/urls.json"

#: One file of an archive: no copy and no document is larger.
FILE_LIMIT = 40 * 2**20
#: All files together; and that in times of the archive's own size, since rows shrink tenfold where
#: somebody packs them again, and nothing shrinks more.
LIMIT_IN_ALL, RATIO = 16 * 2**30, 20
MEMBERS, DIRECTORY_LIMIT = 200_000, 24 * 2**20
#: What is parsed as a whole: the manifest by how many files there are, and each row.
MANIFEST_LIMIT, ENTRY_LIMIT, ROW_LIMIT = 64 * 2**10, 320, 16 * 2**20
ROWS_LIMIT = 2 * 2**30

_NAME = re.compile(
    r"(?:README\.txt|wallet\.jsonl|documents/urls\.json"
    r"|credentials/[a-z0-9-]{1,80}\.[a-z]{2,4}|documents/[0-9a-f]{64}|unread/[0-9a-f]{64})"
)
_SUFFIXES = {"image/png": ".png", "image/svg+xml": ".svg", "application/json": ".json"}

README_TEXT = """\
This is a wallet of digital badges, exported by Touchstone.

credentials/    each badge byte for byte as it was received: pictures, files, answers of addresses
documents/      what was fetched to check them, and urls.json, which says from which addresses
unread/         what was brought and could not be read, as it came
wallet.jsonl    everything else, one row a line: notes, tags, every check and what happened since
manifest.json   the size and the SHA-256 of each of these files

Any verifier of badges reads the files in credentials/. With Touchstone they can be checked again
without a network, as they were when they were last checked:

    touchstone verify credentials/* --documents documents

and `touchstone wallet restore` takes the whole archive back.
"""


class Listed(Struct, frozen=True):
    """What the manifest says of a file: its size in bytes, and its SHA-256 in hex."""

    size: int
    sha256: str


def is_name(name: str) -> bool:
    """Whether a file of an export may be called that; no such name leads out of any folder."""
    return _NAME.fullmatch(name) is not None


def credential_path(name: str | None, sha256: str, media_type: str) -> str:
    """Where a copy lies: by what its badge is called, and by its digest."""
    words = re.sub(r"[^a-z0-9]+", "-", anyascii(name or "").lower())[:40].strip("-")
    return f"credentials/{words or 'badge'}-{sha256[:32]}{_SUFFIXES.get(media_type, '.bin')}"


def document_path(sha256: str) -> str:
    """Where the body of a document lies."""
    return f"documents/{sha256}"


def unread_path(sha256: str) -> str:
    """Where lies what could not be read."""
    return f"unread/{sha256}"


def row(kind: str, values: Mapping[str, Any]) -> bytes:
    """One line of the rows; members stay in their order, so that a report comes back as it was."""
    text = json.dumps({kind: values}, separators=(",", ":"), allow_nan=False)
    return f"{text}\n".encode("ascii")


def page(value: Mapping[str, Any]) -> bytes:
    """JSON that people may look into: the same value is always the same bytes."""
    return f"{json.dumps(value, sort_keys=True, indent=1)}\n".encode("ascii")
