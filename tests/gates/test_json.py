"""The gate before any JSON is believed, as whoever runs the command meets it."""

import pytest

from tests.gates import json_rows
from tests.gates.row import asked

ROWS = json_rows.rows()


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    return asked(tmp_path_factory.mktemp("json"), ROWS)


@pytest.mark.parametrize("name", ROWS)
def test_json_is_read_in_one_way_or_refused(name: str, answers: dict[str, tuple[str, str]]) -> None:
    assert answers[name] == (ROWS[name].answer, ROWS[name].reason)
