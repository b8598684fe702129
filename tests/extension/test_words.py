"""The extension's words are the verifier's: what the one can answer, the other can say."""

import json
from pathlib import Path

from verifier.report import CODES, Outcome, Question, Verdict

EXTENSION = Path(__file__).parent.parent.parent / "extension"
MESSAGES = json.loads((EXTENSION / "_locales" / "en" / "messages.json").read_text("utf-8"))


def _words(prefix: str) -> set[str]:
    return {key.removeprefix(prefix) for key in MESSAGES if key.startswith(prefix)}


def test_every_answer_has_its_short_words() -> None:
    answers = {f"{question.value}_{code}" for question in Question for code in CODES[question]}
    assert _words("answer_") == answers


def test_every_verdict_outcome_and_question_has_its_word() -> None:
    assert _words("verdict_") == {verdict.value for verdict in Verdict}
    assert _words("outcome_") == {outcome.value for outcome in Outcome}
    assert _words("question_") == {question.value for question in Question}
