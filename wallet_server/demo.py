"""The demo: a made-up portfolio whose badges come out as each of the twelve verdicts.

Its keys are public, so its issuer list must never count for anything else. Hence a door of its own:
an address under this server's own `/demo/badges/` is read from disk and judged by the demo's
documents and the demo's list alone, and no other input ever meets either.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from verifier.ports import TrustRegistry
from wallet_server.documents import DocumentsFolder
from wallet_server.trust.reading import read_lists
from wallet_server.verification import Bench, now

FOLDER = Path(__file__).parent / "demo"
PATH = "/demo/badges/"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*\.(?:png|svg|json)")
MEDIA_TYPES = {".png": "image/png", ".svg": "image/svg+xml", ".json": "application/json"}


class Opened(Struct, frozen=True):
    """A demo badge as it lies on disk, and what it is judged by."""

    content: bytes
    documents: DocumentsFolder
    trust: tuple[TrustRegistry, ...]

    def bench(self, usual: Bench) -> Bench:
        """The usual workers; nothing else of the usual bench."""
        return Bench(self.documents, usual.workers)


class Demo(Struct, frozen=True):
    """The demo's folder, with its list already read."""

    folder: Path
    trust: tuple[TrustRegistry, ...]

    def open(self, address: str, own: str) -> Opened | None:
        """The badge at `address` if that is one of ours under the origin `own`, else `None`."""
        prefix = f"{own}{PATH}"
        path = self.file(address[len(prefix) :]) if address.startswith(prefix) else None
        if path is None:
            return None
        documents = DocumentsFolder(self.folder / "documents", now=now())
        return Opened(path.read_bytes(), documents, self.trust)

    def file(self, name: str) -> Path | None:
        """The file of that name among the demo's badges, or `None`."""
        path = self.folder / "badges" / name
        return path if _NAME.fullmatch(name) and path.is_file() else None

    def page(self) -> dict[str, Any]:
        """What the demo's page shows, as `page.json` has it."""
        read: dict[str, Any] = json.loads((self.folder / "page.json").read_text(encoding="utf-8"))
        return read


def load(folder: Path = FOLDER) -> Demo | None:
    """The demo, or `None` where this installation has none. Raises `Malformed` for a broken one."""
    if not (folder / "page.json").is_file():
        return None
    (own,) = read_lists([folder / "trust.json"], with_default=False)
    return Demo(folder, (replace(own, published=True),))
