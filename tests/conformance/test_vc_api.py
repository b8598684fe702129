"""The W3C's own inputs for data model 2.0 through the VC API, as its test suite sends them.

The suite has a verifier's own issuer sign each input and asks the verifier about the result. Here
a test key signs what ought to be refused as well: with canonical JSON, which covers any text, so
that the signature fits and nothing but the structure can be at fault.
"""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.conftest import MATERIAL
from tests.made.folder import write_web
from tests.made.signing import did_key, did_key_method, signed
from tests.made.suites import Key, signed_by
from tests.server.conftest import Served, start

INPUTS = MATERIAL / "w3c-vcdm2-test-suite" / "input"
#: The key that the suite's inputs name as their holder's.
SUITES_KEY = "did:key:z6MkpJySvETLnxhQG9DzEdmKJtysBDjuuTeDfUj1uNNCUqcj"
ISSUER, HOLDER = "the suite's issuer", "the suite's holder"
#: What the suite fills in as it runs.
DATES = {"PAST DATE": "2025-01-01T00:00:00Z", "FUTURE DATE": "2125-01-01T00:00:00Z"}

_INLINE = "contract, section 1: a context given inline is unknown (`context`), never accepted"
#: What the suite and we see differently: the clause that we hold against it.
DEVIATIONS = {
    **dict.fromkeys(
        (
            *("credential-context-combo2-ok", "credential-evidence-ok", "credential-evidences-ok"),
            *("credential-refresh-type-ok", "credential-schema-type-ok", "credential-status-ok"),
            *("credential-status-missing-id-ok", "credential-termsofuse-id-ok"),
            *("credential-termsofuse-ok", "credential-termsofuses-ok"),
            *("credential-type-mapped-url-ok", "credential-proof-ok"),
            *("presentation-context-combo2-ok", "presentation-optional-type-ok"),
        ),
        _INLINE,
    ),
    "presentation-self-asserted-vc-ok": (
        "contract, section 4: 200 only where the proof of every credential in it verifies; this "
        "one has none of its own"
    ),
    "presentation-enveloped-vc-ok": (
        "contract, section 4: the token in it is signed by a key that nobody can reach"
    ),
}
#: The same where the proof covers RDF, into which the text's direction does not go.
LOST_IN_RDF = dict.fromkeys(
    (
        *("credential-description-language-direction-en-ok",),
        *("credential-name-language-direction-en-ok",),
        *("issuer-description-language-direction-en-ok", "issuer-name-language-direction-en-ok"),
    ),
    "Data Integrity, “Securing Data Losslessly”: what a JSON-LD processor drops, here @direction, "
    "is an error",
)


def names(kind: str) -> list[str]:
    """The inputs of a kind, by their names; none in a clone without the material."""
    found = sorted(INPUTS.rglob("*.json"))
    of_kind = {"credential": ("credential", "issuer"), "presentation": ("presentation",)}[kind]
    return [path.stem for path in found if path.stem.startswith(of_kind)]


def expected(name: str) -> bool:
    """Whether the suite wants it verified, as the file's name tells."""
    if name.startswith("presentation-self-asserted-vc"):
        return name.endswith("-ok")
    assert name.endswith(("-ok", "-fail", "-fail-or-inject")), name
    return name.endswith("-ok")


def read(name: str) -> dict[str, Any]:
    (path,) = INPUTS.rglob(f"{name}.json")
    found: dict[str, Any] = json.loads(path.read_bytes())
    for member, value in found.items():
        if isinstance(value, str):
            found[member] = DATES.get(value, value)
    return found


def issued(name: str, credential: dict[str, Any]) -> dict[str, Any]:
    """Filled in as the suite's request for a credential is: an issuer where none is given."""
    made = deepcopy(credential)
    issuer = made.get("issuer", did_key(ISSUER))
    if isinstance(issuer, dict):
        issuer = {"id": did_key(ISSUER), **issuer}
    return made if "no-issuer" in name else {**made, "issuer": issuer}


def by_json(document: dict[str, Any], key: str, **options: object) -> dict[str, Any]:
    """`document` with an `eddsa-jcs-2022` proof."""
    return signed_by(
        Key("Ed25519", key, did_key_method(key)), document, "eddsa-jcs-2022", **options
    )


PRESENTED = {
    "proofPurpose": "authentication",
    "challenge": "k7",
    "domain": "https://shop.example",
}


def presented(name: str, presentation: dict[str, Any]) -> dict[str, Any]:
    """Filled in as the suite's presentations are: credentials issued, and the holder a test key."""
    text = json.dumps(presentation).replace(SUITES_KEY, did_key(HOLDER))
    made: dict[str, Any] = json.loads(text)
    if "self-asserted" in name or "verifiableCredential" not in made:
        return made
    held = [
        by_json({**one, "issuer": did_key(ISSUER)}, ISSUER)
        if isinstance(one, dict) and "Enveloped" not in str(one.get("type", "Enveloped"))
        else one
        for one in made["verifiableCredential"]
    ]
    return {**made, "verifiableCredential": held}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, material: Path) -> Iterator[Served]:
    """A server with the VC API switched on and no web."""
    assert INPUTS.is_relative_to(material), "without the material this is skipped, and says so"
    folder = tmp_path_factory.mktemp("opened")
    write_web(folder / "web", {})
    server = start(folder, "--vc-api", "--documents", str(folder / "web"))
    yield server
    assert server.stop() == "", "the server complained"


@pytest.fixture(scope="module")
def client(opened: Served) -> Iterator[httpx2.Client]:
    with opened.client() as made:
        yield made


def status_of(
    client: httpx2.Client, path: str, member: str, what: object, **options: object
) -> int:
    answer = client.post(path, json={member: what, "options": options})
    assert answer.json()["verified"] is (answer.status_code == 200)
    assert answer.status_code in (200, 400), "the suite takes no other status"
    return answer.status_code


def wanted(name: str) -> int:
    return 200 if expected(name) is not (name in DEVIATIONS) else 400


@pytest.mark.parametrize("name", names("credential"))
def test_a_credential_of_the_suite(client: httpx2.Client, name: str) -> None:
    document = issued(name, read(name))
    forms = {"json": document if "-proof-missing" in name else by_json(document, ISSUER)}
    if wanted(name) == 200:
        forms["rdf"] = signed(document, ISSUER)
    for form, made in forms.items():
        asked = ("/credentials/verify", "verifiableCredential", made)
        lost = form == "rdf" and name in LOST_IN_RDF
        assert status_of(client, *asked, checks=["proof"]) == (400 if lost else wanted(name))


@pytest.mark.parametrize("name", names("presentation"))
def test_a_presentation_of_the_suite(client: httpx2.Client, name: str) -> None:
    document = presented(name, read(name))
    forms = [by_json(document, HOLDER, **PRESENTED)]
    if wanted(name) == 200:
        forms.append(signed(document, HOLDER, None, **PRESENTED))
    for form in forms:
        asked = ("/presentations/verify", "verifiablePresentation", form)
        assert status_of(client, *asked, checks=[]) == wanted(name)
        given = {"challenge": "k7", "domain": "https://shop.example"}
        assert status_of(client, *asked, **given) == wanted(name)
        assert status_of(client, *asked, challenge="k8") == 400


def test_the_suite_is_whole(material: Path) -> None:
    assert INPUTS.is_relative_to(material)
    assert len(names("credential")) >= 95
    assert len(names("presentation")) >= 25
    assert {*DEVIATIONS, *LOST_IN_RDF} <= {*names("credential"), *names("presentation")}
