"""Programs that the tests need and this system may lack, installed by its package manager."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping

#: Commands to run in turn.
Commands = tuple[tuple[str, ...], ...]

#: How each package manager installs without asking, after refreshing its lists where it needs to.
_MANAGERS = {
    "apt-get": (
        ("apt-get", "update", "-q"),
        ("apt-get", "install", "-yq", "--no-install-recommends"),
    ),
    "dnf": (("dnf", "install", "-y"),),
    "apk": (("apk", "add"),),
}


def by_manager(packages: Mapping[str, tuple[str, ...]]) -> Iterator[Commands]:
    """The ways of installing `packages`, named by manager, that are open to this user."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        for manager, (*before, last) in _MANAGERS.items():
            if shutil.which(manager):
                yield (*before, (*last, *packages[manager]))


def install(name: str, commands: Commands) -> bool:
    """Run the commands, their output on standard error; false as soon as one fails."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in commands:
        sys.stderr.write(f"Installing a {name} for the tests: {' '.join(command)}\n")
        if subprocess.run(command, stdout=sys.stderr, env=environment, check=False).returncode:
            return False
    return True
