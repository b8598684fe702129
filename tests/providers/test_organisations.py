"""Organisations at Credly are known by their ids: a name is what anybody may take."""

import json
import re
from typing import Any

import pytest

from tests.made import cases_credly
from tests.made.assertions import assertion, badge_class, profile
from tests.made.folder import Answer
from tests.providers.reading import check_of, codes, gave, said
from verifier.trust import shipped

_CREDLY = re.compile(
    r"https://[a-z.]*credly\.com/.*/([0-9a-f-]{36})|did:web:www\.credly\.com:.*:([0-9a-f-]{36})"
)
LISTED = [
    (found[1] or found[2], issuer.name)
    for registry in shipped()
    for issuer in registry.issuers
    for found in [_CREDLY.fullmatch(issuer.id)]
    if found and issuer.policy == "trust"
]
#: The systems that must work, by a word of their names.
WANTED = ("Louisville", "Google", "Adobe", "IBM", "Amazon Web Services", "Cisco", "Microsoft")


def award_of(organisation: str, called: str) -> dict[str, Any]:
    web = cases_credly.award_web(organisation, called)
    answers = {url: gave(_content(answer)) for url, answer in web.items()}
    return said(cases_credly.AWARD, answers)


def _content(answer: Answer) -> bytes:
    assert answer.content is not None
    return answer.content


@pytest.mark.parametrize("word", WANTED)
def test_the_systems_that_must_work_are_listed(word: str) -> None:
    assert [name for _, name in LISTED if word in name]


@pytest.mark.parametrize(("organisation", "name"), LISTED, ids=[name for _, name in LISTED])
def test_an_organisation_is_known_by_its_id_whatever_it_calls_itself(
    organisation: str, name: str
) -> None:
    report = award_of(organisation, "Some Other Name")
    assert codes(report)["issuer"] == "platform_vouched"
    assert check_of(report, "issuer")["detail"]["name"] == name
    assert "through Credly" in report["headline"]


@pytest.mark.parametrize("name", [name for _, name in LISTED])
def test_its_name_over_another_id_is_never_vouched_for(name: str) -> None:
    report = award_of(cases_credly.STRANGER, name)
    assert codes(report)["issuer"] == "claims_known_name"
    assert report["verdict"] == "unknown"


def test_what_a_stranger_puts_on_a_listed_companys_site_is_not_the_companys() -> None:
    home = "https://courses.edx.org/asset-v1:mine"
    made = assertion("Chart Reading", id=f"{home}/award.json", badge=f"{home}/class.json")
    own = badge_class("Chart Reading", id=made["badge"], issuer=f"{home}/edx.json")
    issuer = profile(id=f"{home}/edx.json", name="edX", url="https://www.edx.org")
    web = {one["id"]: gave(json.dumps(one).encode()) for one in (made, own, issuer)}
    report = said(made["id"], web)
    assert codes(report)["genuine"] == "hosted"
    assert codes(report)["issuer"] == "claims_known_name"
