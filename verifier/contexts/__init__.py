"""The JSON-LD contexts this program knows. They are pinned; no others are used or fetched.

What a signature means depends on the contexts it was made under, so each file is held to the
SHA-256 that `index.json` states beside its origin and licence.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

FOLDER = Path(__file__).parent


class ContextChanged(RuntimeError):
    """A pinned context is missing or no longer what it was: nothing may be verified with it."""


@cache
def load(folder: Path = FOLDER) -> Mapping[str, dict[str, Any]]:
    """Every pinned context by its URL, aliases included; read and checked once for each `folder`.

    The documents are shared by all callers and not to be changed. Raises `ContextChanged` when a
    file in `folder` is missing or its bytes do not have the SHA-256 that `index.json` states.
    """
    index = json.loads(_bytes(folder / "index.json"))
    documents = {
        url: _document(folder / entry["file"], entry["sha256"])
        for url, entry in index["contexts"].items()
    }
    aliases = {alias: documents[url] for alias, url in index["aliases"].items()}
    return MappingProxyType(documents | aliases)


def index_sha256() -> str:
    """The SHA-256 of the index, which states those of all contexts."""
    return hashlib.sha256(_bytes(FOLDER / "index.json")).hexdigest()


def _document(path: Path, sha256: str) -> dict[str, Any]:
    content = _bytes(path)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ContextChanged(
            f"The pinned context {path.name} was changed since it was shipped: its SHA-256 is not "
            "the one in index.json. No badge can be judged with it. Install Touchstone again."
        )
    document: dict[str, Any] = json.loads(content)
    return document


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ContextChanged(
            f"The pinned context file {path.name} cannot be read ({error.strerror}). "
            "No badge can be judged without it. Install Touchstone again."
        ) from error
