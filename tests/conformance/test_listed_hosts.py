"""A host on somebody's list vouches for its own, not for what strangers do with it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.made import assertions
from tests.made.assertions import assertion
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


def hosted_elsewhere() -> tuple[dict[str, object], dict[str, Answer]]:
    """A profile that a user put on the host, lending its name to a badge on another host."""
    profile, away = f"{HOST}/uploads/p.json", "https://evil.example"
    given = assertion("Crane", HARBOUR, id=f"{away}/a", badge=f"{away}/b")
    issuer = assertions.profile(
        HARBOUR, id=profile, verification={"allowedOrigins": ["evil.example"]}
    )
    badge_class = assertions.badge_class("Crane", HARBOUR, id=f"{away}/b", issuer=profile)
    return given, {
        f"{away}/a": answered(given),
        f"{away}/b": answered(badge_class),
        profile: answered(issuer),
    }


def test_a_profile_on_a_listed_host_vouches_for_nothing_elsewhere(tmp_path: Path) -> None:
    credential, web = hosted_elsewhere()
    report = judged(tmp_path, credential, web)
    assert report["verdict"] == "unknown"
    assert report["checks"][2]["code"] == "claims_known_name"


def test_a_page_in_place_of_json_is_an_outage(tmp_path: Path) -> None:
    given = assertion("Crane", HARBOUR)
    page = Answer(b"<html>back soon", "application/json")
    report = judged(tmp_path, given, {given["id"]: answered(given), given["badge"]: page})
    assert (report["verdict"], report["checks"][0]["code"]) == ("unknown", "host_unreachable")


@pytest.mark.parametrize("case", CASES)
def test_a_stranger_on_a_listed_host_is_not_the_host(case: str, tmp_path: Path) -> None:
    issuer, web, expected = CASES[case]
    named = {"id": issuer, "type": ["Profile"], "name": "Harbour Data Guild"}
    credential = signed(badge(HARBOUR, "Crane", issuer=named), "mallory", f"{issuer}#k")
    report = judged(tmp_path, credential, web)
    assert (report["verdict"], report["checks"][0]["code"]) == expected


def judged(folder: Path, credential: object, web: dict[str, Answer]) -> Any:  # noqa: ANN401 a report
    """The command's report on `credential`, where `web` is all there is and the host is listed."""
    (folder / "badge.json").write_bytes(as_json(credential))
    (folder / "trust.json").write_bytes(as_json(issuer_list()))
    (folder / "web").mkdir()
    write_web(folder / "web", web)
    options = ("--documents", str(folder / "web"), "--no-default-trust", "--json")
    trust = ("--trust", str(folder / "trust.json"))
    done = CliRunner().invoke(main, ["verify", str(folder / "badge.json"), *options, *trust])
    return json.loads(done.output)
