"""How hosts are asked: few at a time, not while they want quiet, and not where programs may not."""

from datetime import UTC, datetime, timedelta

import anyio
import pytest

from tests.providers.reading import HTML, gave, said
from tests.server.web import FakeWeb, answer, fake_web
from verifier.model import Document, Request
from wallet_server.manners import AT_ONCE, LONGEST, Mannerly

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
HOME = "http://issuer.example"


class Slow:
    """A web that tells how many were asking it at once."""

    def __init__(self) -> None:
        self.asking = self.most = 0

    async def fetch(self, request: Request) -> Document:
        self.asking += 1
        self.most = max(self.most, self.asking)
        await anyio.sleep(0.01)
        self.asking -= 1
        return Document(request.url, NOW, 200, "application/json", b"{}")


async def ask_at_once(web: Slow, *addresses: str) -> None:
    polite = Mannerly(web)
    async with anyio.create_task_group() as tasks:
        for address in addresses:
            tasks.start_soon(polite.fetch, Request(address))


async def test_one_host_is_asked_for_a_few_things_at_a_time() -> None:
    web = Slow()
    await ask_at_once(web, *(f"{HOME}/{number}" for number in range(20)))
    assert web.most == AT_ONCE


async def test_many_hosts_are_asked_side_by_side() -> None:
    web = Slow()
    await ask_at_once(web, *(f"https://issuer-{number}.example/" for number in range(20)))
    assert web.most == 20


@pytest.mark.parametrize("wanted", ["120", "Thu, 01 Jan 2026 12:02:00 GMT"])
@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
async def test_a_host_that_wants_quiet_is_left_alone(status: str, wanted: str) -> None:
    moments = [NOW]
    web = FakeWeb({"/a": answer(b"", status, Retry_After=wanted), "/b": answer(b"{}")})
    async with fake_web(web) as fetcher:
        polite = Mannerly(fetcher, clock=lambda: moments[0])
        first = await polite.fetch(Request(f"{HOME}/a"))
        assert first.retry_at is not None
        moments[0] = first.retry_at - timedelta(seconds=1)
        second = await polite.fetch(Request(f"{HOME}/b"))
        assert (second.status, second.from_cache, len(web.requests)) == (first.status, True, 1)
        assert second.url == f"{HOME}/b"
        moments[0] = first.retry_at
        third = await polite.fetch(Request(f"{HOME}/b"))
        assert (third.status, len(web.requests)) == (200, 2)


@pytest.mark.parametrize(
    "wanted",
    [
        *("soon", "-5", "1e9", "99 Jan", ""),
        "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
        "Tue, 24 Nov 2026 20:00:00 +9999999999999999999999",
    ],
)
async def test_a_wish_that_cannot_be_read_is_none(wanted: str) -> None:
    web = FakeWeb({"/a": answer(b"", "429 Too Many Requests", Retry_After=wanted)})
    async with fake_web(web) as fetcher:
        document = await fetcher.fetch(Request(f"{HOME}/a"))
    assert (document.status, document.retry_at) == (429, None)


async def test_no_host_is_left_alone_for_ever() -> None:
    moments = [datetime.now(UTC)]
    web = FakeWeb({"/a": answer(b"", "429 Too Many Requests", Retry_After="999999999")})
    async with fake_web(web) as fetcher:
        polite = Mannerly(fetcher, clock=lambda: moments[0])
        await polite.fetch(Request(f"{HOME}/a"))
        moments[0] += LONGEST + timedelta(seconds=1)
        await polite.fetch(Request(f"{HOME}/a"))
    assert len(web.requests) == 2


async def test_a_redirect_to_a_closed_host_is_not_followed() -> None:
    there = "http://www.linkedin.com/in/mira-solano"
    web = FakeWeb({"/a": answer(b"", "302 Found", Location=there)})
    async with fake_web(web) as fetcher:
        document = await fetcher.fetch(Request(f"{HOME}/a"))
    assert (document.error, document.final_url) == ("closed", there)
    assert len(web.requests) == 1


async def test_quiet_is_kept_for_the_host_that_asked_for_it() -> None:
    there = "http://other.example/b"
    web = FakeWeb(
        {
            "/a": answer(b"", "302 Found", Location=there),
            "/b": answer(b"", "429 Too Many Requests", Retry_After="60"),
            "/c": answer(b"{}"),
        }
    )
    async with fake_web(web) as fetcher:
        polite = Mannerly(fetcher)
        await polite.fetch(Request(f"{HOME}/a"))
        assert (await polite.fetch(Request(f"{HOME}/c"))).status == 200
        assert (await polite.fetch(Request("http://other.example/c"))).status == 429


def test_the_sentence_says_when_to_try_again() -> None:
    turned = Document("", NOW, 429, HTML, retry_at=NOW + timedelta(minutes=5))
    error = said("https://issuer.example/badge", {"https://issuer.example/badge": turned})["error"]
    assert error["code"] == "blocked"
    assert "12:05 UTC on 1 January 2026" in error["says"]


@pytest.mark.parametrize(
    "address",
    [
        "https://www.linkedin.com/company/meadow-school/",
        "https://www.coursera.org/learn/hedges",
        "https://www.udemy.com/course/hedges/",
        "https://www.skills.google/catalog",
    ],
)
def test_a_host_that_lets_no_program_in_is_not_asked(address: str) -> None:
    result = said(address, {address: gave(b"{}")})
    assert result["asked"] == []
    assert result["error"]["code"] == "blocked"
    assert "lets no program" in result["error"]["says"]


@pytest.mark.parametrize(
    ("there", "says"),
    [
        (
            "https://www.linkedin.com/authwall?trk=x",
            "www.linkedin.com asks its visitors to sign in",
        ),
        ("https://www.linkedin.com/feed/", "www.linkedin.com lets no program"),
    ],
)
def test_a_closed_host_behind_a_redirect_is_named_and_its_wall_is_a_wall(
    there: str, says: str
) -> None:
    link = f"https://www.linkedin.com/learning/certificates/{'0a1b2c3d' * 8}"
    led = Document("", NOW, final_url=there, error="closed")
    report = said(link, {link: led})
    assert report["checks"][0]["code"] == "page_unreadable"
    assert says in report["checks"][0]["says"]


def test_a_page_cannot_send_us_to_a_closed_host() -> None:
    page = b'<!doctype html><link rel="alternate" type="application/ld+json" href="%s">'
    web = {"https://portfolio.example/": gave(page % b"https://www.linkedin.com/in/mira", HTML)}
    assert said("https://portfolio.example/", web)["asked"] == ["https://portfolio.example/"]
