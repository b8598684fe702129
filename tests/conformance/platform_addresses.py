"""The collected addresses of the platforms: each is what it is labelled, or nobody's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from tests.conformance.case import Case, Outcome, Score
from verifier.providers import find

SOURCE = "platforms' addresses"
#: The finer words of the collected addresses → the contract's, `None` for what is no platform's.
WORDS: dict[str, str | None] = {
    **dict.fromkeys(
        (
            *("award", "embed-frame", "assertion-json", "ob3-credential-id", "credential-json"),
            *("credential-share", "credential-page", "achievement-share", "learning-certificate"),
            *("transcript-share", "transcript-json", "stored-copy"),
        ),
        "award",
    ),
    **dict.fromkeys(
        ("profile", "profile-json", "profile-achievements", "profile-licences", "collection"),
        "profile",
    ),
    **dict.fromkeys(
        (
            *("template-image", "trophy-image", "module-image", "certification-image"),
            *("applied-skill-image", "badge-or-other-image", "award-image"),
        ),
        "picture",
    ),
    **dict.fromkeys(
        ("template", "badge-class", "badge-class-json", "catalog-page"),
        "template",
    ),
    **dict.fromkeys(("organization", "issuer", "ob3-issuer-did"), "organization"),
    **dict.fromkeys(("ob3-status", "award-pdf"), "file"),
    **dict.fromkeys(("wrapper", "add-to-profile", "verify-wrapper"), "wrapper"),
    "short-link": "short_link",
    **dict.fromkeys(
        ("award-owner-view", "private-page", "legacy-transcript", "verify-form"), "private"
    ),
    "not-a-badge": None,
}


def addresses(material: Path) -> Iterator[tuple[Case, Outcome, Score]]:
    """Every address that was collected: its platform and kind, and where they are told its id and
    canonical spelling. One that is no platform's must stay so.
    """
    for path in sorted((material / "providers").glob("*/url_corpus.jsonl")):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            row = json.loads(line)
            kind = WORDS[row["kind"]]
            expected = (
                _NOBODYS if kind is None else f"{row.get('platform', path.parent.name)} {kind}"
            )
            for member in ("id", "canonical"):
                expected += f" {row[member]}" if kind and row.get(member) else ""
            said = _said(row["url"], [member for member in ("id", "canonical") if row.get(member)])
            name = f"{path.parent.name} {number}: {row['url']}"
            case = Case(name, SOURCE, row["url"], name, {}, Path(), expected)
            yield case, Outcome(code=said), _score(expected, said)


_NOBODYS = "nobody's"


def _said(url: str, members: list[str]) -> str:
    match = find(url)
    if match is None:
        return _NOBODYS
    told = {"id": match.id, "canonical": match.canonical}
    return " ".join((match.provider, match.kind, *(told[member] for member in members)))


def _score(expected: str, said: str) -> Score:
    """Taking a stranger's address for a platform's is a false accept."""
    if said == expected:
        return Score.RIGHT
    return Score.FALSE_ACCEPT if expected == _NOBODYS else Score.WRONG
