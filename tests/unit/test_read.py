"""Sources: what an address answers becomes a credential, or a sentence that says what to do."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

import pytest
from msgspec import Struct, field
from msgspec.structs import replace

from tests.conformance.run import Here
from tests.made.png import picture, plain
from tests.unit.test_containers import ADDRESS, CREDENTIAL, OTHER
from verifier.errors import NoCredential, TooCostly
from verifier.model import Credential, Document, Documents, Payload, Request
from verifier.read import read

pytestmark = pytest.mark.anyio
T = TypeVar("T")
NOW = datetime(2030, 1, 1, tzinfo=UTC)
AT = ADDRESS.decode()
PAGE = b"<!doctype html><title>Ada's badge</title>"
#: An organisation's own name for Accredible, what stands there, and a page of Microsoft's.
LABELLED = "https://badges.example/11111111-2222-4333-8444-555555555555"
DRAWN = PAGE + b'<script src="https://assets.credential.net/x.js"></script>'
SHARED = "https://learn.microsoft.com/api/credentials/share/en-us/Mira-1/0123456789ABCDEF"


def answer(content: bytes = CREDENTIAL, status: int = 200, final: str | None = None) -> Document:
    """What `AT` says."""
    return Document(AT, NOW, status, "application/json", content, final)


def failed(error: str) -> Document:
    """Why `AT` says nothing."""
    return Document(AT, NOW, error=error)


class Web(Struct):
    """Answers from a table; what is not in it is not there."""

    answers: dict[str, Document] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def fetch(self, request: Request) -> Document:
        """One look-up."""
        self.asked.append(request.url)
        missing = replace(failed("unlisted"), url=request.url)
        return self.answers.get(request.url, missing)


async def reading(source: bytes | str, *answers: Document) -> tuple[Payload, Documents, list[str]]:
    """What `read` makes of `source`, and which addresses it asked."""
    web = Web({document.url: document for document in answers})
    found = await read(source, fetcher=web, workers=Here(), label=None)
    assert isinstance(found.found, Payload)
    return found.found, found.documents, web.asked


async def refused(source: bytes | str, *answers: Document) -> NoCredential:
    """Why `read` gives up on `source`."""
    with pytest.raises(NoCredential) as caught:
        await reading(source, *answers)
    return caught.value


async def test_text_and_bytes_are_read_without_the_web() -> None:
    assert await reading(CREDENTIAL) == (Payload("json", CREDENTIAL, "json"), {}, [])
    assert await reading(CREDENTIAL.decode()) == (Payload("json", CREDENTIAL, "json"), {}, [])
    image = picture(plain(CREDENTIAL))
    assert await reading(image) == (Payload("png", CREDENTIAL, "png"), {}, [])


async def test_a_label_names_the_source() -> None:
    found = await read(CREDENTIAL, fetcher=Web(), workers=Here(), label="badge.json")
    assert found.source == "badge.json"


@pytest.mark.parametrize("source", [AT, ADDRESS + b"\n"])
async def test_an_address_is_fetched(source: bytes | str) -> None:
    document = answer(final="https://college.example/one")
    payload, documents, _ = await reading(source, document)
    assert payload == Payload(AT, CREDENTIAL, "url", "https://college.example/one")
    assert documents == {Request(AT): document}


async def test_a_picture_at_an_address_is_unbaked() -> None:
    payload, _, _ = await reading(AT, answer(picture(plain(CREDENTIAL))))
    assert payload == Payload(AT, CREDENTIAL, "png")


async def test_an_address_in_a_picture_is_fetched_once() -> None:
    payload, documents, _ = await reading(picture(plain(ADDRESS)), answer())
    assert payload == Payload("png", CREDENTIAL, "png", AT)
    assert list(documents) == [Request(AT)]


async def test_an_address_in_a_picture_at_an_address_is_fetched() -> None:
    image = replace(answer(picture(plain(ADDRESS))), url="https://pictures.example/1.png")
    payload, documents, asked = await reading(image.url, image, answer())
    assert payload == Payload("https://pictures.example/1.png", CREDENTIAL, "png", AT)
    assert asked == ["https://pictures.example/1.png", AT]
    assert len(documents) == 2


async def test_no_second_hop_is_made() -> None:
    error = await refused(picture(plain(ADDRESS)), answer(picture(plain(CREDENTIAL))))
    assert error.code == "not_a_badge"
    assert "leads to another file" in error.says
    error = await refused(AT, answer(b"https://college.example/2"))
    assert error.code == "not_a_badge"
    assert "another address" in error.says


@pytest.mark.parametrize(
    ("body", "content"), [(b'{"revoked": true}', b'{"revoked": true}'), (PAGE, b"{}"), (b"", b"{}")]
)
async def test_gone_is_an_answer_about_the_credential(body: bytes, content: bytes) -> None:
    document = answer(body, 410)
    payload, documents, _ = await reading(AT, document)
    assert payload == Payload(AT, content, "url", AT)
    assert documents[Request(AT)] is document


@pytest.mark.parametrize(
    ("document", "code", "words"),
    [
        (answer(PAGE), "not_a_badge", "web page"),
        (answer(b""), "not_a_badge", "empty"),
        (answer(picture()), "not_a_badge", "only a picture"),
        (answer(picture(plain(CREDENTIAL), plain(OTHER))), "ambiguous", "2 different"),
        (answer(picture(plain(CREDENTIAL))[:70]), "malformed", "damaged"),
        (answer(PAGE, final="https://college.example/users/sign_in"), "sign_in", "sign in"),
        (answer(b"", 401), "sign_in", "sign in"),
        (answer(b"", 403), "blocked", "turned Touchstone away"),
        (answer(b"", 429), "blocked", "turned Touchstone away"),
        (answer(b"", 404), "unreachable", "knows nothing"),
        (answer(b"", 503), "unreachable", "error (503)"),
        (failed("timeout"), "unreachable", "in time"),
        (failed("refused"), "unreachable", "connection"),
        (failed("tls"), "unreachable", "certificate"),
        (failed("dns"), "unreachable", "No host named college.example"),
        (failed("redirect"), "unreachable", "circle"),
        (failed("address"), "unreachable", "no public address"),
        (failed("limit"), "unreachable", "Too much"),
        (failed("unlisted"), "unreachable", "folder"),
        (failed("too_large"), "too_large", "too large"),
    ],
)
async def test_what_an_address_refuses_is_told_with_what_to_do(
    document: Document, code: str, words: str
) -> None:
    error = await refused(AT, document)
    assert error.code == code
    assert words in error.says


async def test_a_sign_in_page_asked_for_by_name_is_a_page() -> None:
    address = "https://college.example/login"
    error = await refused(address, Document(address, NOW, 200, "text/html", PAGE))
    assert error.code == "not_a_badge"


async def test_an_address_that_hides_its_host_is_never_fetched() -> None:
    error = await refused("https://college.example@evil.example/")
    assert (error.code, error.found) == ("malformed", ("url.syntax",))


class Exhausted:
    """`Workers` whose time is over before anything is done."""

    async def run(self, function: Callable[..., T], *arguments: object) -> T:
        """Nothing."""
        raise TooCostly("stopped")


@pytest.mark.parametrize("source", [PAGE, AT])
async def test_a_page_whose_reading_was_stopped_is_not_said_to_hold_nothing(
    source: bytes | str,
) -> None:
    web = Web({AT: answer(PAGE)})
    with pytest.raises(NoCredential) as caught:
        await read(source, fetcher=web, workers=Exhausted())
    assert (caught.value.code, caught.value.found) == ("too_large", ("document.cost",))


@pytest.mark.parametrize(
    ("address", "at"),
    [
        (LABELLED, LABELLED),
        ("https://www.credly.com/go/abcdefg", "https://pages.example/"),
    ],
)
async def test_a_strangers_page_is_read_in_a_worker_and_nowhere_else(address: str, at: str) -> None:
    web = Web({address: Document(address, NOW, 200, "text/html", DRAWN, at)})
    with pytest.raises(NoCredential) as caught:
        await read(address, fetcher=web, workers=Exhausted())
    assert (caught.value.code, caught.value.found) == ("too_large", ("document.cost",))
    assert web.asked == [address]


async def test_a_platforms_page_whose_reading_was_stopped_is_not_said_to_be_laid_out_anew() -> None:
    large = PAGE + b" " * 200_000
    web = Web({SHARED: Document(SHARED, NOW, 200, "text/html", large)})
    found = (await read(SHARED, fetcher=web, workers=Exhausted())).found
    assert isinstance(found, Credential)
    assert [(one.code, one.reason) for one in found.problems] == [("page_unreadable", "page.cost")]
