"""A badge with all it rests on, as an archive that anybody can check again without this server."""

from __future__ import annotations

import io
import shlex
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from verifier.model import Document, Request
from wallet_server import wire
from wallet_server.plain_text import plain
from wallet_server.saving import save
from wallet_server.version import VERSION

_ENDINGS = {"image/png": "png", "image/svg+xml": "svg", "application/json": "json"}
_HOW = """\
This is a digital badge, and everything that the five answers about it rest on.

badge.{ending}     the badge, byte for byte as its holder received it
documents/{space}what was looked up to check it: urls.json names each address,
{indent}when it answered, and the SHA-256 of what it said
report.json{pad}the answers, as Touchstone {version} gave them on {at}

To have them worked out again, from these files and nothing else:

    touchstone verify {source} --documents documents --at {at}

Without --documents the issuer is asked again, which tells how it stands today.
Touchstone is free software; any verifier of {standard} can check the badge itself.
"""


def file_name(media_type: str) -> str:
    """What a badge is called that is given to strangers: nothing of anybody's."""
    return f"badge.{_ENDINGS.get(media_type, 'bin')}"


def archive(
    content: bytes,
    media_type: str,
    report: Mapping[str, Any],
    source: bytes | str,
    documents: Mapping[Request, Document],
) -> bytes:
    """A ZIP archive of the badge, its documents, the report and how to check it again. `source` is
    what was checked: the badge itself, or its address.
    """
    name = file_name(media_type)
    made = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(made, "w") as packed:
        save(Path(folder), documents)
        files = {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}
        told = {
            "README.txt": _told(name, report, source).encode(),
            name: content,
            "report.json": wire.encoded(report),
            **{f"documents/{file}": body for file, body in files.items()},
        }
        for path, body in told.items():
            packed.writestr(path, body, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _told(name: str, report: Mapping[str, Any], source: bytes | str) -> str:
    ending = name.rpartition(".")[2]
    return _HOW.format(
        ending=ending,
        space=" " * 6,
        indent=" " * 16,
        pad=" " * 5,
        version=VERSION,
        at=report["checked_at"],
        source=name if isinstance(source, bytes) else shlex.quote(plain(source, 2000)),
        standard=report["credential"]["standard"],
    )
