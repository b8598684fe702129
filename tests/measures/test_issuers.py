"""The measure of look-alike issuers holds: no false red, and nearly every imitation named."""

from pathlib import Path

from tests.measures.issuers import honest, imitations, organisations, told
from tests.measures.written import README, written


def test_nobody_honest_is_red() -> None:
    count = honest()
    assert count.total() >= 500
    assert count["lookalike"] == 0
    assert count["claims_known_name"] <= count.total() / 100


def test_real_organisations_are_hardly_ever_named(material: Path) -> None:
    count = organisations(material)
    every = count + honest()
    assert count["lookalike"] == 0
    assert every["claims_known_name"] <= every.total() / 100


def test_nearly_every_imitation_of_a_family_that_was_seen_is_named() -> None:
    count = imitations(held_out=False)
    assert (count.total() - count[None]) / count.total() >= 0.95


def test_families_that_were_not_seen_are_named_as_often_as_the_readme_says() -> None:
    assert imitations(held_out=True).total() >= 80
    says = "run python -m tests.measures.issuers --readme"
    assert README.read_text("utf-8") == written("issuers", told()), says
