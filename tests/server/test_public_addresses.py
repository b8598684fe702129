"""The fetcher dials public addresses and nothing else, whatever the spelling.

The table is data; `connect` stands where the socket would be opened, and must not be reached.
"""

import json
from pathlib import Path
from typing import Any

import httpcore2
import pytest

from verifier.model import Request
from wallet_server.fetcher import WebFetcher

TABLE: dict[str, Any] = json.loads(Path(__file__).with_name("addresses.json").read_text("utf-8"))
HOSTS = [(group, host) for group, hosts in TABLE["refused"].items() for host in hosts]


class Sentinel:
    """Where a socket would be opened: keeps what was dialled, and never answers."""

    def __init__(self) -> None:
        self.dialled: list[tuple[str, int]] = []

    async def connect(self, address: str, port: int) -> httpcore2.AsyncNetworkStream:
        self.dialled.append((address, port))
        raise httpcore2.ConnectError


async def error_of(url: str, answer: list[str], sentinel: Sentinel) -> str | None:
    async def resolve(host: str, port: int) -> list[str]:
        return answer

    async with WebFetcher(resolve=resolve, connect=sentinel.connect) as web:
        return (await web.fetch(Request(url))).error


@pytest.mark.anyio
@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize(("group", "host"), HOSTS)
async def test_no_packet_for_an_address_that_is_not_public(
    group: str, host: str, scheme: str
) -> None:
    sentinel = Sentinel()
    # even a resolver that lies, calling the host public, does not help a name that may not be asked
    public = ["93.184.216.34"]
    assert await error_of(f"{scheme}://{host}/a.json", public, sentinel) == "address", group
    assert sentinel.dialled == []


@pytest.mark.anyio
@pytest.mark.parametrize("url", TABLE["refused urls"])
async def test_no_packet_for_what_is_not_strictly_an_address(url: str) -> None:
    sentinel = Sentinel()
    assert await error_of(url, ["93.184.216.34"], sentinel) == "address"
    assert sentinel.dialled == []


@pytest.mark.anyio
@pytest.mark.parametrize("host", TABLE["dialled"])
async def test_the_neighbours_of_those_ranges_are_dialled(host: str) -> None:
    sentinel = Sentinel()
    assert await error_of(f"https://{host}/", [], sentinel) == "refused"
    assert sentinel.dialled == [(host.strip("[]"), 443)]


@pytest.mark.anyio
@pytest.mark.parametrize("answer", TABLE["refused answers"])
async def test_one_bad_address_in_an_answer_spoils_it(answer: list[str]) -> None:
    sentinel = Sentinel()
    assert await error_of("https://issuer.example/", answer, sentinel) == "address"
    assert sentinel.dialled == []


@pytest.mark.anyio
async def test_the_address_that_was_checked_is_the_one_dialled() -> None:
    answers = [["93.184.216.34"], ["127.0.0.1"]]
    asked: list[str] = []

    async def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return answers[min(len(asked), 2) - 1]

    sentinel = Sentinel()
    async with WebFetcher(resolve=resolve, connect=sentinel.connect) as web:
        await web.fetch(Request("https://rebinding.example/"))
        assert (asked, sentinel.dialled) == (["rebinding.example"], [("93.184.216.34", 443)])
        # the next connection asks again, and meets the same rule
        assert (await web.fetch(Request("https://rebinding.example/"))).error == "address"
    assert sentinel.dialled == [("93.184.216.34", 443)]


@pytest.mark.anyio
async def test_a_flood_of_addresses_and_an_empty_answer_are_no_answer() -> None:
    sentinel = Sentinel()
    flood = [f"93.184.{n // 250}.{n % 250 + 1}" for n in range(10_000)]
    assert await error_of("https://issuer.example/", flood, sentinel) == "dns"
    assert await error_of("https://issuer.example/", [], sentinel) == "dns"
    assert sentinel.dialled == []
