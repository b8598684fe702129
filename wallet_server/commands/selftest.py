"""`touchstone selftest`: the shipped good and bad badges, through the verifier as it is installed.

A case is a folder with `case.json`, its input, and a `documents` folder where it needs the web.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import anyio
import click
from msgspec import Struct
from msgspec.structs import replace

from verifier.dates import read_moment
from verifier.kept import Kept
from verifier.model import Claim, Document, Request, as_list
from verifier.ports import Circumstances, Fetcher, Person, Sighting, Sightings, Workers
from verifier.report import Report
from verifier.trust import unread
from wallet_server.documents import DocumentsFolder
from wallet_server.trust.reading import read_lists
from wallet_server.verification import Bench, Verified, now
from wallet_server.workers import ProcessWorkers

CASES = Path(__file__).parent.parent / "selftest"


class NoWeb:
    """A `Fetcher` for a case without documents: nothing is there."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    async def fetch(self, request: Request) -> Document:
        """Not listed, whatever it is."""
        return Document(url=request.url, at=self._moment, error="unlisted")


class Cached:
    """A `Fetcher` whose answers were kept from an earlier time, as a server keeps them in its
    memory.
    """

    def __init__(self, behind: Fetcher) -> None:
        self._behind = behind

    async def fetch(self, request: Request) -> Document:
        """What was kept, marked as such."""
        return replace(await self._behind.fetch(request), from_cache=True)


class Miss(Struct, frozen=True):
    """A case that came out otherwise than its `case.json` says."""

    name: str
    expected: str
    got: str


def run(folder: Path = CASES) -> int:
    """Run every case and print the score; 1 if any misses, or if there is none to run."""
    cases = sorted(path.parent for path in folder.glob("*/case.json"))
    misses = anyio.run(_run_all, cases)
    for miss in misses:
        click.echo(f"wrong: {miss.name}: expected {miss.expected}, got {miss.got}")
    click.echo(f"{len(cases) - len(misses)} of {len(cases)} cases right")
    return 1 if misses or not cases else 0


async def _run_all(cases: list[Path]) -> list[Miss]:
    workers = ProcessWorkers()
    misses = [await _run_one(case, workers) for case in cases]
    return [miss for miss in misses if miss is not None]


async def _run_one(case: Path, workers: ProcessWorkers) -> Miss | None:
    wanted = read_case(case)
    result = await checked(case, wanted, workers, now())
    return _compare(case.name, wanted["expect"], result)


def read_case(case: Path) -> dict[str, Any]:
    """What a case's folder says of it."""
    wanted: dict[str, Any] = json.loads((case / "case.json").read_text(encoding="utf-8"))
    return wanted


async def checked(
    case: Path,
    wanted: dict[str, Any],
    workers: Workers,
    moment: datetime,
    memory: Kept | None = None,
) -> Verified:
    """What comes out of a case, at `moment` where it names no other."""
    moment = read_moment(wanted["at"]) if "at" in wanted else moment
    documents = case / "documents"
    fetcher: Fetcher = NoWeb(moment)
    if documents.is_dir():
        fetcher = DocumentsFolder(documents, now=moment)
        fetcher = Cached(fetcher) if wanted.get("kept") else fetcher
    trust = read_lists(_trust(case, wanted), with_default=False)
    if "unread" in wanted:
        trust = (*trust, unread(wanted["unread"]))
    circumstances = Circumstances(
        now=moment,
        person=_person(wanted.get("person")),
        claims=tuple(Claim(**claim) for claim in wanted.get("claims", ())),
        challenge=wanted.get("challenge"),
        domain=wanted.get("domain"),
        trust=trust,
        sightings=_sightings(wanted.get("sightings", {})),
    )
    return await Bench(fetcher, workers, memory).verify(
        _source(case, wanted["input"]),
        label=case.name,
        circumstances=circumstances,
        seen=(case / wanted["seen"]).read_bytes() if "seen" in wanted else None,
    )


def _source(case: Path, name: str) -> bytes | str:
    """The case's input: an address as it is, a file's bytes."""
    return name if name.startswith(("https://", "http://")) else (case / name).read_bytes()


def _trust(case: Path, wanted: dict[str, Any]) -> list[Path]:
    """The lists a case names: its own, or one that it shares with the other cases."""
    named = as_list(wanted.get("trust"))
    return [case / name if (case / name).exists() else case.parent / name for name in named]


def _sightings(met: dict[str, Any]) -> Sightings:
    return {
        issuer: tuple(
            Sighting(**{**one, "first_seen": read_moment(one["first_seen"])}) for one in seen
        )
        for issuer, seen in met.items()
    }


def _person(stated: dict[str, Any] | None) -> Person | None:
    if stated is None:
        return None
    exact = stated.get("exact", True)
    return Person(
        exact=bool(exact), **{kind: tuple(v) for kind, v in stated.items() if kind != "exact"}
    )


def _said(wanted: dict[str, str], report: Report) -> dict[str, str]:
    """For each question the words wanted, where the answer has them, else the whole answer."""
    says = {check.question.value: check.says for check in report.checks}
    return {name: text if text in says[name] else says[name] for name, text in wanted.items()}


def _compare(name: str, expect: dict[str, Any], result: Verified) -> Miss | None:
    """`None` if the result is as expected; an expectation of nothing at all is a miss."""
    got: dict[str, Any] = {}
    if result.error is not None:
        got = {"error": result.error.code}
    elif result.report is not None:
        codes = {check.question.value: check.code for check in result.report.checks}
        got = {
            "verdict": result.report.verdict.value,
            "codes": {question: codes.get(question) for question in expect.get("codes", {})},
            "bundle": [inner.verdict.value for inner in result.report.bundle],
            "endorsements": [inner.verdict.value for inner in result.report.endorsements],
            "says": _said(expect.get("says", {}), result.report),
        }
    if expect and {member: got.get(member) for member in expect} == expect:
        return None
    return Miss(name, json.dumps(expect), json.dumps(got))
