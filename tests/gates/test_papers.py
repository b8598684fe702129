"""CVs and mails of strangers, as whoever runs the command meets them."""

from pathlib import Path

import pytest

from tests.gates import paper_rows
from tests.gates.row import asked, verified
from tests.made import cases_cvs, cvs
from tests.made.cvs import Line

ROWS = paper_rows.rows()


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    return asked(tmp_path_factory.mktemp("papers"), ROWS)


@pytest.mark.parametrize("name", ROWS)
def test_a_hostile_document_is_read_or_refused_with_its_reason(
    name: str, answers: dict[str, tuple[str, str]]
) -> None:
    assert answers[name] == (ROWS[name].answer, ROWS[name].reason)


def test_more_awards_than_are_looked_at_are_told(tmp_path: Path) -> None:
    home = "https://www.credly.com/badges/11111111-2222-4333-8444-5555555"
    lines = [Line(f"Award {n}", f"{home}{n:05d}") for n in range(60)]
    content = cvs.docx((*cases_cvs.HEAD, *lines))
    report = verified(tmp_path, {"cv": content}, {})["cv"]
    assert len(report["bundle"]) == 50
    assert "10 more" in report["checks"][0]["says"]
    assert "50 could not be checked" in report["headline"]
