"""Documents, archives and pictures of strangers, as whoever runs the command meets them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gates import document_rows
from tests.gates.row import ROOT, asked

ROWS = document_rows.rows()
HOSTILE = dict(document_rows.hostile_documents())


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
    found = {}
    for number, (name, row) in enumerate(HOSTILE.items()):
        file = folder / f"{number}.pdf"
        file.write_bytes(row.content)
        ended = subprocess.run(
            [sys.executable, "-m", "tests.gates.cost", str(file)],
            capture_output=True,
            cwd=ROOT,
            check=True,
        )
        found[name] = json.loads(ended.stdout)
    return found


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_costs_little(name: str, costs: dict[str, dict[str, float]]) -> None:
    assert costs[name]["seconds"] < 1
    assert costs[name]["mebibytes"] <= 32
