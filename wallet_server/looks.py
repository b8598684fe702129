"""The twelve verdicts and four outcomes as people see them: word, sign and colour together."""

from __future__ import annotations

from msgspec import Struct

from verifier.report import Outcome, Question, Verdict


class Look(Struct, frozen=True):
    """How a verdict looks: its word, its shape, a sign for terminals, and its family of colour."""

    word: str
    shape: str
    sign: str
    tone: str
    terminal: str


VERDICTS: dict[Verdict, Look] = {
    Verdict.VERIFIED: Look("Verified", "disc-check", "●✓", "green", "green"),
    Verdict.HOLDER_UNPROVEN: Look("Holder not confirmed", "ring-figure", "○?", "blue", "blue"),
    Verdict.UNVOUCHED: Look("Intact, issuer not known", "ring-check", "○✓", "blue", "blue"),
    Verdict.OVERSTATED: Look("Page says more", "disc-bars", "●≠", "amber", "yellow"),
    Verdict.NOT_YET_VALID: Look("Not yet valid", "ring-clock", "○◷", "amber", "yellow"),
    Verdict.EXPIRED: Look("Expired", "disc-clock", "●◷", "amber", "yellow"),
    Verdict.SUSPENDED: Look("Suspended", "disc-pause", "●‖", "amber", "yellow"),
    Verdict.NOT_THEIRS: Look("Someone else's", "octagon-figures", "⬣⚇", "red", "red"),
    Verdict.IMPOSTOR: Look("Imitation", "octagon-mask", "⬣≈", "red", "red"),
    Verdict.REVOKED: Look("Revoked", "octagon-bar", "⬣━", "red", "red"),
    Verdict.INVALID: Look("Not genuine", "octagon-cross", "⬣✗", "red", "red"),
    Verdict.UNKNOWN: Look("Not established", "dashed-question", "◌?", "grey", "bright_black"),
}

#: Sign and word of an outcome; an outcome is never shown by its sign or colour alone.
OUTCOMES: dict[Outcome, tuple[str, str]] = {
    Outcome.PASSED: ("✓", "yes"),
    Outcome.FAILED: ("✗", "no"),
    Outcome.UNKNOWN: ("?", "not established"),
    Outcome.ABSENT: ("·", "nothing to check"),
}

#: The five questions as a reader would put them.
QUESTIONS: dict[Question, str] = {
    Question.GENUINE: "Genuine?",
    Question.CURRENT: "In force?",
    Question.ISSUER: "Issuer known?",
    Question.RECIPIENT: "This person?",
    Question.CLAIM: "As the page says?",
}

#: Why there is no report, as a title.
ERRORS: dict[str, str] = {
    "not_a_badge": "No badge",
    "malformed": "Not readable",
    "ambiguous": "More than one badge",
    "too_large": "Too large",
    "not_an_award": "Not an award",
    "unreachable": "Not reached",
    "sign_in": "Asks to sign in",
    "blocked": "Turned away",
}
#: Errors that leave open whether there is a badge: they count as a failure, not as "no badge", and
#: it is worth asking again.
NOT_REACHED = frozenset(("unreachable", "sign_in", "blocked"))
