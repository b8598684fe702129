"""A PostgreSQL for the tests: found, or installed, and run by them alone.

`python postgres.py` prints the folder of its programs. Looked for, in this order:
`TOUCHSTONE_POSTGRES` (a folder with `initdb` and `postgres`), the `PATH`, and where systems put
them. Then installed by the system's package manager where this user may. It never runs as root,
which it refuses: root lends it the account that its package made, or `nobody`.
"""

import grp
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from tests.installing import by_manager, install
from wallet_server.store.address import read_address

VARIABLE = "TOUCHSTONE_POSTGRES"
USER = "touchstone"
#: One with everything that has to be written otherwise in an address.
PASSWORD = "pass/word:with@signs?and#more%41"  # noqa: S105 of a server that lives for seconds
_PACKAGES = {
    "apt-get": ("postgresql",),
    "dnf": ("postgresql-server",),
    "apk": ("postgresql",),
}
_MISSING = (
    "The wallet's tests need a PostgreSQL, and none was found or could be installed. Install one "
    f"(Debian: apt-get install postgresql), or set {VARIABLE} to the folder of its programs."
)


def find() -> Path:
    """The folder of the programs of one that starts; `SystemExit` with a sentence without any."""
    chosen = os.environ.get(VARIABLE)
    if chosen:
        if _works(Path(chosen)):
            return Path(chosen)
        raise SystemExit(f"{VARIABLE} is {chosen}, which has no PostgreSQL that starts.")
    found = next(filter(_works, _candidates()), None)
    for commands in by_manager(_PACKAGES):
        if found:
            break
        if install("PostgreSQL", commands):
            found = next(filter(_works, _candidates()), None)
    if not found:
        raise SystemExit(_MISSING)
    return found


def _candidates() -> Iterator[Path]:
    """Where its programs may be, the newest of a place first."""
    on_path = shutil.which("initdb")
    if on_path:
        yield Path(on_path).resolve().parent
    for place in (
        "usr/lib/postgresql/*/bin",
        "usr/pgsql-*/bin",
        "opt/homebrew/opt/postgresql*/bin",
    ):
        yield from sorted(Path("/").glob(place), key=lambda at: [len(str(at)), at], reverse=True)
    yield from (Path("/usr/libexec/postgresql"), Path("/usr/bin"))


def _works(folder: Path) -> bool:
    try:
        for program in ("initdb", "postgres"):
            subprocess.run(
                [folder / program, "--version"], capture_output=True, timeout=60, check=True
            )
    except (OSError, subprocess.SubprocessError):
        return False
    return True


class Server:
    """A PostgreSQL on a port of its own, with databases made as they are asked for."""

    def __init__(self, programs: Path, folder: Path) -> None:
        """Make its files in the empty `folder`; it runs from `start` to `stop`."""
        self._programs, self._folder, self._count = programs, folder, 0
        self._process: subprocess.Popen[bytes] | None = None
        self._account: dict[str, Any] = {}
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            account = _account()
            shutil.chown(folder, *account)
            self._account = {"user": account[0], "group": account[1], "extra_groups": []}
        secret = folder / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)  # the folder is its account's alone
        made = ("-D", "data", "-U", USER, "--auth=scram-sha-256", "--pwfile=password", "--no-sync")
        self._run("initdb", *made, "--encoding=UTF8", "--locale=C", "--no-instructions")
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]

    def start(self) -> None:
        """Run until it takes connections."""
        settings = (
            *("listen_addresses=127.0.0.1", f"unix_socket_directories={self._folder}"),
            "fsync=off",  # what is lost when a machine stops, no test can see
        )
        command = [
            *(str(self._programs / "postgres"), "-D", "data", "-p", str(self.port)),
            *(word for setting in settings for word in ("-c", setting)),
        ]
        self._process = None
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if self._process is None or self._process.poll() is not None:
                # one that was killed may leave children behind, which have to notice first
                self._process = subprocess.Popen(
                    command, cwd=self._folder, stderr=subprocess.DEVNULL, **self._account
                )
            with suppress(psycopg.OperationalError):
                connected(self.address("postgres")).close()
                return
            time.sleep(0.02)
        raise TimeoutError("the tests' PostgreSQL did not start")

    def stop(self, how: int = signal.SIGQUIT) -> None:
        """End it at once, by default without a word to who is connected."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(timeout=60)

    @property
    def socket(self) -> str:
        """The folder of its Unix socket."""
        return str(self._folder)

    def address(self, name: str) -> str:
        """The URL of one of its databases, password and all."""
        password = quote(PASSWORD, safe="")
        return f"postgresql://{USER}:{password}@127.0.0.1:{self.port}/{name}"

    def database(self, options: str = "") -> str:
        """The URL of a new, empty one; made with the `options` of CREATE DATABASE."""
        self._count += 1
        name = f"wallet_{self._count}"
        make = f"CREATE DATABASE {name} TEMPLATE template0 {options}"
        with closing(connected(self.address("postgres"))) as connection:
            connection.execute(make.encode())
        return self.address(name)

    def _run(self, program: str, *arguments: str) -> None:
        command: list[str | Path] = [self._programs / program, *arguments]
        done = subprocess.run(command, cwd=self._folder, capture_output=True, **self._account)
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr.decode()}")


@contextmanager
def running() -> Iterator[Server]:
    """A server while the block lasts, of which nothing stays."""
    folder = Path(tempfile.mkdtemp(prefix="touchstone-postgres-"))
    try:
        server = Server(find(), folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


def connected(url: str) -> psycopg.Connection[tuple[Any, ...]]:
    """A connection to the database at `url`, each statement a transaction."""
    at = read_address(url)
    return psycopg.connect(
        user=at.user,
        password=at.password,
        host=at.host,
        port=at.port,
        dbname=at.name,
        autocommit=True,
    )


def _account() -> tuple[str, str]:
    """User and group of an account that root may lend."""
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            found = pwd.getpwnam(name)
            return found.pw_name, grp.getgrgid(found.pw_gid).gr_name
    raise SystemExit("There is no account to run PostgreSQL under, and it refuses to run as root.")


if __name__ == "__main__":
    sys.stdout.write(f"{find()}\n")
