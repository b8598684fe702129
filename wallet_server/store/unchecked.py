"""What is shown of a credential that came with a backup until it is checked here: what it says of
itself, and that nothing of it is established. What the backup found stands in its history.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.report import Outcome, Question, Verdict

HEADLINE = "From a backup, not checked here yet."
_FIX = "Check it again: that asks its issuer."
_ANSWERS = (
    (
        Question.GENUINE,
        Outcome.UNKNOWN,
        "page_only",
        "This is as a backup has it. Anybody can write one; nothing of it was checked here yet.",
    ),
    (
        Question.CURRENT,
        Outcome.UNKNOWN,
        "stale",
        "What the backup says of it is history. Whether it is in force now was not asked yet.",
    ),
    (
        Question.ISSUER,
        Outcome.UNKNOWN,
        "registry_unread",
        "No list was asked about its issuer yet.",
    ),
    (Question.RECIPIENT, Outcome.ABSENT, "not_asked", "It was held against nobody."),
    (Question.CLAIM, Outcome.ABSENT, "nothing_claimed", "Nobody claims anything about it."),
)


def unchecked(told: Mapping[str, Any]) -> dict[str, Any]:
    """The report in place of the one that a backup tells of, in the contract's shape."""
    credential = dict(told["credential"])
    credential["issuer"] = {**credential["issuer"], "proven": None, "vouched_by": []}
    credential["endorsements"] = [unchecked(one) for one in credential["endorsements"]]
    return {
        **told,
        "verdict": Verdict.UNKNOWN.value,
        "headline": HEADLINE,
        "assurance": "none",
        "checks": [_answer(*one) for one in _ANSWERS],
        "credential": credential,
        "contacted": [],
        "status_as_of": None,
        "bundle": [unchecked(one) for one in told["bundle"]],
    }


def _answer(question: Question, outcome: Outcome, code: str, says: str) -> dict[str, Any]:
    fix = _FIX if outcome is Outcome.UNKNOWN else None
    said = {"question": question.value, "outcome": outcome.value, "code": code}
    return {**said, "says": says, "fix": fix, "detail": {}}
