"""`make bench` without its peers: what it refuses to time, what it says, and that its page has
every row. Our own side proves itself here as it does before it is timed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace

from tests.bench.speed import looped, made, ours, processes, profiled, writing
from tests.bench.speed.contestants import REPOSITORY, Contestant, Figures, NotTimed, Places
from tests.bench.speed.peers import HERE, NODE
from tests.bench.speed.table import ROWS, Row
from tests.bench.speed.turns import Measured, Plan, groups, measure, together

#: A contestant of each kind: what it says of what holds, and of what was changed.
PYTHON = """
import anyio
from tests.bench.speed.looped import Trial, run

async def takes(content):
    return {answers}[content.startswith(b"good")]

anyio.run(run, Trial(takes, [b"good"], [b"bad"]))
"""
NODE_JS = """
import {{run}} from '{timing}';
await run(async text => {answers}[+text.startsWith('good')], {{good: ['good'], bad: ['bad']}});
"""
LIES = {"[false, false]": "refused one that holds", "[true, true]": "one that does not hold"}
ROW = Row("one", "one thing", "we", "they", at_least=2, aim=4)


def contestant(language: str, answers: str, folder: Path) -> list[str]:
    """The command of one that answers like this."""
    if language == "python":
        return [sys.executable, "-c", PYTHON.format(answers=answers.title())]
    script = folder / "peer.mjs"
    script.write_text(NODE_JS.format(timing=HERE / "timing.mjs", answers=answers))
    return [NODE, str(script), "folder", "name"]


def turned(command: list[str], times: int = 1) -> list[Figures]:
    """What it found in as many turns."""
    with closing(Contestant(command, os.sched_getaffinity(0))) as standing:
        return [standing.turn(0.01) for _ in range(times)]


class Took(Struct):
    """One that takes so long, in milliseconds, or is not timed."""

    cpu_ms: float

    def turn(self, seconds: float) -> Figures:
        if not self.cpu_ms:
            raise NotTimed("it took one that does not hold")
        return Figures(9, self.cpu_ms, 1.0, 1.0)

    def close(self) -> None: ...


def measured(ours: float, theirs: float) -> Measured:
    """A run of two who take so long."""
    took = {"we": ours, "they": theirs}
    return measure([ROW], Plan(rounds=3), lambda name: Took(took[name]), lambda _: None)


@pytest.mark.parametrize("language", ["python", "node"])
@pytest.mark.parametrize("answers", LIES)
def test_who_does_not_verify_is_not_timed(language: str, answers: str, tmp_path: Path) -> None:
    with pytest.raises(NotTimed, match=LIES[answers]):
        turned(contestant(language, answers, tmp_path))


@pytest.mark.parametrize("language", ["python", "node"])
def test_who_verifies_is_timed_turn_by_turn(language: str, tmp_path: Path) -> None:
    for figures in turned(contestant(language, "[false, true]", tmp_path), 2):
        assert figures.calls > 0
        assert 0 < figures.cpu_ms < 1000


def test_memory_is_what_a_process_alone_has() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", "print(flush=True); input()"], stdin=-1, stdout=-1
    ) as one:
        assert one.stdout is not None
        one.stdout.readline()
        told = Path(f"/proc/{one.pid}/status").read_text()
        alone = sum(int(kb) for kb in re.findall(r"^Rss(?:Anon|File|Shmem):\s+(\d+)", told, re.M))
        assert processes.memory_mb(one.pid) == pytest.approx(alone / 1024, rel=0.05)
        one.communicate()


def test_no_ratio_is_made_of_one_that_was_not_timed() -> None:
    runs = [measured(1, 0)]
    (line,) = list(writing.table([ROW], runs))[2:]
    assert "**not timed**: they: it took one that does not hold" in line
    assert writing.missed([ROW], runs) == [ROW]


@pytest.mark.parametrize(
    ("theirs", "shown"),
    [(1.5, "**1.50x, missed**"), (3.0, "**3.00x** |"), (5.0, "**5.00x**, the aim |")],
)
def test_a_goal_that_is_missed_is_said_to_be(theirs: float, shown: str) -> None:
    assert shown in list(writing.table([ROW], [measured(1, theirs)]))[2]


@pytest.mark.parametrize(
    ("second", "shown", "said"),
    [
        (3.3, "3.00x and 3.30x, 10% apart", "differ by 10% at most."),
        (4.5, "3.00x and 4.50x, 50% apart", "differ by 15% or more in: one thing."),
    ],
)
def test_two_runs_are_told_how_far_they_are_apart(second: float, shown: str, said: str) -> None:
    runs = [measured(1, 3), measured(1, second)]
    assert shown in list(writing.table([ROW], runs))[2]
    assert said in "".join(writing.apart([ROW], runs))


def test_those_that_are_compared_stand_ready_together() -> None:
    rows = [Row(name, name, *names) for name, names in zip("abc", ("ab", "cd", "ed"), strict=True)]
    assert [set(group) for group in groups(rows)] == [{"a", "b"}, {"c", "d", "e"}]


def test_the_mean_of_several_turns_is_that_of_all_calls() -> None:
    turns = [Figures(1, 4.0, 4.0, 10.0), Figures(3, 2.0, 2.0, 11.0), Figures(4, 1.0, 1.0, 12.0)]
    assert together(turns) == Figures(8, 1.75, 2.0, 12.0)


def test_slower_by_at_most_is_a_goal_from_the_other_side() -> None:
    row = Row("one", "fifty", "we", "they", "times as slow", at_least=3, aim=2, times=50)
    assert row.ratio(100, 1) == 2
    assert row.reaches(2, 3)
    assert not row.reaches(4, 3)


def test_the_page_has_every_row() -> None:
    page = writing.PATH.read_text(encoding="utf-8")
    measured = page.partition(writing.BEGIN)[2].partition(writing.END)[0]
    lines = [line.split(" | ")[0] for line in measured.splitlines() if line.startswith("| ")]
    assert lines == ["| what", *(f"| {row.what}" for row in ROWS)]


def test_writing_leaves_the_prose_alone(tmp_path: Path) -> None:
    page = tmp_path / "speed.md"
    page.write_text(f"before\n{writing.BEGIN}\nold\n{writing.END}\nafter\n")
    writing.put("new", page)
    assert page.read_text() == f"before\n{writing.BEGIN}\n\nnew\n\n{writing.END}\nafter\n"


def test_some_rows_are_written_without_the_others(tmp_path: Path) -> None:
    page = tmp_path / "speed.md"
    lines = ("| what |", "|---|", "| one | 1 |", "| old | 2 |", "| two | 2 |", "", "how")
    page.write_text("\n".join((writing.BEGIN, *lines, f"{writing.END}\n")))
    told = ["| what |", "|---|", "| two | 3 |", "| new | 4 |"]
    writing.put_rows(told, ["one", "new", "two"], page)
    table = "| what |\n|---|\n| one | 1 |\n| new | 4 |\n| two | 3 |\n"
    assert page.read_text() == f"{writing.BEGIN}\n\n{table}\nhow\n\n{writing.END}\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("made")
    made.make(found)
    return found


@pytest.mark.anyio
@pytest.mark.parametrize(
    "what",
    [
        "small",
        "large",
        "limit",
        "unbake",
        "proof-ES256",
        "token-EdDSA",
        "hostile-deep",
        "again-small",
    ],
)
async def test_our_side_proves_itself(what: str, folder: Path) -> None:
    await looped.prove(ours.trial(what, folder))


def test_a_profile_tells_what_is_at_work(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, seconds in (("_SECONDS", 0.2), ("_WARM_UP", 0.01)):
        monkeypatch.setattr(profiled, name, seconds)
    places = Places(folder, folder, min(os.sched_getaffinity(0)))
    rows = [row for row in ROWS if row.theirs == "limit"][:1]
    told = list(profiled.told([replace(rows[0], ours="limit")], places))
    assert told[1] == "Where the time of “limit” goes:"
    assert any(line.endswith("tests/bench/speed/ours.py limit.<locals>.takes") for line in told)


def test_the_least_that_a_new_process_can_do_is_a_verdict(folder: Path) -> None:
    script = REPOSITORY / "tests" / "bench" / "speed" / "one_check.py"
    said = [
        subprocess.run(
            [sys.executable, str(script), str(folder / "limit.json"), *more],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for more in ([], ["changed"])
    ]
    assert said == ["holds", "altered"]
