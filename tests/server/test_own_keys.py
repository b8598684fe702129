"""Where the installation's own keys are kept: in the keyring or in a file, and never in both."""

import json
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.server.owner import run
from wallet_server.own_keys import HOLDER, RECEIPTS, own_key


@pytest.fixture
def keyring_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The secrets in this system's keyring."""
    path = tmp_path / "keyring.json"
    path.write_text("{}", "utf-8")
    monkeypatch.setenv("KEPT_KEYRING", str(path))
    use(monkeypatch, "tests.server.kept_keyring.Keyring")
    return path


def use(monkeypatch: pytest.MonkeyPatch, backend: str) -> None:
    """Another keyring, or none, as a process finds it that starts now."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", backend)
    monkeypatch.setattr("keyring.core._keyring_backend", None)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def shown(data: Path) -> tuple[int, str]:
    done = run("wallet", "key", "--data", data)
    return done.exit_code, done.output


def test_without_a_keyring_a_key_is_in_a_file_that_is_its_owners_alone(data: Path) -> None:
    status, did = shown(data)
    assert (status, shown(data)) == (0, (0, did))
    (path,) = data.glob("*.key")
    assert len(path.read_text("ascii")) == 64
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert own_key(data, RECEIPTS).did != did.strip() == own_key(data, HOLDER).did


def test_a_key_in_a_file_stays_there_when_a_keyring_comes(data: Path, keyring_file: Path) -> None:
    path = data / "holder.key"
    data.mkdir()
    path.write_text("11" * 32, "ascii")
    assert shown(data)[0] == 0
    assert (path.read_text("ascii"), keyring_file.read_text("utf-8")) == ("11" * 32, "{}")


def test_with_a_keyring_the_secret_is_in_it_and_nowhere_else(
    data: Path, keyring_file: Path
) -> None:
    status, did = shown(data)
    (secret,) = json.loads(keyring_file.read_text("utf-8")).values()
    assert (status, len(secret)) == (0, 64)
    (path,) = data.iterdir()
    assert path.read_text("ascii") == f"keyring {did.strip().removeprefix('did:key:')}"
    assert shown(data) == (0, did)


def test_a_keyring_that_does_not_answer_is_an_error_and_never_a_second_key(
    data: Path, keyring_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, did = shown(data)
    written, held = (data / "holder.key").read_text("ascii"), keyring_file.read_text("utf-8")
    keyring_file.unlink()  # locked
    status, says = shown(data)
    assert (status, "Failed to unlock the collection. Unlock it" in says) == (1, True)
    use(monkeypatch, "keyring.backends.fail.Keyring")  # another session, without one
    status, says = shown(data)
    assert (status, "none can be reached from here" in says) == (1, True)
    use(monkeypatch, "no.such.keyring")
    assert "is not there" in shown(data)[1]
    use(monkeypatch, "tests.server.kept_keyring.Keyring")
    keyring_file.write_text("{}", "utf-8")  # another user's
    status, says = shown(data)
    assert (status, "is not in the keyring" in says) == (1, True)
    keyring_file.write_text(held.replace('": "', '": "00'), "utf-8")  # not what was kept
    assert shown(data)[0] == 1
    keyring_file.write_text(held, "utf-8")
    assert shown(data) == (0, did)
    assert (data / "holder.key").read_text("ascii") == written


def test_a_locked_keyring_makes_no_key_at_all(data: Path, keyring_file: Path) -> None:
    keyring_file.unlink()
    status, says = shown(data)
    assert (status, "keys in files instead" in says) == (1, True)
    assert list(data.iterdir()) == []


def test_a_damaged_file_is_said_to_be_one(data: Path) -> None:
    data.mkdir()
    for content in (b"", b"11" * 31, b"\xff" * 64, b"keyring z6Mk0"):
        (data / "holder.key").write_bytes(content)
        status, says = shown(data)
        assert (status, "is damaged" in says) == (1, True)
        assert (data / "holder.key").read_bytes() == content


def test_who_makes_one_at_once_gets_the_same(data: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _: own_key(data, HOLDER).did, range(8)))
    assert len(set(keys)) == 1
    assert len(list(data.iterdir())) == 1
