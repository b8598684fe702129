"""One badge from somebody else's collection, and how what we say of it is scored."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, field

#: The verdicts by which a badge is taken for what it says it is.
ACCEPTED = frozenset(("verified", "holder_unproven", "unvouched"))


class Case(Struct, frozen=True):
    """One input of a source.

    `input` is a file's bytes, or an address or other text; `name` what to call it. `urls` says what
    each address answers, with files below `files_root` or bytes as `content`. `expected` is the
    source's own word (`valid`, `tampered`, `revoked` …). Where no key of the issuer can be known,
    `score` is `signature` and `expected` one of `good`, `bad` and `unchecked`. `clause` names the
    text of a standard, or of the contract, by which something else is expected than the source
    says. `rows` are the items of the material that it stands for, besides its id.
    """

    id: str
    source: str
    input: bytes | str
    name: str
    urls: Mapping[str, Mapping[str, Any]]
    files_root: Path
    expected: str
    options: Mapping[str, Any] = field(default_factory=dict)
    now: str | None = None
    score: Literal["verdict", "signature"] = "verdict"
    clause: str | None = None
    rows: tuple[str, ...] = ()


class Outcome(Struct, frozen=True):
    """What we said: a verdict, the code of `genuine` and what the signature did, or an error."""

    verdict: str | None = None
    code: str | None = None
    signature: str | None = None
    error: str | None = None

    def __str__(self) -> str:
        """For a table: `invalid (bad_signature)`, `error not_a_badge`."""
        return f"{self.verdict} ({self.code})" if self.error is None else f"error {self.error}"


class Score(StrEnum):
    """How a case came out. A false accept is wrong, and counted on its own as well."""

    RIGHT = "right"
    WRONG = "wrong"
    UNKNOWN = "unknown"
    FALSE_ACCEPT = "false accept"


_ANY_TROUBLE = frozenset(("revoked", "suspended", "expired", "not_yet_valid", "not_theirs"))

#: A source's word → what is right for us to say: verdicts, and errors as `error:code`.
RIGHT: Mapping[str, frozenset[str]] = {
    "valid": ACCEPTED,
    "warning": ACCEPTED | _ANY_TROUBLE | {"unknown", "overstated", "impostor"},
    **dict.fromkeys(
        ("tampered", "bad_signature", "bad_proof", "bad_key", "invalid"), frozenset(("invalid",))
    ),
    "bad_structure": frozenset(("invalid", "error:malformed")),
    **dict.fromkeys(("revoked", "revoked+expired"), frozenset(("revoked",))),
    **{word: frozenset((word,)) for word in ("suspended", "expired", "not_yet_valid")},
    "wrong_recipient": frozenset(("not_theirs",)),
    **dict.fromkeys(
        ("status_unreachable", "status_unusable", "unresolvable_issuer", "unsigned"),
        frozenset(("unknown",)),
    ),
    "unknown": frozenset(("unknown",)),
    "unreachable": frozenset(("unknown", "error:unreachable", "error:not_a_badge")),
    "no_badge": frozenset(("error:not_a_badge",)),
    "too_large": frozenset(("error:too_large",)),
    "not_an_award": frozenset(("error:not_an_award",)),
}

#: Expectations that only forbid an acceptance.
NEVER_ACCEPTED = frozenset(("baked", "base_proof"))
#: Every word that holds us to something.
KNOWN = frozenset(RIGHT) | NEVER_ACCEPTED
#: Expectations under which an acceptance is no false one.
GOOD = frozenset(("valid", "warning", "good"))


def score(case: Case, outcome: Outcome) -> Score:
    """Hold an outcome against a case's expectation."""
    if outcome.verdict in ACCEPTED and (case.expected not in GOOD or case.score == "signature"):
        return Score.FALSE_ACCEPT
    if case.score == "signature":
        return _score_signature(case, outcome)
    if case.expected in NEVER_ACCEPTED:
        return Score.RIGHT
    said = outcome.verdict if outcome.error is None else f"error:{outcome.error}"
    if said in RIGHT[case.expected]:
        return Score.RIGHT
    if case.expected == "invalid" and outcome.code == "unsupported_proof":
        return Score.RIGHT  # bad or good: we say that we cannot check this kind of proof
    return Score.UNKNOWN if said == "unknown" else Score.WRONG


def _score_signature(case: Case, outcome: Outcome) -> Score:
    """The signature alone; the verdict must be no better than `unknown`."""
    if outcome.verdict not in ("unknown", "invalid"):
        return Score.WRONG
    if outcome.signature == case.expected:
        return Score.RIGHT
    return Score.UNKNOWN if outcome.signature == "unchecked" else Score.WRONG
