"""A host on somebody's list vouches for its own, not for what strangers do with it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.made.credentials import badge
from tests.made.folder import Answer, answered, as_json, write_web
from tests.made.issuers import DID_CONTEXT, HARBOUR, MULTIKEY_CONTEXT, issuer_list
from tests.made.signing import multikey, signed
from wallet_server.cli import main

HOST = "https://harbour-guild.example"
ELSEWHERE = "https://evil.example/keys.json"
USER = "did:web:harbour-guild.example:users:mallory"


def keys_of(issuer: str) -> dict[str, object]:
    """A key document by which a stranger's key speaks for `issuer`."""
    key = {"id": f"{issuer}#k", "type": "Multikey", "controller": issuer}
    method = {**key, "publicKeyMultibase": multikey("mallory")}
    named = {"@context": [DID_CONTEXT, MULTIKEY_CONTEXT], "id": issuer}
    return {**named, "verificationMethod": [method], "assertionMethod": [f"{issuer}#k"]}


CASES = {
    "an open redirect": (
        f"{HOST}/go?to=evil",
        {
            f"{HOST}/go?to=evil": Answer(redirect=ELSEWHERE),
            ELSEWHERE: answered(keys_of(f"{HOST}/go?to=evil")),
        },
        ("unknown", "key_unreachable"),
    ),
    "an uploaded text": (
        f"{HOST}/uploads/x.txt",
        {f"{HOST}/uploads/x.txt": Answer(as_json(keys_of(f"{HOST}/uploads/x.txt")), "text/plain")},
        ("unknown", "key_unreachable"),
    ),
    "a user's own did:web": (
        USER,
        {f"{HOST}/users/mallory/did.json": answered(keys_of(USER))},
        ("unknown", "signature"),
    ),
    "a did:web redirected away": (
        USER,
        {
            f"{HOST}/users/mallory/did.json": Answer(redirect=ELSEWHERE),
            ELSEWHERE: answered(keys_of(USER)),
        },
        ("unknown", "key_unreachable"),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_stranger_on_a_listed_host_is_not_the_host(case: str, tmp_path: Path) -> None:
    issuer, web, expected = CASES[case]
    named = {"id": issuer, "type": ["Profile"], "name": "Harbour Data Guild"}
    credential = signed(badge(HARBOUR, "Crane", issuer=named), "mallory", f"{issuer}#k")
    (tmp_path / "badge.json").write_bytes(as_json(credential))
    (tmp_path / "trust.json").write_bytes(as_json(issuer_list()))
    (tmp_path / "web").mkdir()
    write_web(tmp_path / "web", web)
    options = ("--documents", str(tmp_path / "web"), "--no-default-trust", "--json")
    trust = ("--trust", str(tmp_path / "trust.json"))
    done = CliRunner().invoke(main, ["verify", str(tmp_path / "badge.json"), *options, *trust])
    report = json.loads(done.output)
    assert (report["verdict"], report["checks"][0]["code"]) == expected
