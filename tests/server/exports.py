"""Exports as an attacker makes them: taken apart, changed, and packed again."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable
from typing import Any

import httpx2

RESTORE = "/api/wallet/restore"
Files = dict[str, bytes]
Rows = list[tuple[str, dict[str, Any]]]


def files_of(export: bytes) -> Files:
    """What is in an export, its manifest left out."""
    with zipfile.ZipFile(io.BytesIO(export)) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    del found["manifest.json"]
    return found


def manifest_of(files: Files, **changes: object) -> bytes:
    """The manifest that fits these files."""
    listed = {
        name: {"size": len(content), "sha256": sha256(content)} for name, content in files.items()
    }
    said = {"format": "touchstone-wallet", "version": 1, "files": listed, **changes}
    return json.dumps(said).encode()


def packed(
    files: Files, manifest: bytes | None = None, *, method: int = zipfile.ZIP_STORED
) -> bytes:
    """An archive of these files, with a manifest that fits unless another is given."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        archive.writestr("manifest.json", manifest_of(files) if manifest is None else manifest)
    return written.getvalue()


def rows_of(files: Files) -> Rows:
    """The rows of an export."""
    lines = (json.loads(line) for line in files["wallet.jsonl"].splitlines())
    return [next(iter(line.items())) for line in lines]


def with_rows(files: Files, rows: Iterable[tuple[str, Any]]) -> Files:
    """These files with other rows."""
    text = "".join(f"{json.dumps({kind: values})}\n" for kind, values in rows)
    return {**files, "wallet.jsonl": text.encode()}


def changed(export: bytes, change: Callable[[str, dict[str, Any]], None]) -> bytes:
    """The export with each of its rows as `change` leaves it."""
    files = files_of(export)
    rows = rows_of(files)
    for kind, values in rows:
        change(kind, values)
    return packed(with_rows(files, rows))


def kept(export: bytes) -> set[str]:
    """What an export has that no later check changes: everything but what was found, and the names
    of files, which follow from that.
    """
    changing = ("check", "document", "event")
    rows = [(kind, values) for kind, values in rows_of(files_of(export)) if kind not in changing]
    for _, values in rows:
        values.pop("file", None)
    return {json.dumps(row) for row in rows}


def sha256(content: bytes) -> str:
    """In hex."""
    return hashlib.sha256(content).hexdigest()


def restore(client: httpx2.Client, export: bytes, **fields: str) -> httpx2.Response:
    """Send an export back."""
    return client.post(RESTORE, files={"file": ("wallet.zip", export)}, data=fields)


def exported(client: httpx2.Client) -> bytes:
    """Everything in the wallet."""
    answer = client.get("/api/wallet/export")
    assert answer.status_code == 200, answer.text
    assert len(answer.content) == int(answer.headers["content-length"])
    return answer.content
