"""One input and the answer it must get, and how the command is asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from tests.made.cases_genuine import COLLEGE_WEB
from tests.made.folder import Web, as_json, write_web
from tests.made.issuers import issuer_list

ROOT = Path(__file__).parent.parent.parent


class Row(Struct, frozen=True):
    """What is judged, and what must come out: a verdict or an error's code, and the reason.

    The reason is the error's, or `code/detail.reason` of the first answer that is not in the
    badge's favour; empty where there is none, or none that a program reads.
    """

    content: bytes
    answer: str
    reason: str = ""


def asked(
    folder: Path, rows: Mapping[str, Row], web: Web = COLLEGE_WEB
) -> dict[str, tuple[str, str]]:
    """What one run of `touchstone verify --json` says of each row, in the form of `Row`."""
    reports = verified(folder, {name: row.content for name, row in rows.items()}, web)
    return {name: said(report) for name, report in reports.items()}


def verified(
    folder: Path, contents: Mapping[str, bytes], web: Web, spent: Path | None = None
) -> dict[str, dict[str, Any]]:
    """The report or error on each of `contents`, in one run of the command; `spent` is where to
    write what it took of the processor.
    """
    files = {}
    for number, (name, content) in enumerate(contents.items()):
        files[name] = folder / f"{number}.bin"
        files[name].write_bytes(content)
    write_web(folder / "documents", web)
    (folder / "trust.json").write_bytes(as_json(issuer_list()))
    known = ("--documents", "documents", "--trust", "trust.json", "--no-default-trust")
    paths = [str(file) for file in files.values()]
    ended = touchstone(folder, "verify", "--json", "--jobs", "2", *known, *paths, spent=spent)
    lines = ended.stdout.splitlines()
    assert len(lines) == len(files), ended.stderr.decode()
    return dict(zip(files, map(json.loads, lines), strict=True))


def touchstone(
    folder: Path, *arguments: str, spent: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    """The command, run in `folder`; it never ends with a traceback."""
    within = [] if spent is None else [sys.executable, "-m", "tests.gates.spending", str(spent)]
    ended = subprocess.run(
        [*within, sys.executable, "-m", "wallet_server", *arguments],
        capture_output=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"},
    )
    assert b"Traceback" not in ended.stderr, ended.stderr.decode()
    return ended


def said(report: Mapping[str, Any]) -> tuple[str, str]:
    """The answer and the reason in a report or an error."""
    if "error" in report:
        error = report["error"]
        reasoned = error["code"] in ("malformed", "too_large")
        return error["code"], next(iter(error["found"]), "") if reasoned else ""
    against = [check for check in report["checks"] if check["outcome"] in ("failed", "unknown")]
    first = next(iter(against), None)
    if first is None:
        return report["verdict"], ""
    reason = first["detail"].get("reason")
    return report["verdict"], f"{first['code']}/{reason}" if reason else first["code"]
