"""The score of an address can come out otherwise."""

import json
from pathlib import Path

import pytest

from tests.conformance.case import Score
from tests.conformance.platform_addresses import addresses

AWARD = "https://www.credly.com/badges/01b2c3d4-0000-4000-8000-000000000001"


@pytest.mark.parametrize(
    ("row", "score"),
    [
        ({"kind": "award", "canonical": AWARD}, Score.RIGHT),
        ({"kind": "award", "id": "another"}, Score.WRONG),
        ({"kind": "award", "platform": "badgr"}, Score.WRONG),
        ({"kind": "profile"}, Score.WRONG),
        ({"kind": "not-a-badge"}, Score.FALSE_ACCEPT),
        ({"kind": "not-a-badge", "url": "https://www.crediy.com/badges/1"}, Score.RIGHT),
    ],
)
def test_an_address_is_held_to_its_label(row: dict[str, str], score: Score, tmp_path: Path) -> None:
    folder = tmp_path / "providers" / "credly"
    folder.mkdir(parents=True)
    (folder / "url_corpus.jsonl").write_text(json.dumps({"url": AWARD, **row}) + "\n")
    assert [scored for _, _, scored in addresses(tmp_path)] == [score]
