"""The made badges: the committed ones are what the script makes, and they cover every answer."""

import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import anyio
import pytest
from click.testing import CliRunner
from msgspec.structs import replace
from PIL import Image

from tests.made.__main__ import HOME, make
from tests.made.png import SIGNATURE
from verifier.containers import unbake
from verifier.errors import NoCredential
from verifier.model import Claim, Document, Request
from verifier.ports import Circumstances, Fetcher, Person
from verifier.report import CODES, Outcome, Verdict
from wallet_server.cli import main
from wallet_server.documents import DocumentsFolder
from wallet_server.trust.reading import read_lists
from wallet_server.verification import Bench, now
from wallet_server.workers import ProcessWorkers

SELFTEST = HOME / "selftest"
DEMO = HOME / "demo"


def described(folder: Path) -> dict[str, Any]:
    """What `case.json` says."""
    read: dict[str, Any] = json.loads((folder / "case.json").read_text())
    return read


CASES = {path.parent.name: described(path.parent) for path in sorted(SELFTEST.glob("*/case.json"))}
EXPECTED = [case["expect"] for case in CASES.values()]


def test_the_committed_badges_are_what_the_script_makes(tmp_path: Path) -> None:
    make(tmp_path)
    for name in ("selftest", "demo"):
        fresh, kept = dict(files(tmp_path / name)), dict(files(HOME / name))
        assert fresh.keys() == kept.keys()
        assert [file for file in fresh if not same(fresh[file], kept[file])] == []


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file in `folder`, by its path from there."""
    for path in folder.rglob("*"):
        if path.is_file():
            yield str(path.relative_to(folder)), path.read_bytes()


def same(one: bytes, other: bytes) -> bool:
    """Equal bytes; of a drawn picture, equal pixels and an equal credential."""
    if one == other:
        return True
    if not one.startswith(SIGNATURE) or not other.startswith(SIGNATURE):
        return False
    pixels = [Image.open(io.BytesIO(content)).convert("RGBA").tobytes() for content in (one, other)]
    return pixels[0] == pixels[1] and baked(one) == baked(other)


def baked(content: bytes) -> bytes | None:
    """What is baked into a picture, if anything."""
    try:
        return unbake(content).content
    except NoCredential:
        return None


def test_the_self_test_can_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = tmp_path / "wrong"
    wrong.mkdir()
    (wrong / "case.json").write_text('{"input": "input.json", "expect": {"verdict": "verified"}}')
    (wrong / "input.json").write_text("{}")
    monkeypatch.setattr("wallet_server.commands.selftest.run.__defaults__", (tmp_path,))
    result = CliRunner().invoke(main, ["selftest"])
    assert "0 of 1 cases right" in result.output
    assert result.exit_code == 1


def test_the_demo_page_shows_each_of_the_twelve_verdicts() -> None:
    page = json.loads((DEMO / "page.json").read_text())
    shown = [*page["badges"], *(link for link in page["links"] if "verdict" in link)]
    assert {one["verdict"] for one in shown} == set(Verdict)
    for one in shown:
        assert len((DEMO / one["file"]).read_bytes()) <= 60_000
    assert anyio.run(checked, shown, page["person"]) == [one["verdict"] for one in shown]
    with pytest.raises(NoCredential, match="only a picture"):
        unbake((DEMO / page["picture"]["file"]).read_bytes())


async def checked(shown: list[dict[str, Any]], person: dict[str, Any]) -> list[str]:
    """The verdict of each badge beside what the demo page says of it and of its holder."""
    moment = now()
    trust = read_lists([DEMO / "trust.json"], with_default=False)
    bench = Bench(DocumentsFolder(DEMO / "documents", now=moment), ProcessWorkers())
    verdicts = []
    for one in shown:
        circumstances = Circumstances(
            now=moment,
            person=Person(names=(person["name"],), emails=(person["email"],)),
            claims=(Claim(one.get("title"), one.get("issuer"), one.get("issued")),),
            trust=trust,
        )
        content = (DEMO / one["file"]).read_bytes()
        result = await bench.verify(content, label=one["file"], circumstances=circumstances)
        assert result.report is not None, result.error
        verdicts.append(result.report.verdict.value)
    return verdicts


class Kept:
    """A `Fetcher` whose answers were all kept a while ago."""

    def __init__(self, behind: Fetcher, age: timedelta) -> None:
        self._behind = behind
        self._age = age

    async def fetch(self, request: Request) -> Document:
        """The recorded answer, aged."""
        document = await self._behind.fetch(request)
        return replace(document, from_cache=True, at=document.at - self._age)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("hours", "code", "verdict"), [(23, "no_expiry", "verified"), (25, "stale", "unknown")]
)
async def test_a_kept_status_counts_for_a_day(hours: int, code: str, verdict: str) -> None:
    case, moment = SELFTEST / "signed-by-the-issuer", now()
    fetcher = Kept(DocumentsFolder(case / "documents", now=moment), timedelta(hours=hours))
    trust = read_lists([SELFTEST / "trust.json"], with_default=False)
    result = await Bench(fetcher, ProcessWorkers()).verify(
        (case / "input.json").read_bytes(),
        label="kept",
        circumstances=Circumstances(now=moment, trust=trust),
    )
    assert result.report is not None
    current = result.report.checks[1]
    assert (current.code, result.report.verdict) == (code, verdict)
    assert result.report.status_as_of == moment - timedelta(hours=hours)


def test_nothing_counts_for_a_badge_but_what_passed() -> None:
    good = {"verified", "holder_unproven", "unvouched", "overstated"}
    for expect in EXPECTED:
        if expect.get("verdict") in good:
            assert CODES["genuine"][expect["codes"]["genuine"]] is Outcome.PASSED  # type: ignore[index]
