"""`--receipt`, by which a check leaves a signed receipt, and `touchstone replay`, which derives the
reports of such a file again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import anyio
import click

from verifier.errors import Malformed, TooCostly
from verifier.report import Verdict
from wallet_server import wire
from wallet_server.looks import VERDICTS
from wallet_server.own_keys import RECEIPTS, KeyLost, known_did, own_key
from wallet_server.plain_text import plain
from wallet_server.receipts.finding import receipts_in
from wallet_server.receipts.making import Made, make, written
from wallet_server.receipts.paper import paper
from wallet_server.receipts.replaying import Replayed, replay_all, workers
from wallet_server.settings import from_environment
from wallet_server.verification import Verified, now
from wallet_server.workers import ProcessWorkers

_NONE = "receipt.none"
#: What a replay does not show, said each time.
_LIMITS = (
    "This shows what the signer found and that it follows from what the signer kept. That this is "
    "what the web said then is the signer's word; check the badge itself for what holds today."
)


def keep(paths: Iterable[Path], results: Sequence[Verified]) -> str | None:
    """Write the receipts of `results` into each of the files, as PDF where it is called so; what
    stands against it, in a sentence. A source without a badge has none.
    """
    found = [one for one in results if one.report is not None and one.grounds is not None]
    if not found:
        return "No receipt was written: there was no badge to report on."
    try:
        key, at = own_key(from_environment().data, RECEIPTS), now()
        made = [
            make(one.report, one.grounds, key, at) for one in found if one.report and one.grounds
        ]
        content = written(made)
        for path in paths:
            is_pdf = path.suffix.lower() == ".pdf"
            _write(path, anyio.run(_on_paper, made, content) if is_pdf else content)
    except KeyLost as error:
        return f"No receipt was written. {error}"
    except Malformed as error:
        return f"No receipt was written. {error.says}"
    except TooCostly:
        return "No receipt was written: setting it as PDF takes too much work. Keep it as JSON."
    except OSError as error:
        return f"The receipt could not be written: {error}"
    return None


async def _on_paper(made: Sequence[Made], content: bytes) -> bytes:
    return await ProcessWorkers().run(paper, [one.signed for one in made], content)


def _write(path: Path, content: bytes) -> None:
    """The file whole or not at all. Raises `OSError`."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        fresh.write_bytes(content)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def run(files: Sequence[Path], by: str | None, *, as_json: bool) -> int:
    """Replay every receipt in `files`; 0 where all are whole, `by` that key and come out the same,
    3 where one holds no receipt and the others are good, else 1.
    """
    return max(anyio.run(_replay_files, files, by, as_json), key=_weight)


def _weight(status: int) -> int:
    return (0, 3, 1).index(status)


async def _replay_files(files: Sequence[Path], by: str | None, as_json: bool) -> list[int]:
    """The status of each file."""
    own = known_did(from_environment().data, RECEIPTS)
    lent = workers()
    found = []
    for path in files:
        found.append(await _replay_file(path, lent, by, own, as_json))
    if not as_json and 0 in found:
        click.echo(_LIMITS)
    return found


async def _replay_file(
    path: Path, lent: ProcessWorkers, by: str | None, own: str | None, as_json: bool
) -> int:
    try:
        content = await anyio.Path(path).read_bytes()
        receipts = await lent.run(receipts_in, content)
        if by is not None and (other := next((one.by for one in receipts if one.by != by), None)):
            raise Malformed("receipt.signer", f"It was signed by {other}, not by {by}.")
        replayed = await replay_all(receipts, lent)
    except Malformed as error:
        return _refused(path, error.reason, error.says, as_json)
    except TooCostly:
        says = "Replaying it would take more work than any receipt needs, so it was stopped."
        return _refused(path, "receipt.cost", says, as_json)
    except OSError as error:
        return _refused(path, "receipt.file", f"It can't be read: {error.strerror}.", as_json)
    for one in replayed:
        if as_json:
            shown = {"file": str(path), "own": one.receipt.by == own, **one.as_object()}
            click.echo(wire.line(shown))
        else:
            _show(path, one, own, by)
    return 0 if all(one.is_same for one in replayed) else 1


def _refused(path: Path, code: str, says: str, as_json: bool) -> int:
    if as_json:
        click.echo(wire.line({"file": str(path), "error": {"code": code, "says": says}}))
    else:
        click.echo(plain(f"{path}: refused. {says}", 2000))
    return 3 if code == _NONE else 1


def _show(path: Path, replayed: Replayed, own: str | None, by: str | None) -> None:
    """One receipt for people."""
    for line in (
        f"{path}: {replayed.name}",
        f"  Signed by {replayed.receipt.by}, {_whose(replayed.receipt.by, own, by)}.",
        f"  {_made(replayed.receipt.signed)}",
        f"  It says: {_verdict(replayed.receipt.report)}",
        f"  {_outcome(replayed)}",
        *(f"    {_difference(one.as_object())}" for one in replayed.differs),
        *(f"  List: {_list(one)}" for one in replayed.as_object()["lists"]),
    ):
        indent = len(line) - len(line.lstrip())
        click.echo(" " * indent + plain(line, 2000))


def _whose(signer: str, own: str | None, by: str | None) -> str:
    if signer == own:
        return "the key of this installation"
    if signer == by:
        return "the key you named"
    return "a key of another installation: ask its owner which is theirs, and give it with --by"


def _made(signed: Any) -> str:  # noqa: ANN401 - as it was signed
    made, at = signed["made"], signed["asked"]["at"]
    says = f"Made {made.get('at')} by Touchstone {made.get('touchstone')}"
    return f"{says}." if made.get("at") == at else f"{says}; judged as of {at}."


def _verdict(report: Any) -> str:  # noqa: ANN401 - as it was signed
    known = {one.value for one in Verdict}
    word = VERDICTS[Verdict(report["verdict"])].word if report["verdict"] in known else "?"
    return f"{word}. {report.get('headline')}"


def _outcome(replayed: Replayed) -> str:
    if replayed.is_same:
        return "The same follows from what it holds: the verdict, the five answers, every word."
    if replayed.answers_same:
        made = replayed.receipt.signed["made"].get("touchstone")
        return (
            "The verdict and the five answers follow from what it holds; other things do not "
            f"(it was made by Touchstone {made}):"
        )
    return "Something else follows from what it holds:"


def _difference(one: dict[str, Any]) -> str:
    return f"{one['at']}: signed “{one['signed']}”, follows “{one['now']}”"


def _list(one: dict[str, Any]) -> str:
    if not one["readable"]:
        return f"{one['name']} could not be read."
    whose = "comes with this Touchstone" if one["shipped"] else "the signer's own"
    return f"{one['name']}, as of {one['as_of'] or 'no date'} ({whose}; SHA-256 {one['sha256']})"
