"""Pictures with badges in them, as whoever runs the command meets them."""

import queue
import socket
import threading
from pathlib import Path

import pytest

from tests.gates import picture_rows
from tests.gates.row import asked, touchstone, verified

ROWS = picture_rows.rows()


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    return asked(tmp_path_factory.mktemp("pictures"), ROWS)


@pytest.mark.parametrize("name", ROWS)
def test_a_picture_gives_up_one_badge_or_is_refused(
    name: str, answers: dict[str, tuple[str, str]]
) -> None:
    assert answers[name] == (ROWS[name].answer, ROWS[name].reason)


def test_no_picture_of_the_png_suite_is_a_badge_and_none_is_a_fault(
    material: Path, tmp_path: Path
) -> None:
    files = sorted((material / "pngsuite/png").glob("*.png"))
    corrupt = {file.name for file in files if file.name.startswith("x")}
    assert (len(files) - len(corrupt), len(corrupt)) == (161, 14)
    reports = verified(tmp_path, {file.name: file.read_bytes() for file in files}, {})
    codes = {name: report["error"]["code"] for name, report in reports.items()}
    assert {codes[name] for name in codes.keys() - corrupt} == {"not_a_badge"}
    assert {codes[name] for name in corrupt} <= {"not_a_badge", "malformed"}


def test_an_svg_sends_its_reader_nowhere(tmp_path: Path) -> None:
    """SVG-02: a listener at every address that the SVG names hears nothing."""
    heard: queue.Queue[bytes] = queue.Queue()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(30)
        at = f"http://127.0.0.1:{listener.getsockname()[1]}/".encode()
        threading.Thread(target=_listen, args=(listener, heard), daemon=True).start()
        for number, before in enumerate(
            (
                b'<!DOCTYPE svg SYSTEM "%s">' % at,
                b'<!DOCTYPE svg PUBLIC "-//x" "%s">' % at,
                b'<!DOCTYPE svg [<!ENTITY a SYSTEM "%s">]>' % at,
                b'<!DOCTYPE svg [<!ENTITY %% a SYSTEM "%s"> %%a;]>' % at,
                b'<?xml-stylesheet href="%s"?>' % at,
            )
        ):
            include = b'<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="%s"/>' % at
            image = b'<image href="%s"/><script src="%s"/>' % (at, at)
            (tmp_path / f"{number}.svg").write_bytes(
                picture_rows.svg(include + image + picture_rows.in_svg(b"{}"), before)
            )
        files = [file.name for file in sorted(tmp_path.glob("*.svg"))]
        ended = touchstone(tmp_path, "verify", "--json", *files)
        assert len(ended.stdout.splitlines()) == len(files)
        assert heard.empty()
        with socket.create_connection(listener.getsockname(), timeout=5) as proof:
            proof.sendall(b"it listens")
        assert heard.get(timeout=5) == b"it listens"


def _listen(listener: socket.socket, heard: queue.Queue[bytes]) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection:
            heard.put(connection.recv(100))
