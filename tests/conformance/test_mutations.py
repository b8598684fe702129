"""The short form of the mutation run: five hundred spoiled credentials, none taken for good."""

from pathlib import Path

import pytest

from tests.mutations import spoil


@pytest.mark.anyio
async def test_no_spoiled_credential_is_taken_for_good(material: Path) -> None:
    score = await spoil(material, 750)
    assert score.taken == []
    assert score.mutants >= 500
    assert score.subjects["signed"] >= 30
    assert score.outcomes["invalid"] > 200
