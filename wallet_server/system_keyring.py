"""The operating system's own keeping of secrets: Secret Service or KWallet, the Keychain of macOS,
the Credential Locker of Windows; `PYTHON_KEYRING_BACKEND` names another, or none.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # it looks for every keyring there is when it is imported
    from keyring.backend import KeyringBackend

#: By what our secrets are told from those of other programs.
_SERVICE = "touchstone"
_IN_FILES = "set PYTHON_KEYRING_BACKEND=keyring.backends.fail.Keyring to keep keys in files instead"


class KeyLost(Exception):
    """A secret key that is kept somewhere and can't be read, or can't be kept; the text says where
    and why.
    """


def keep(entry: str, secret: str) -> bool:
    """Keep a secret under `entry`; `False` where this system has no keyring. Raises `KeyLost` where
    it has one that does not take it.
    """
    from keyring.core import recommended

    with _answering(f"Unlock it, or {_IN_FILES}."):
        backend = _backend()
        if not recommended(backend):
            return False
        backend.set_password(_SERVICE, entry, secret)
        if backend.get_password(_SERVICE, entry) != secret:
            says = "The keyring of this system does not keep what it is given."
            raise KeyLost(f"{says} Mend it, or {_IN_FILES}.")
        return True


def read(entry: str) -> str | None:
    """The secret under `entry`, `None` if there is none. Raises `KeyLost`."""
    from keyring.core import recommended

    with _answering("Unlock it, and try again."):
        backend = _backend()
        if not recommended(backend):
            raise KeyLost(
                "The key is in the keyring of this system, and none can be reached from here. "
                "Start Touchstone where you are logged in, as when the key was made."
            )
        return backend.get_password(_SERVICE, entry)


def forget(entry: str) -> None:
    """Let go of a secret. Raises `KeyLost`."""
    with _answering("Unlock it, and try again."):
        _backend().delete_password(_SERVICE, entry)


def _backend() -> KeyringBackend:
    import keyring

    try:
        return keyring.get_keyring()
    except (ImportError, AttributeError, ValueError) as error:
        says = "The keyring that PYTHON_KEYRING_BACKEND or keyringrc.cfg names is not there."
        raise KeyLost(f"{says} Name another, or none.") from error


@contextmanager
def _answering(mend: str) -> Iterator[None]:
    """What goes wrong with the keyring, in one sentence."""
    try:
        yield
    except _failures() as error:
        why = str(error).strip().rstrip(".!") or type(error).__name__
        raise KeyLost(f"The keyring of this system can't be used: {why}. {mend}") from error


def _failures() -> tuple[type[Exception], ...]:
    """What backends raise: not all of them in the library's own words."""
    from keyring.errors import KeyringError

    known: tuple[type[Exception], ...] = (KeyringError, OSError, RuntimeError)
    if "secretstorage" in sys.modules:
        from jeepney import DBusErrorResponse
        from secretstorage.exceptions import SecretStorageException

        known = (*known, SecretStorageException, DBusErrorResponse)
    return known
