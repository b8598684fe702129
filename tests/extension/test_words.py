"""The extension's words are the verifier's: what the one can answer, the other can say, in every
language.
"""

import json
from pathlib import Path

import pytest

from verifier.report import CODES, Outcome, Question, Verdict

LOCALES = Path(__file__).parent.parent.parent / "extension" / "_locales"
LANGUAGES = sorted(path.name for path in LOCALES.iterdir())

each_language = pytest.mark.parametrize("language", LANGUAGES)


def _words(language: str, prefix: str) -> set[str]:
    messages = json.loads((LOCALES / language / "messages.json").read_text("utf-8"))
    return {key.removeprefix(prefix) for key in messages if key.startswith(prefix)}


@each_language
def test_every_answer_has_its_short_words(language: str) -> None:
    answers = {f"{question.value}_{code}" for question in Question for code in CODES[question]}
    assert _words(language, "answer_") == answers


@each_language
def test_every_verdict_outcome_and_question_has_its_word(language: str) -> None:
    assert _words(language, "verdict_") == {verdict.value for verdict in Verdict}
    assert _words(language, "headline_") == {verdict.value for verdict in Verdict}
    assert _words(language, "outcome_") == {outcome.value for outcome in Outcome}
    assert _words(language, "question_") == {question.value for question in Question}
