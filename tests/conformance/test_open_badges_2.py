"""Open Badges 2.0 and before, hosted and signed: every answer of `genuine`, and hostile input."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import anyio
import pytest

from tests.conformance import hosted_cases, older_cases, signed_cases
from tests.conformance.hosted import (
    ASSERTION,
    BADGE,
    ISSUER,
    NAME,
    Hosted,
    badge,
    web,
)
from tests.conformance.run import Here
from tests.made.assertions import assertion, profile
from tests.made.folder import Web, as_json, write_web
from tests.made.issuers import HARBOUR
from verifier import verify
from verifier.errors import NoCredential
from verifier.ports import Circumstances
from verifier.report import Report, Verdict
from wallet_server.documents import DocumentsFolder
from wallet_server.wire import encoded, report_object

NOW = datetime(2026, 1, 1, tzinfo=UTC)
CASES = [*hosted_cases.cases(), *older_cases.cases(), *signed_cases.cases()]
#: One value of every kind, and some that look almost right.
HOSTILE: tuple[object, ...] = (
    *(None, [], {}, [None], [[]], [{}], 0, -1.5, True, False, "", "x", ["a", 1], 10**15),
    *("http://", "https://[::1", "_:b0", "data:,", "javascript:alert(1)", "9" * 400),
    *({"id": None}, {"id": []}, {"type": {}}, {"@context": 1}, [{"id": ISSUER}] * 3),
)
DOCUMENTS = {
    ASSERTION: assertion(
        NAME,
        expires="2040-01-01T00:00:00Z",
        image={"id": f"{ASSERTION}.png"},
        evidence=[{"id": f"{ASSERTION}/work", "narrative": "a chart"}],
    ),
    BADGE: badge(
        tags=["charts"],
        alignment=[{"targetName": "Charts", "targetUrl": "https://skills.example/charts"}],
    ),
    ISSUER: profile(
        verification={"allowedOrigins": [HARBOUR.domain], "startsWith": [f"{HARBOUR.home}/"]}
    ),
}


def judged(source: str | bytes, answers: Web, folder: Path) -> Report:
    """The report, with `answers` as the whole web."""
    write_web(folder, answers)

    async def run() -> Report:
        return await verify(
            source,
            fetcher=DocumentsFolder(folder, now=NOW),
            workers=Here(),
            circumstances=Circumstances(now=NOW),
        )

    return anyio.run(run)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_badge_gets_the_answer_that_is_true_of_it(case: Hosted, tmp_path: Path) -> None:
    report = judged(case.source, case.web, tmp_path)
    genuine = report.checks[0]
    assert (genuine.code, report.verdict.value) == (case.code, case.verdict), genuine
    assert {**genuine.detail, **case.detail} == genuine.detail
    assert not set(case.absent).intersection(genuine.detail)
    assert genuine.outcome == "passed" or genuine.fix


def test_no_two_cases_have_one_name() -> None:
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("document", "member"),
    [
        *((ASSERTION, name) for name in ("@context", "type", "id", "recipient", "badge")),
        *((ASSERTION, name) for name in ("issuedOn", "verification")),
        *((BADGE, name) for name in ("name", "description", "image", "criteria", "issuer")),
        *((ISSUER, name) for name in ("name", "url")),
    ],
)
def test_every_required_member_is_missed_by_name(
    document: str, member: str, tmp_path: Path
) -> None:
    kind = {ASSERTION: "assertion", BADGE: "badge", ISSUER: "issuer"}[document]
    made: dict[str, Any] = {"assertion": assertion(NAME), "badge": badge()}
    made |= {"issuer": profile()}
    made[kind] = {key: value for key, value in made[kind].items() if key != member}
    report = judged(ASSERTION, web(**made), tmp_path)
    assert report.verdict is Verdict.INVALID
    assert report.checks[0].code == "structure"
    assert report.checks[0].detail["reason"] == f"ob2.{kind}.{member}"
    assert f"“{member}”" in report.checks[0].says


@pytest.mark.parametrize(
    ("document", "says"),
    [
        (badge(), "many can earn"),
        (profile(), "an issuer"),
        ({"@context": "https://w3id.org/openbadges/v2", "type": "RevocationList"}, "nobody's"),
    ],
)
def test_a_class_or_a_profile_is_nobodys_award(
    document: dict[str, Any], says: str, tmp_path: Path
) -> None:
    with pytest.raises(NoCredential, match=says) as caught:
        judged(as_json(document), web(), tmp_path)
    assert caught.value.code == "not_an_award"


@pytest.mark.parametrize("content", [b"{}", b'{"revoked": true}'])
def test_a_stub_that_no_address_gave_out_is_no_badge(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(NoCredential) as caught:
        judged(content, {}, tmp_path)
    assert caught.value.code in ("not_a_badge", "not_an_award")


def test_what_is_shown_comes_from_the_copy_that_counts(tmp_path: Path) -> None:
    copy = assertion(NAME, badge=badge(name="Doctor of Charts"), narrative="forged")
    credential = judged(as_json(copy), web(), tmp_path).credential
    assert credential.name == NAME
    assert "narrative" not in credential.document


@pytest.mark.parametrize(
    "script",
    [
        *("javascript:alert(1)", "JavaScript:alert(1)", "java\tscript:alert(1)", "vbscript:x"),
        *("data:text/html,<script>", "file:///etc/passwd", "//a.example/x", "ftp://a.example/x"),
    ],
)
def test_a_link_is_only_ever_a_web_address(script: str, tmp_path: Path) -> None:
    made = web(
        assertion=assertion(NAME, evidence=[script, {"id": script, "name": "work"}]),
        badge=badge(criteria=script, image=script),
    )
    credential = judged(ASSERTION, made, tmp_path).credential
    links = [credential.criteria.url, credential.image, *(one.url for one in credential.evidence)]
    assert links == [None] * 4


def places(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every member of a document."""
    steps: list[Any] = []
    if isinstance(value, dict):
        steps = list(value)
    elif isinstance(value, list):
        steps = list(range(len(value)))
    for step in steps:
        yield (*path, step)
        yield from places(value[step], (*path, step))  # type: ignore[index] # it has that step


@pytest.mark.parametrize("url", DOCUMENTS)
def test_hostile_values_get_a_report_or_a_clear_error(url: str, tmp_path: Path) -> None:
    verdicts = set()
    names = {ASSERTION: "assertion", BADGE: "badge", ISSUER: "issuer"}
    made = {names[address]: document for address, document in DOCUMENTS.items()}
    for path in places(DOCUMENTS[url]):
        for value in HOSTILE:
            changed = deepcopy(DOCUMENTS[url])
            place: Any = changed
            for step in path[:-1]:
                place = place[step]
            place[path[-1]] = value
            answers = web(**{**made, names[url]: changed})
            try:
                report = judged(ASSERTION, answers, tmp_path)
            except NoCredential as error:
                verdicts.add(error.code)
                continue
            assert json.loads(encoded(report_object(report)))["verdict"] == report.verdict
            verdicts.add(report.verdict.value)
    assert {"invalid", "unvouched"} <= verdicts
