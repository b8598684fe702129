"""The measure of names holds: no wrong match, and nearly every right one."""

import json

import pytest

from tests.measures.names import HERE, figures, figures_of, fresh, pairs, red, told
from tests.measures.written import README, written
from verifier.names import same_person, strangers


@pytest.mark.parametrize("held_out", [False, True])
def test_no_wrong_match_and_nearly_every_right_one(held_out: bool) -> None:
    count = figures(held_out=held_out)
    assert count["different", True] == 0
    same = count["same", True] + count["same", False]
    assert count["same", True] / same >= 0.95


def test_all_pairs_together_are_held_to_the_same() -> None:
    count = figures_of((*pairs(), *fresh()))
    same = count["same", True] + count["same", False]
    assert count["different", True] == 0
    assert count["same", True] / same >= 0.95


def test_what_was_found_while_it_was_written_stays_mended() -> None:
    """These are by those who wrote the comparison, so they hold and measure nothing."""
    found = json.loads((HERE / "names_beside.json").read_text("utf-8"))
    wrong = [
        pair
        for pair in found
        if same_person(pair["badge"], pair["page"]) is not (pair["expect"] == "same")
        or (pair["expect"] == "same" and strangers(pair["badge"], pair["page"]))
    ]
    assert len(found) > 200
    assert wrong == []


def test_nobody_is_called_a_stranger_to_themselves() -> None:
    assert red() == []


def test_there_are_enough_pairs_from_enough_traditions() -> None:
    assert len(pairs()) >= 300
    assert len(fresh()) >= 380
    assert len({pair["tradition"] for pair in (*pairs(), *fresh())}) >= 70


def test_the_readmes_figures_are_these() -> None:
    says = "run python -m tests.measures.names --readme"
    assert README.read_text("utf-8") == written("names", told()), says
