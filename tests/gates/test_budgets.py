"""Badges that name more than is looked up, or that nobody could put in order: what the command
spends on them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.gates.json_rows import compact
from tests.gates.row import said, verified
from tests.made.cases_genuine import COLLEGE_WEB, good
from tests.made.credentials import by, entry, list_url, status_list
from tests.made.folder import Web, answered
from tests.made.issuers import RIVERSIDE
from tests.made.signing import JsonDocument

#: Look-ups that one badge may ask for (`verifier.gather`).
LOOK_UPS = 12


def _lists(number: int) -> JsonDocument:
    """A badge with this many statuses, each in a list of its own."""
    at = f"{RIVERSIDE.home}/lists"
    return good(
        credentialStatus=[
            {**entry(RIVERSIDE, n), "id": f"{at}/{n}#1", "statusListCredential": f"{at}/{n}"}
            for n in range(number)
        ]
    )


def _alike(parts: int) -> JsonDocument:
    """A badge with two results that are alike, each with this many alignments that are alike."""
    alignment = {
        "type": ["Alignment"],
        "targetName": "Reading",
        "targetUrl": "https://skills.example/reading",
    }
    document = good()
    document["credentialSubject"]["result"] = [
        {"type": ["Result"], "value": "A", "alignment": [alignment] * parts} for _ in range(2)
    ]
    return document


def _with_proofs(number: int) -> JsonDocument:
    """A badge with one good proof and others by as many strangers."""
    document = by(RIVERSIDE, good())
    others = [f"did:web:stranger-{n}.example#key" for n in range(number)]
    proofs = [{**document["proof"], "verificationMethod": method} for method in others]
    return {**document, "proof": [document["proof"], *proofs]}


def _with_contexts(number: int) -> JsonDocument:
    """A badge with this many vocabularies that nobody pins."""
    document = by(RIVERSIDE, good())
    more = [f"https://words.example/{n}" for n in range(number)]
    return {**document, "@context": [*document["@context"], *more]}


#: NET-20: what names too much, and the answer it gets.
CROWDED = {
    "500 status lists": (by(RIVERSIDE, _lists(500)), ("unknown", "status_unreachable")),
    "500 pieces of evidence": (
        by(
            RIVERSIDE,
            good(
                evidence=[
                    {"id": f"https://works.example/{n}", "type": ["Evidence"]} for n in range(500)
                ]
            ),
        ),
        ("verified", ""),
    ),
    "500 proofs": (_with_proofs(499), ("invalid", "key_not_issuers/key.foreign")),
    "500 vocabularies": (_with_contexts(500), ("invalid", "structure/context.count")),
}
#: JLD-13, JLD-14: signatures over what can't be ordered in time are never looked at; what is only
#: hard is put in order.
POISONED = {
    **{f"two of {n} alike": (n, ("unknown", "too_costly")) for n in (6, 7, 9, 12, 50, 200)},
    "two of 4 alike": (4, ("verified", "")),
}


def _spent(
    folder: Path, document: JsonDocument, web: Web = COLLEGE_WEB
) -> tuple[dict[str, Any], float]:
    """The command's report on `document`, and the processor time that it and its workers took."""
    spent, contents = folder / "spent", {"badge": compact(document).encode()}
    report = verified(folder, contents, web, spent)["badge"]
    return report, float(spent.read_text(encoding="ascii"))


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> float:
    """What the command spends on a good badge."""
    report, seconds = _spent(tmp_path_factory.mktemp("usual"), by(RIVERSIDE, good()))
    assert said(report) == ("verified", "")
    return seconds


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    contents = {name: compact(document).encode() for name, (document, _) in CROWDED.items()}
    return verified(tmp_path_factory.mktemp("crowded"), contents, COLLEGE_WEB)


@pytest.mark.parametrize("name", CROWDED)
def test_a_badge_has_few_addresses_looked_up_however_many_it_names(
    name: str, crowded: dict[str, dict[str, Any]]
) -> None:
    report = crowded[name]
    assert said(report) == CROWDED[name][1]
    asked = [document["url"] for document in report["contacted"]]
    assert len(asked) == len(set(asked))
    assert len(asked) <= LOOK_UPS


@pytest.mark.parametrize("name", POISONED)
def test_a_poisoned_graph_ends_within_a_second(name: str, usual: float, tmp_path: Path) -> None:
    parts, answer = POISONED[name]
    document = by(RIVERSIDE, _alike(min(parts, 4)))
    document = {**_alike(parts), "proof": document["proof"]}
    report, seconds = _spent(tmp_path, document)
    assert said(report) == answer
    assert seconds - usual < 1


def test_a_large_list_is_read_few_times_however_many_statuses_are_in_it(
    usual: float, tmp_path: Path
) -> None:
    listed = status_list(RIVERSIDE, words=[[number] for number in range(40_000)])
    web = {**COLLEGE_WEB, list_url(RIVERSIDE): answered(listed, "application/vc+ld+json")}
    document = by(RIVERSIDE, good(credentialStatus=[entry(RIVERSIDE, n) for n in range(400)]))
    report, seconds = _spent(tmp_path, document, web)
    assert report["verdict"] == "unknown"
    assert seconds - usual < 6  # of which a worker is given three at most


@pytest.mark.parametrize(
    "host", ["a." * 2000 + "example", "college.example#" + "a" * 120_000], ids=["labels", "letters"]
)
def test_an_issuer_of_a_very_long_name_costs_nothing(
    host: str, usual: float, tmp_path: Path
) -> None:
    document = {**good(), "issuer": {"id": f"did:web:{host}", "type": ["Profile"], "name": "A"}}
    report, seconds = _spent(tmp_path, document)
    assert report["checks"][2]["code"] == "not_listed"
    assert seconds - usual < 2


def test_a_poisoned_badge_harms_none_of_its_neighbours(tmp_path: Path) -> None:
    poisoned = compact({**_alike(9), "proof": by(RIVERSIDE, good())["proof"]}).encode()
    healthy = compact(by(RIVERSIDE, good())).encode()
    contents = {str(n): healthy if n % 3 else poisoned for n in range(12)}
    reports = verified(tmp_path, contents, COLLEGE_WEB)
    answers = [report["verdict"] for report in reports.values()]
    assert answers == ["verified" if n % 3 else "unknown" for n in range(12)]
    assert json.dumps(reports["1"]["checks"]) == json.dumps(reports["11"]["checks"])
