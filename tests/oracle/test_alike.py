"""The one pass and pyld, over 2,000 mutations: `python -m tests.oracle` does more."""

from pathlib import Path

import pytest

from tests.made.credentials import badge
from tests.made.issuers import RIVERSIDE
from tests.oracle.alike import compare, difference
from tests.oracle.mutations import documents, mutations


def test_whatever_the_one_pass_says_of_mutations_pyld_says_too(material: Path) -> None:
    found = documents(material.parent)
    counts, differing = compare(mutations(found, 2_000, seed=7))
    assert differing == []
    assert counts["same"] > 300


def test_what_honest_badges_are_made_of_is_not_left_to_pyld() -> None:
    words = {difference(one)[0] for one in documents(None)[:40]}
    assert "same" in words
    assert difference(badge(RIVERSIDE, "Field Botany")) == ("same", None)


@pytest.mark.parametrize("ties", [2, 3])
def test_equal_proof_graphs_are_put_in_order_as_pyld_does(ties: int) -> None:
    """Each names its graph once a statement, and each of these mentions counts."""
    document = badge(RIVERSIDE, "Field Botany")
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2025-03-14T09:30:00Z",
        "proofPurpose": "assertionMethod",
        "verificationMethod": "https://harbour-guild.example/keys/1",
        "proofValue": "z1",
    }
    endorsement = {
        "@context": document["@context"],
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": "https://harbour-guild.example/",
        "validFrom": "2025-03-14T09:30:00Z",
        "credentialSubject": {
            "id": "https://riverside-college.example/",
            "type": "EndorsementSubject",
        },
        "proof": [proof] * ties,
    }
    document["endorsement"] = [endorsement] * 2
    assert difference(document) == ("same", None)


@pytest.mark.parametrize("ties", [1, 2, 3])
def test_credentials_presented_twice_are_put_in_order_as_pyld_does(ties: int) -> None:
    """Each in a graph of its own, where unnamed parts lead to others, some told of twice."""
    achievement = {
        "type": ["Achievement"],
        "name": "Field Botany",
        "tag": ["botany", "botany", "rivers"],
        "criteria": {"narrative": 'A week\nin\u2028the field,\x85and a "test".'},
        "alignment": [{"type": ["Alignment"], "targetName": "Botany"}] * 2,
    }
    credential = {
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": "https://riverside-college.example/",
        "issuanceDate": "2025-03-14T09:30:00Z",
        "credentialSubject": {"type": ["AchievementSubject"], "achievement": achievement},
    }
    presentation = {
        "@context": [
            "https://www.w3.org/2018/credentials/v1",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
        ],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [*[credential] * ties, {**credential, "id": "urn:uuid:1"}],
    }
    assert difference(presentation, {}) == ("same", None)
