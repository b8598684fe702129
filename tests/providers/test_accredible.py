"""Accredible's open answer, as others described it, by each of an award's ids and names."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.providers.reading import check_of, codes, gave, said
from verifier.providers import find

HOME = "https://www.credential.net"
API = "https://api.accredible.com/v1/credential-net/credentials"
EU = "https://eu.api.accredible.com/v1/credential-net/credentials"


@pytest.fixture(scope="module")
def data(material: Path) -> dict[str, Any]:
    """What the answer says of one award."""
    answer = material / "providers/accredible/credential_net_public_endpoint.reconstructed.json"
    read: dict[str, Any] = json.loads(answer.read_bytes())["data"]
    return read


def _said(url: str, asked: str, data: dict[str, Any]) -> dict[str, Any]:
    return said(url, {asked: gave(json.dumps({"data": data}).encode())})


def test_each_id_and_name_leads_to_the_answer(data: dict[str, Any]) -> None:
    uuid = data["uuid"]
    for url, asked in (
        (f"{HOME}/{uuid}#acc.AbCdEfGh", f"{API}/{uuid}"),
        (f"{HOME}/{data['id']}", f"{API}/{data['id']}"),
        (f"{HOME}/qwertyui", f"{API}/qwertyui"),
        (data["url"], f"{API}/{uuid}"),
    ):
        report = _said(url, asked, data)
        assert (codes(report)["genuine"], codes(report)["current"]) == ("issuer_page", "no_expiry")
        read = report["credential"]
        assert read["name"] == data["name"]
        assert (read["issued"], read["expires"]) == (f"{data['issued_on']}T00:00:00Z", None)
        assert read["recipient"]["name"] == data["recipient"]["name"]
        assert read["issuer"]["name"] == data["issuer"]["name"]


def test_an_organisation_counts_at_its_own_site_only(data: dict[str, Any]) -> None:
    there = HOME.replace("www", "eu")
    issuers = [
        _said(f"{home}/{data['id']}", f"{api}/{data['id']}", data)["credential"]["issuer"]["id"]
        for home, api in ((HOME, API), (there, EU))
    ]
    number = data["issuer"]["id"]
    assert issuers == [
        f"https://api.accredible.com/v1/issuers/{number}",
        f"https://eu.api.accredible.com/v1/issuers/{number}",
    ]


def test_an_answer_about_another_number_proves_nothing(data: dict[str, Any]) -> None:
    report = _said(f"{HOME}/12345678", f"{API}/12345678", data)
    assert codes(report)["genuine"] == "page_unreadable"
    assert check_of(report, "genuine")["detail"]["reason"] == "page.changed_layout"


@pytest.mark.parametrize("end", ["2020-01-01T00:00:00Z", "soon", 2020, ""])
def test_an_end_that_cannot_be_read_is_not_no_end(data: dict[str, Any], end: object) -> None:
    report = _said(f"{HOME}/{data['id']}", f"{API}/{data['id']}", {**data, "expired_on": end})
    assert (codes(report)["current"], report["verdict"]) == ("not_stated", "unknown")


def test_each_id_of_real_awards_is_recognised(material: Path) -> None:
    path = material / "providers/accredible/user_wallet_2022_index_all.json"
    for row in json.loads(path.read_text()):
        for member in ("uuid", "encoded_id", "id"):
            match = find(f"{HOME}/{row[member]}")
            assert match is not None
            assert (match.provider, match.kind) == ("accredible", "award")
