"""The self-test can fail: a case that comes out otherwise is named, and no cases are no success."""

import json
import shutil
from pathlib import Path

import pytest

from wallet_server.commands.selftest import CASES, run

ONE = "signed-by-the-issuer"


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    shutil.copytree(CASES / ONE, tmp_path / ONE)
    shutil.copy(CASES / "trust.json", tmp_path)
    return tmp_path


def test_one_good_case_is_a_success(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(cases) == 0
    assert capsys.readouterr().out == "1 of 1 cases right\n"


@pytest.mark.parametrize(
    "expect",
    [
        {"verdict": "invalid"},
        {"verdict": "verified", "codes": {"genuine": "hosted"}},
        {"error": "not_a_badge"},
        {},
    ],
)
def test_a_miss_is_named_and_a_failure(
    cases: Path, expect: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    file = cases / ONE / "case.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "expect": expect}))
    assert run(cases) == 1
    printed = capsys.readouterr().out
    assert printed.startswith(f"wrong: {ONE}: expected")
    assert printed.endswith("0 of 1 cases right\n")


def test_nothing_to_run_is_a_failure(tmp_path: Path) -> None:
    assert run(tmp_path) == 1
