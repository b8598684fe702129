"""Documents, archives and pictures of strangers, as whoever runs the command meets them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gates import document_rows
from tests.gates.row import ROOT, asked

HOSTILE = document_rows.hostile_documents()
ROWS = HOSTILE | document_rows.rows()


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    return asked(tmp_path_factory.mktemp("documents"), ROWS)


@pytest.mark.parametrize("name", ROWS)
def test_what_carries_a_badge_is_read_or_refused_with_its_reason(
    name: str, answers: dict[str, tuple[str, str]]
) -> None:
    assert answers[name] == (ROWS[name].answer, ROWS[name].reason)


@pytest.fixture(scope="module")
def costs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, float]]:
    folder: Path = tmp_path_factory.mktemp("costs")
    files = [folder / f"{number}.pdf" for number in range(len(HOSTILE))]
    for file, row in zip(files, HOSTILE.values(), strict=True):
        file.write_bytes(row.content)
    command = [sys.executable, "-m", "tests.gates.cost", *map(str, files)]
    ended = subprocess.run(command, capture_output=True, cwd=ROOT, check=True)
    return dict(zip(HOSTILE, map(json.loads, ended.stdout.splitlines()), strict=True))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_costs_little(name: str, costs: dict[str, dict[str, float]]) -> None:
    assert costs[name]["seconds"] < 1
    assert costs[name]["mebibytes"] <= 32
