"""The direction imports may flow, and what the verifier may never touch.

Read from the source with `ast`, so that an import inside a function or under `TYPE_CHECKING` counts
like any other. The planted violations below show that each rule can fail.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent

# Each layer may import those above it. Parts of one layer may not import each other, but for the
# first: it is what every other part speaks in, and there only a circle is wrong (Python says so).
LAYERS = (
    {
        "errors",
        "model",
        "addresses",
        "dates",
        "encodings",
        "json_gate",
        "contexts",
        "signs",
        "bounds",
        "kept",
    },
    {"report", "ports"},
    {
        *("containers", "parse", "jsonld", "keys", "status_lists", "providers", "trust", "gather"),
        *("headline", "jcs", "ledger", "names", "claims"),
    },
    {"proofs", "answers", "papers", "permitted", "identifiers"},
    {"discover", "unread", "forgetting"},
    {"checks", "read", "bundles", "light"},
    {"verify"},
    {"__init__"},  # the public names
)
LAYER_OF = {part: level for level, parts in enumerate(LAYERS) for part in parts}

# No sockets, no processes, no environment, no clock, no chance, and no way around these rules.
FORBIDDEN_MODULES = (
    *("wallet_server", "tests"),
    *("socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "socketserver"),
    *("httpx", "httpx2", "httpcore2", "requests", "urllib3", "aiohttp", "starlette", "uvicorn"),
    *("subprocess", "multiprocessing", "concurrent.futures", "ctypes", "signal", "os", "sys"),
    *("time", "random", "secrets", "uuid"),
    *("importlib.import_module", "importlib.util", "runpy", "pickle"),
)
FORBIDDEN_CALLS = {
    *("now", "utcnow", "today"),
    *("open_connection", "create_connection", "start_server", "getaddrinfo"),
    *("create_subprocess_exec", "create_subprocess_shell", "run_in_executor", "to_thread"),
}
FORBIDDEN_BUILTINS = {"__import__", "eval", "exec", "compile"}


def imported(tree: ast.AST, package: tuple[str, ...]) -> Iterator[str]:
    """Every dotted name that a module in `package` imports; `from a import b` gives `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            origin = ".".join((*start, *filter(None, [node.module])))
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def part_of(name: str, root: Path) -> str:
    """The part of the verifier that a dotted name starting with `verifier` belongs to."""
    first = name.split(".")[1] if "." in name else "__init__"
    exists = (root / "verifier" / first).is_dir() or (root / f"verifier/{first}.py").exists()
    return first if exists or first in LAYER_OF else "__init__"


def import_offences(name: str, part: str, root: Path) -> Iterator[str]:
    """What is wrong with `part` importing `name`."""
    for forbidden in FORBIDDEN_MODULES:
        if f"{name}.".startswith(f"{forbidden}."):
            yield f"imports {name}: the verifier is lent the web, time and processes"
    if name.split(".")[0] != "verifier":
        return
    other = part_of(name, root)
    if other == part or other not in LAYER_OF:
        return  # a part that has no layer is an offence of its own
    here, there = LAYER_OF[part], LAYER_OF[other]
    if there > here:
        yield f"imports {name}: {other} is built on {part}, not the other way round"
    elif there == here and here > 0:
        yield f"imports {name}: {part} and {other} stand side by side and may not know each other"


def call_offences(tree: ast.AST) -> Iterator[str]:
    """Calls by which a module reads the clock, reaches the web or gets round these rules."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Attribute) and called.attr in FORBIDDEN_CALLS:
            yield f"line {node.lineno} calls {called.attr}()"
        elif isinstance(called, ast.Name) and called.id in FORBIDDEN_BUILTINS | FORBIDDEN_CALLS:
            yield f"line {node.lineno} calls {called.id}()"


def offences(root: Path) -> list[str]:
    """Everything in the verifier under `root` that breaks a rule, as sentences with the file."""
    found: list[str] = []
    for path in sorted((root / "verifier").rglob("*.py")):
        where = path.relative_to(root)
        part = where.with_suffix("").parts[1]
        if part not in LAYER_OF:
            found.append(f"{where} belongs to no layer: say in LAYERS what it may import")
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        reasons = [
            *(r for n in imported(tree, where.parts[:-1]) for r in import_offences(n, part, root)),
            *call_offences(tree),
        ]
        found.extend(f"{where} {reason}" for reason in reasons)
    return found


def test_imports_flow_one_way_and_the_verifier_touches_nothing() -> None:
    assert any((REPOSITORY / "verifier").rglob("*.py"))
    assert offences(REPOSITORY) == []


@pytest.mark.parametrize(
    ("path", "source", "says"),
    [
        ("model.py", "from verifier.report import Check", "report is built on model"),
        ("ports.py", "import verifier.report", "side by side"),
        ("parse/credentials.py", "from verifier import containers", "side by side"),
        ("parse/credentials.py", "from ..jsonld import canonical", "side by side"),
        ("parse/credentials.py", "from .. import keys", "side by side"),
        ("proofs/hosted.py", "from verifier.checks.genuine import check", "built on proofs"),
        ("checks/current.py", "def f():\n    from verifier.read import read", "side by side"),
        ("read.py", "from verifier import verify", "verify is built on read"),
        ("keys.py", "from verifier import Report", "__init__ is built on keys"),
        ("helpers.py", "", "belongs to no layer"),
        ("verify.py", "from wallet_server.fetcher import fetch", "imports wallet_server"),
        ("verify.py", "import socket", "imports socket"),
        ("verify.py", "from urllib import request", "imports urllib.request"),
        ("verify.py", "import http.client as web", "imports http.client"),
        ("verify.py", "from os import environ", "imports os.environ"),
        ("verify.py", "import time", "imports time"),
        ("verify.py", "import subprocess", "imports subprocess"),
        ("verify.py", "from multiprocessing import Process", "imports multiprocessing"),
        ("verify.py", "import random", "imports random"),
        ("verify.py", "from importlib import import_module", "imports importlib"),
        ("verify.py", "from datetime import datetime\ndatetime.now()", "calls now()"),
        ("verify.py", "import datetime\ndatetime.date.today()", "calls today()"),
        ("verify.py", "import asyncio\nasyncio.open_connection('a', 1)", "calls open_connection()"),
        ("verify.py", "__import__('socket')", "calls __import__()"),
    ],
)
def test_a_planted_violation_is_found(path: str, source: str, says: str, tmp_path: Path) -> None:
    planted = tmp_path / "verifier" / path
    planted.parent.mkdir(parents=True)
    planted.write_text(source, encoding="utf-8")
    (found,) = offences(tmp_path)
    assert says in found


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("report.py", "from verifier.model import Credential"),
        ("json_gate.py", "from verifier.errors import Malformed"),
        ("parse/credentials.py", "from verifier.parse import clr"),
        ("parse/credentials.py", "from . import clr"),
        ("checks/current.py", "from verifier import status_lists"),
        ("verify.py", "from datetime import UTC, datetime\nfrom urllib.parse import urlsplit"),
        ("__init__.py", "from verifier.verify import verify"),
    ],
)
def test_what_is_allowed_is_not_called_a_violation(path: str, source: str, tmp_path: Path) -> None:
    planted = tmp_path / "verifier" / path
    planted.parent.mkdir(parents=True)
    planted.write_text(source, encoding="utf-8")
    assert offences(tmp_path) == []
