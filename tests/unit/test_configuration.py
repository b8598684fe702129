"""What is written for the options of most proofs is what canonicalisation makes of them; what that
refuses is refused.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from verifier import jsonld
from verifier.proofs import configuration

V2, V1 = "https://www.w3.org/ns/credentials/v2", "https://www.w3.org/2018/credentials/v1"
BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OLDER = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"
USUAL: dict[str, Any] = {
    "type": "DataIntegrityProof",
    "cryptosuite": "eddsa-rdfc-2022",
    "created": "2026-01-01T00:00:00Z",
    "verificationMethod": "did:key:z6Mk#z6Mk",
    "proofPurpose": "assertionMethod",
}
CONTEXTS: list[Any] = [
    *([V2, BADGES], [V2], V2, [V1, OLDER], [BADGES, V2], [V1], ["https://example.org/none"]),
    *([], [V2, {"did": "https://example.org/"}], [V2, None], None, [V2, 1]),
]
#: The strangest values that each may have.
VALUES: dict[str, list[Any]] = {
    "type": ["Ed25519Signature2020", "Nothing", ["DataIntegrityProof"], "", 1, None],
    "cryptosuite": ["ecdsa-rdfc-2019", "a\nb", 'a"b', 1, 1.0, True, None, ["x"], {"@value": "x"}],
    "proofPurpose": ["authentication", "x:y", "nothing", "", 1, None, {}],
    "created": [
        *("2026-01-01T00:00:00.000+01:00", "yesterday", "2026-01-01T00:00:00Z\n", "1\\", ""),
        *(1, True, None, ["2026-01-01T00:00:00Z"], configuration.CREATED, configuration.METHOD),
    ],
    "verificationMethod": [
        *("did:web:example.org#key", "did:web:example.org%3A8#key", "https://example.org/#key"),
        *("did:key:z6Mk", "did:key:z#a b", "did:key:z#a\n", "key", "#key", "", "DID:key:z#z"),
        *("did:key:<z>", "sec:key", 1, None, {"id": "did:key:z"}, ["did:key:z", "did:key:y"]),
        *(configuration.METHOD, f"did:example:{configuration.CREATED}"),
    ],
}


def said(options: dict[str, Any], *, directly: bool) -> str:
    canonical = jsonld.canonical if directly else configuration.canonical
    try:
        return canonical(options, algorithm="sha256")
    except jsonld.Rejected as error:
        return f"{error.code} {error.reason} {error}"


@pytest.mark.parametrize("context", CONTEXTS, ids=str)
def test_it_is_what_canonicalisation_makes(context: object) -> None:
    given = [{**USUAL, "@context": context}]
    for member, values in VALUES.items():
        given += [{**USUAL, "@context": context, member: value} for value in values]
        given.append({name: value for name, value in given[0].items() if name != member})
    pairs = product(VALUES["created"], VALUES["verificationMethod"])
    given += [{**given[0], "created": one, "verificationMethod": other} for one, other in pairs]
    given.append({**given[0], "nonce": "more"})
    expected = [said(options, directly=True) for options in given]
    assert [said(options, directly=False) for options in given] == expected
    assert [said(options, directly=False) for options in reversed(given)] == expected[::-1]
