"""Every code of the contract is one that the verifier knows, and appears in a case."""

import json
import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from verifier.errors import ERROR_CODES
from verifier.report import CODES, Check, Outcome, Question, Verdict

ROOT = Path(__file__).parent.parent
SELFTEST = ROOT / "wallet_server" / "selftest"
_WORD = re.compile(r"`([a-z_]+)`")
_QUESTION = re.compile(r"^`(genuine|current|issuer|recipient|claim)` — ", re.MULTILINE)
_BRACKETS = re.compile(r"\([^()]*\)")
_OUTCOME = re.compile(r"\b(passed|failed|unknown|absent): ")


def contract() -> str:
    return (ROOT / "docs" / "contract.md").read_text(encoding="utf-8")


def in_the_contract() -> dict[Question, dict[str, str]]:
    """Code → outcome, question by question, as section 1 of the contract lists them.

    A code stands in back quotes straight after its outcome or after a middle dot; what is explained
    in brackets behind it is not one.
    """
    text = contract().partition("**Five questions**")[2].partition("**Verdict**")[0]
    pieces = _QUESTION.split(text)[1:]
    found: dict[Question, dict[str, str]] = {}
    for name, piece in zip(pieces[::2], pieces[1::2], strict=True):
        parts = _OUTCOME.split(_BRACKETS.sub("", piece))[1:]
        found[Question(name)] = {
            code: outcome
            for outcome, listed in zip(parts[::2], parts[1::2], strict=True)
            for code in _WORD.findall(listed)
        }
    return found


def expectations() -> list[dict[str, object]]:
    return [
        json.loads(path.read_bytes())["expect"] for path in sorted(SELFTEST.glob("*/case.json"))
    ]


def test_the_verifier_knows_the_contracts_codes_and_no_others() -> None:
    known = {
        question: {code: outcome.value for code, outcome in codes.items()}
        for question, codes in CODES.items()
    }
    assert known == in_the_contract()


def test_a_code_has_the_contracts_outcome_whatever_is_given_for_it() -> None:
    for question, codes in CODES.items():
        for code, outcome in codes.items():
            for given in Outcome:
                check = Check(question, code, "", outcome=given)
                assert check.outcome is outcome
    with pytest.raises(ValueError, match="no_expiry"):
        replace(Check(Question.GENUINE, "unsigned", ""), code="no_expiry")
    signed = replace(Check(Question.GENUINE, "signature", ""), code="unsigned")
    assert signed.outcome is Outcome.ABSENT


def test_every_code_appears_in_a_case() -> None:
    seen = {
        (Question(question), code)
        for expect in expectations()
        for question, code in dict(expect.get("codes", {})).items()  # type: ignore[call-overload]
    }
    every = {(question, code) for question, codes in CODES.items() for code in codes}
    assert every == seen


def test_every_verdict_and_every_error_appears_in_a_case() -> None:
    listed = contract().partition("with code ")[2].partition(". A recognised")[0]
    codes = set(_WORD.findall(_BRACKETS.sub("", listed)))
    assert {expect.get("verdict") for expect in expectations()} >= {*Verdict}
    assert {expect.get("error") for expect in expectations()} >= codes
    assert codes == ERROR_CODES
