"""The measure of look-alike issuers holds: no false red, and nearly every imitation named."""

from pathlib import Path

import pytest

from tests.measures.issuers import honest, imitations, judged, organisations, told
from tests.measures.written import README, written


def test_nobody_honest_is_red() -> None:
    count = honest()
    assert count.total() >= 750
    assert count["lookalike"] == 0
    assert count["claims_known_name"] <= count.total() / 100


def test_real_organisations_are_hardly_ever_named(material: Path) -> None:
    every = honest() + organisations(material)
    assert every["lookalike"] == 0
    assert every["claims_known_name"] <= every.total() / 100


@pytest.mark.parametrize(
    ("called", "domain"),
    [
        ("Louisville Grammar", "louisville.edu.au"),  # another country's suffix, no sub-domain
        ("Brick Makers of Taos", "xn--adob-epa.com"),  # an accent makes another word
        ("Adobo Kitchen", "adobo.com"),  # one letter away, another name
        ("Learning at Oracle Bones", "oracle.org.example"),
    ],
)
def test_what_a_domain_shares_with_a_known_one_is_not_red_by_itself(
    called: str, domain: str
) -> None:
    assert judged(called, f"https://{domain}") != "lookalike"


def test_an_accent_in_a_known_domain_is_red_with_the_known_name() -> None:
    assert judged("Adobe", "https://xn--adob-epa.com") == "lookalike"


def test_nearly_every_imitation_is_named() -> None:
    count = imitations()
    assert count.total() >= 400
    assert (count.total() - count[None]) / count.total() >= 0.95


def test_the_readme_gives_the_figures() -> None:
    says = "run python -m tests.measures.issuers --readme"
    assert README.read_text("utf-8") == written("issuers", told()), says
