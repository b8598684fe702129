"""A keyring of the tests' own, which the library finds by `PYTHON_KEYRING_BACKEND`: its secrets lie
in the file that `KEPT_KEYRING` names, and it is locked while there is none.
"""

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError


class Keyring(KeyringBackend):
    """It is no better than the file it writes to."""

    priority = 5.0

    def get_password(self, service: str, username: str) -> str | None:
        """The secret, if there is one."""
        secret = self._read().get(f"{service} {username}")
        return None if secret is None else str(secret)

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret."""
        self._write({**self._read(), f"{service} {username}": password})

    def delete_password(self, service: str, username: str) -> None:
        """Let go of a secret."""
        held = self._read()
        if held.pop(f"{service} {username}", None) is None:
            raise PasswordDeleteError("No such password!")
        self._write(held)

    def _read(self) -> dict[str, str]:
        try:
            return dict(json.loads(self._path.read_text("utf-8")))
        except FileNotFoundError as error:
            raise KeyringLocked("Failed to unlock the collection!") from error

    def _write(self, held: dict[str, str]) -> None:
        self._path.write_text(json.dumps(held), "utf-8")

    @property
    def _path(self) -> Path:
        return Path(os.environ["KEPT_KEYRING"])
