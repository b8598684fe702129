"""The documents folder: every form of answer, nothing from outside it, and a round trip."""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from verifier.errors import Malformed
from verifier.model import ACCEPT, Document, Request
from wallet_server.documents import DocumentsFolder
from wallet_server.recording import Recording
from wallet_server.saving import save

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 1, 1, tzinfo=UTC)
A = "https://issuer.example/a"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.json").write_text('{"a": 1}')
    (tmp_path / "a.html").write_text("<p>a")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.json").write_text('{"b": 1}')
    return tmp_path


async def ask(folder: Path, listed: dict[str, Any], url: str = A, accept: str = ACCEPT) -> Document:
    (folder / "urls.json").write_text(json.dumps(listed))
    return await DocumentsFolder(folder, now=NOW).fetch(Request(url, accept))


async def test_a_file_is_the_answer(folder: Path) -> None:
    entry = {"file": "a.json", "status": 200, "content_type": "application/json"}
    document = await ask(folder, {A: entry})
    assert (document.status, document.content) == (200, b'{"a": 1}')
    assert document.content_type == "application/json"
    assert (document.at, document.final_url, document.error) == (NOW, A, None)
    assert (await ask(folder, {A: {"file": "sub/b.json"}})).content == b'{"b": 1}'


async def test_a_status_may_come_without_a_body(folder: Path) -> None:
    document = await ask(folder, {A: {"file": None, "status": 410}})
    assert (document.status, document.content, document.error) == (410, b"", None)


async def test_what_is_not_listed_is_not_there(folder: Path) -> None:
    assert (await ask(folder, {})).error == "unlisted"
    assert (await ask(folder, {A: []})).error == "unlisted"


@pytest.mark.parametrize("error", ["timeout", "refused", "tls", "dns"])
async def test_a_failed_fetch_fails_again(folder: Path, error: str) -> None:
    document = await ask(folder, {A: {"error": error}})
    assert (document.error, document.status) == (error, None)


async def test_the_moment_of_recording_is_kept(folder: Path) -> None:
    for entry in ({"file": "a.json"}, {"error": "dns"}):
        document = await ask(folder, {A: {**entry, "at": "2025-05-01T12:00:00+02:00"}})
        assert document.at == datetime(2025, 5, 1, 10, tzinfo=UTC)


async def test_the_first_answer_that_fits_is_taken(folder: Path) -> None:
    listed = {
        A: [
            {"method": "POST", "file": "sub/b.json"},
            {"accept": "text/html", "file": "a.html", "content_type": "text/html"},
            {"method": "get", "accept": "application/ld+json, application/json", "file": "a.json"},
            {"file": "sub/b.json"},
        ]
    }
    for accept, content in (
        ("text/html", b"<p>a"),
        ("application/json", b'{"a": 1}'),
        ("application/ld+json;q=0.5, image/png", b'{"a": 1}'),
        ("application/*", b'{"a": 1}'),
        ("text/html;q=0, application/json", b'{"a": 1}'),
        ("*/*", b"<p>a"),
        ("image/png", b'{"b": 1}'),
    ):
        assert (await ask(folder, listed, accept=accept)).content == content, accept


async def test_redirects_are_followed_within_the_folder(folder: Path) -> None:
    hops: dict[str, Any] = {
        f"https://issuer.example/{n}": {"redirect": f"/{n + 1}", "status": 302} for n in range(5)
    }
    hops["https://issuer.example/3"] = {"redirect": "https://other.example/a"}
    hops["https://other.example/a"] = {"file": "a.json"}
    hops["https://issuer.example/loop"] = {"redirect": "/loop"}
    hops["https://issuer.example/out"] = {"redirect": "https://not.listed.example/"}
    followed = await ask(folder, hops, "https://issuer.example/1")
    assert (followed.url, followed.final_url) == (
        "https://issuer.example/1",
        "https://other.example/a",
    )
    assert (await ask(folder, hops, "https://issuer.example/0")).error == "redirect"
    assert (await ask(folder, hops, "https://issuer.example/loop")).error == "redirect"
    assert (await ask(folder, hops, "https://issuer.example/out")).error == "unlisted"


