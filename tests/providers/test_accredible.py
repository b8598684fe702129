"""Accredible's open answer, as others described it, by each of an award's ids and names."""

import json
from pathlib import Path

import pytest

from tests.providers.reading import codes, gave, said
from verifier.providers import find

UUID = "e62a0eab-4375-4aca-b91d-da37eccb1407"
API = "https://api.accredible.com/v1/credential-net/credentials"


@pytest.mark.parametrize(
    ("url", "id"),
    [
        (f"https://www.credential.net/{UUID}#acc.AbCdEfGh", UUID),
        ("https://www.credential.net/48686379", "48686379"),
        ("https://www.credential.net/qwertyui", "qwertyui"),
        (f"https://skillsoft.digitalbadges.skillsoft.com/{UUID}", UUID),
    ],
)
def test_each_id_and_name_leads_to_the_answer(material: Path, url: str, id: str) -> None:
    answer = material / "providers/accredible/credential_net_public_endpoint.reconstructed.json"
    report = said(url, {f"{API}/{id}": gave(answer.read_bytes())})
    assert codes(report)["genuine"] == "issuer_page"
    assert codes(report)["current"] == "no_expiry"
    read = report["credential"]
    assert read["name"] == "Microsoft Azure Fundamentals: Managing Azure Services"
    assert (read["issued"], read["expires"]) == ("2022-03-28T00:00:00Z", None)
    assert (read["recipient"]["name"], read["issuer"]["name"]) == ("Alex Sample", "Skillsoft")


def test_each_id_of_real_awards_is_recognised(material: Path) -> None:
    path = material / "providers/accredible/user_wallet_2022_index_all.json"
    for row in json.loads(path.read_text()):
        for member in ("uuid", "encoded_id", "id"):
            match = find(f"https://www.credential.net/{row[member]}")
            assert match is not None
            assert (match.provider, match.kind) == ("accredible", "award")
