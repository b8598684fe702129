"""A made-up issuer with hosted badges (Open Badges 2.0), written as a documents folder.

Hosted badges need no keys, so what these tests say of the command and the server does not hang on
any signature.
"""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from pathlib import Path
from typing import Any

HOST = "https://badges.example.edu"
EMAIL = "ada@example.org"
CONTEXT = "https://w3id.org/openbadges/v2"


def assertion(name: str, **changes: object) -> dict[str, Any]:
    """A hosted assertion at its own address, about Ada."""
    hashed = hashlib.sha256(f"{EMAIL}salt".encode()).hexdigest()
    return {
        "@context": CONTEXT,
        "type": "Assertion",
        "id": f"{HOST}/assertions/{name}",
        "recipient": {
            "type": "email",
            "hashed": True,
            "salt": "salt",
            "identity": f"sha256${hashed}",
        },
        "badge": f"{HOST}/badges/weaving",
        "verification": {"type": "hosted"},
        "issuedOn": "2025-05-01T00:00:00Z",
        **changes,
    }


BADGE = {
    "@context": CONTEXT,
    "type": "BadgeClass",
    "id": f"{HOST}/badges/weaving",
    "name": "Weaving, first year",
    "description": "Sets up a loom and weaves plain cloth on it.",
    "image": f"{HOST}/badges/weaving.png",
    "criteria": {"narrative": "Weave one metre of plain cloth."},
    "issuer": f"{HOST}/issuer",
}
ISSUER = {
    "@context": CONTEXT,
    "type": "Issuer",
    "id": f"{HOST}/issuer",
    "name": "Example College",
    "url": HOST,
    "email": "badges@example.edu",
}
TRUST = {
    "name": "Colleges we know",
    "as_of": "2026-01-01T00:00:00Z",
    "scope": None,
    "issuers": [
        {
            "id": f"{HOST}/issuer",
            "also": [],
            "name": "Example College",
            "domains": ["badges.example.edu"],
            "policy": "trust",
        }
    ],
}
GOOD, REVOKED, EXPIRED = f"{HOST}/assertions/1", f"{HOST}/assertions/2", f"{HOST}/assertions/3"
DOWN = f"{HOST}/assertions/4"


def write_web(folder: Path) -> None:
    """The documents folder of that issuer."""
    folder.mkdir(parents=True, exist_ok=True)
    answers: dict[str, Any] = {DOWN: {"error": "timeout"}, f"{HOST}/page": page(folder)}
    written = {
        GOOD: assertion("1"),
        REVOKED: assertion("2", revoked=True, revocationReason="issued in error"),
        EXPIRED: assertion("3", expires="2025-06-01T00:00:00Z"),
        BADGE["id"]: BADGE,
        ISSUER["id"]: ISSUER,
    }
    for index, (url, document) in enumerate(written.items()):
        name = f"{index}.json"
        (folder / name).write_text(json.dumps(document), encoding="utf-8")
        answers[str(url)] = {"file": name, "status": 200, "content_type": "application/ld+json"}
    (folder / "urls.json").write_text(json.dumps(answers), encoding="utf-8")
    (folder.parent / "trust.json").write_text(json.dumps(TRUST), encoding="utf-8")


def page(folder: Path) -> dict[str, Any]:
    """An ordinary web page."""
    (folder / "page.html").write_text("<!doctype html><title>Hello</title>", encoding="utf-8")
    return {"file": "page.html", "status": 200, "content_type": "text/html"}


def picture(*texts: bytes, size: int = 0) -> bytes:
    """A PNG of one pixel with `texts` baked into it, at least `size` bytes long."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", header)]
    chunks += [(b"iTXt", b"openbadges\0\0\0\0\0" + text) for text in texts]
    chunks += [(b"IDAT", zlib.compress(b"\0\0")), (b"prVt", b"\0" * size), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
