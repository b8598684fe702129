"""Every leaf of a signed badge, spoiled in nine ways: none is ever taken for good."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.case import ACCEPTED
from tests.conformance.run import Here
from tests.made.credentials import (
    badge,
    badge_2020,
    entry,
    entry_2021,
    hashed_email,
    list_url,
    published,
    status_list_2021,
)
from tests.made.folder import answered, write_web
from tests.made.issuers import RIVERSIDE
from tests.made.signing import signed, signed_2020
from tests.mutations import leaves
from verifier import verify
from verifier.errors import NoCredential
from verifier.ports import Circumstances
from wallet_server.documents import DocumentsFolder
from wallet_server.verification import now

_MORE: dict[str, Any] = {
    "credentialStatus": entry(RIVERSIDE),
    "validUntil": "2099-01-01T00:00:00Z",
    "evidence": [{"type": ["Evidence"], "name": "Map", "narrative": "A map of the harbour."}],
}
_OF_COLLEGE = RIVERSIDE.domain, RIVERSIDE.method
SIGNED = {
    "eddsa-rdfc-2022": signed(
        badge(RIVERSIDE, "Data Literacy", hashed_email(), **_MORE), *_OF_COLLEGE
    ),
    "Ed25519Signature2020": signed_2020(
        badge_2020(
            RIVERSIDE, "Data Literacy", hashed_email(), credentialStatus=entry_2021(RIVERSIDE)
        ),
        *_OF_COLLEGE,
    ),
}
#: What becomes of a leaf. A boolean counts as a text here.
SPOILED: dict[str, Callable[[str], object]] = {
    "changed": lambda old: old[:-1] + ("x" if old[-1] != "x" else "y"),
    "longer": lambda old: f"{old} ",
    "empty": lambda _: "",
    "a number": lambda _: 7,
    "a boolean": lambda old: old != "True",
    "null": lambda _: None,
    "an object": lambda old: {"id": old},
    "two": lambda old: [old, "urn:uuid:00000000-0000-4000-8000-000000000000"],
}


def mutants(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """`document` with one leaf spoiled or removed, in every way for every leaf."""
    for path in leaves(document):
        for name in (*SPOILED, "removed"):
            copy = deepcopy(document)
            place: Any = copy
            for step in path[:-1]:
                place = place[step]
            last: Any = path[-1]
            old = place[last]
            if name == "removed":
                del place[last]
            else:
                place[last] = SPOILED[name](str(old))
            if copy != document:
                yield f"{'.'.join(map(str, path))}: {name}", copy


async def verdict(document: dict[str, Any], fetcher: DocumentsFolder) -> str:
    """Our verdict, or the code of our error."""
    try:
        report = await verify(
            json.dumps(document),
            fetcher=fetcher,
            workers=Here(),
            circumstances=Circumstances(now=now()),
        )
    except NoCredential as error:
        return error.code
    return report.verdict.value


@pytest.mark.anyio
@pytest.mark.parametrize("suite", SIGNED)
async def test_no_mutant_of_a_signed_badge_is_taken_for_good(suite: str, tmp_path: Path) -> None:
    entry_type = SIGNED[suite]["credentialStatus"]["type"]
    listed = signed_2020(status_list_2021(RIVERSIDE), *_OF_COLLEGE)
    older = {list_url(RIVERSIDE): answered(listed)}
    lists = older if entry_type == "StatusList2021Entry" else published(RIVERSIDE)
    write_web(tmp_path, {**RIVERSIDE.web(), **lists})
    fetcher = DocumentsFolder(tmp_path, now=now())
    assert await verdict(SIGNED[suite], fetcher) == "unvouched"
    verdicts = {name: await verdict(made, fetcher) for name, made in mutants(SIGNED[suite])}
    assert len(verdicts) > 250
    assert {name: word for name, word in verdicts.items() if word in ACCEPTED} == {}
    assert "invalid" in verdicts.values()