@pytest.mark.parametrize(
    ("listed", "asked"),
    [
        ("https://issuer.example", "https://issuer.example/"),
        ("https://ISSUER.example:443/a", A),
        (A, f"{A}#part"),
        (f"{A}#part", A),
    ],
)
async def test_one_address_in_two_spellings_is_one(folder: Path, listed: str, asked: str) -> None:
    assert (await ask(folder, {listed: {"file": "a.json"}}, asked)).status == 200


async def test_a_recorded_digest_is_held_against_the_file(folder: Path) -> None:
    digest = hashlib.sha256(b'{"a": 1}').hexdigest()
    assert (await ask(folder, {A: {"file": "a.json", "sha256": digest.upper()}})).status == 200
    with pytest.raises(Malformed) as altered:
        await ask(folder, {A: {"file": "a.json", "sha256": "0" * 64}})
    assert altered.value.reason == "documents.sha256"
    assert "a.json" in altered.value.says


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ({"file": "../outside.json"}, "documents.outside"),
        ({"file": "sub/../../outside.json"}, "documents.outside"),
        ({"file": "/etc/hostname"}, "documents.outside"),
        ({"file": "link.json"}, "documents.outside"),
        ({"file": "missing.json"}, "documents.missing"),
        ({"file": "sub"}, "documents.missing"),
        ({"file": 1}, "documents.entry"),
        ("a.json", "documents.entry"),
        ([1], "documents.entry"),
        ({"redirect": 1}, "documents.entry"),
        ({"error": "boom"}, "documents.error"),
        ({"file": None, "status": 9000}, "documents.status"),
        ({"file": None, "status": "200"}, "documents.status"),
        ({"file": None, "at": "yesterday"}, "date.syntax"),
    ],
)
async def test_an_entry_that_cannot_be_is_named(folder: Path, entry: object, reason: str) -> None:
    outside = folder.parent / "outside.json"
    outside.write_text("{}")
    (folder / "link.json").symlink_to(outside)
    with pytest.raises(Malformed) as refused:
        await ask(folder, {A: entry})
    assert refused.value.reason == reason
    assert refused.value.says.endswith(".")


@pytest.mark.parametrize("index", [None, "", "[]", "{", '{"a": 1, "a": 2}'])
def test_a_folder_without_a_readable_index_is_refused(folder: Path, index: str | None) -> None:
    if index is not None:
        (folder / "urls.json").write_text(index)
    with pytest.raises(Malformed) as refused:
        DocumentsFolder(folder, now=NOW)
    assert refused.value.reason == "documents.index"


class Web:
    """A little web to be recorded."""

    async def fetch(self, request: Request) -> Document:
        path = request.url.rsplit("/", 1)[1]
        if path in ("dns", "timeout", "too_large", "unlisted", "limit"):
            return Document(request.url, NOW, error=path)
        if path == "moved":
            final = "https://other.example/moved"
            kind = "application/json"
            return Document(request.url, NOW, 200, kind, b'{"moved": 1}', final)
        if path == "gone":
            return Document(request.url, NOW, 410, None, b"", request.url)
        kind = "text/html" if request.accept == "text/html" else "application/ld+json"
        return Document(request.url, NOW, 200, kind, f"{kind} {path}".encode(), request.url)


async def test_what_was_saved_answers_the_same(tmp_path: Path) -> None:
    paths = ("a", "b", "moved", "gone", "dns", "timeout", "too_large")
    requests = [Request(f"https://issuer.example/{path}") for path in paths]
    requests.append(Request(A, accept="text/html"))
    recording = Recording(Web())
    for request in requests[:4]:
        await recording.fetch(request)
    save(tmp_path / "new" / "kept", recording.documents)
    again = Recording(Web())
    for request in requests:
        await again.fetch(request)
    save(tmp_path / "new" / "kept", again.documents)
    folder = DocumentsFolder(tmp_path / "new" / "kept", now=datetime(2030, 1, 1, tzinfo=UTC))
    for request, document in again.documents.items():
        assert await folder.fetch(request) == document
    for path in ("unlisted", "limit"):
        await again.fetch(Request(f"https://issuer.example/{path}"))
    save(tmp_path / "new" / "kept", again.documents)
    listed = json.loads((tmp_path / "new" / "kept" / "urls.json").read_text())
    assert "https://issuer.example/limit" not in listed
    assert len(listed[A]) == 2
