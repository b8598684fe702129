"""A server that has met a badge before says of it what holds now."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.made.cases_genuine import COLLEGE_WEB, good
from tests.made.credentials import by, published
from tests.made.folder import Web, as_json, write_web
from tests.made.issuers import RIVERSIDE, issuer_list
from tests.made.signing import multikey
from tests.server.conftest import start
from tests.server.parts import parts_of
from verifier.kept import Kept
from verifier.ports import Person
from wallet_server.cache import CachedFetcher
from wallet_server.commands.selftest import CASES
from wallet_server.copies import KeptDocuments
from wallet_server.documents import DocumentsFolder
from wallet_server.services import Context
from wallet_server.store.database import Database
from wallet_server.verification import now

INDEX = 4242
BADGE = as_json(by(RIVERSIDE, good())).decode()
(_KEY,) = RIVERSIDE.did_document()["verificationMethod"]


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the college's answers are, to be changed."""
    folder = tmp_path_factory.mktemp("known")
    write_web(folder / "web", COLLEGE_WEB)
    (folder / "trust.json").write_bytes(as_json(issuer_list()))
    return folder / "web"


@pytest.fixture(scope="module")
def college(web: Path) -> Iterator[httpx2.Client]:
    """A client of a server that has met the badge often."""
    options = ("--documents", str(web), "--trust", str(web.parent / "trust.json"))
    served = start(web.parent, *options, "--no-default-trust")
    with served.client(served.pair()) as client:
        yield client
    assert served.stop() == "", "the server complained"


def ask(client: httpx2.Client, text: str = BADGE) -> dict[str, Any]:
    return json.loads(client.post("/api/verify", json={"credential": text}).content)  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("change", "verdict", "codes"),
    [
        (published(RIVERSIDE, [INDEX]), "revoked", {"signature", "revoked"}),
        (
            RIVERSIDE.web(verificationMethod=[{**_KEY, "publicKeyMultibase": multikey("thief")}]),
            *("invalid", {"bad_signature"}),
        ),
        (RIVERSIDE.web(verificationMethod=[], assertionMethod=[]), "unknown", {"key_not_listed"}),
    ],
    ids=["revoked", "another key", "key gone"],
)
def test_what_became_known_since_shows_at_once(
    college: httpx2.Client, web: Path, change: Web, verdict: str, codes: set[str]
) -> None:
    for _ in range(3):
        assert ask(college)["verdict"] == "verified"
    write_web(web, {**COLLEGE_WEB, **change})
    try:
        report = ask(college)
        assert report["verdict"] == verdict
        assert codes <= {check["code"] for check in report["checks"]}
    finally:
        write_web(web, COLLEGE_WEB)
    assert ask(college)["verdict"] == "verified"


def test_a_letter_more_is_another_badge(college: httpx2.Client) -> None:
    for _ in range(3):
        assert ask(college)["verdict"] == "verified"
        assert ask(college, BADGE.replace("panel", "pannel"))["verdict"] == "invalid"


@pytest.mark.anyio
async def test_nothing_is_kept_where_it_is_asked_anew_and_all_goes_with_a_deletion(
    database: Database, tmp_path: Path
) -> None:
    memory, door = Kept(), KeptDocuments({}, now(), as_of_then=True)
    parts = parts_of(database, tmp_path, door, cache=CachedFetcher(door), memory=memory)
    for anew, kept in ((True, False), (False, True)):
        await parts.check(BADGE.encode(), Context(), own="", label="badge", anew=anew)
        assert (memory.count > 0) == kept
    parts.forget()
    assert memory.count == 0


@pytest.mark.anyio
async def test_no_token_address_or_name_outlives_a_deletion(
    database: Database, tmp_path: Path
) -> None:
    case = CASES / "an-award-at-credly-whose-title-names-her"
    address = json.loads((case / "case.json").read_bytes())["input"]
    token = (CASES / "a-jwt-about-her" / "input.jwt").read_bytes()
    parts = parts_of(database, tmp_path, DocumentsFolder(case / "documents"))
    about = Context(Person(names=("Solano, Myra",)))
    for source in (address, token):
        await parts.check(source, about, own="", label="badge", anew=True)
    assert _remembered() >= {address, token, "mira"}
    parts.forget()
    assert _remembered().isdisjoint((address, token, "mira"))


def _remembered() -> set[object]:
    """By what functions of the verifier keep what they were asked."""
    kind = type(lru_cache(maxsize=1)(len))
    found: set[object] = set()
    for one in gc.get_objects():
        if isinstance(one, kind) and one.__module__.startswith("verifier."):
            for asked in (held for held in gc.get_referents(one) if isinstance(held, dict)):
                for key in asked:
                    found.update(key if isinstance(key, tuple) else (key,))
    return found
