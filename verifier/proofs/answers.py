"""What a proof answers, and who can mend what stands against it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.report import Check, Question


def answer(
    code: str,
    says: str,
    detail: Mapping[str, Any],
    signature: str,
    reason: str | None = None,
    fixes: Mapping[str, str] | None = None,
) -> Check:
    """The answer to `genuine` of one proof.

    `signature` is `good`, `bad` or `unchecked`, and goes to `detail` with `reason`, if there is
    one. `fixes` say for each code who can mend it, where it is not as usual.
    """
    finer = {"reason": reason} if reason else {}
    fix = (
        None
        if code == "signature"
        else (fixes or _FIXES).get(
            code, "Only the issuer can mend this, by issuing the badge anew."
        )
    )
    return Check(Question.GENUINE, code, says, fix, {**detail, "signature": signature, **finer})


_FIXES = {
    "bad_signature": "Ask the holder for the file as the issuer gave it, or ask the issuer.",
    "key_unreachable": "Try again later; if it stays so, ask the issuer to publish its keys.",
    "key_not_listed": "Ask the issuer whether this badge is theirs; they can list the key again.",
    "issuer_unproven": "The issuer can mend this by publishing its keys at its own address.",
    "key_not_issuers": "Ask the issuer whether this badge is theirs.",
    "context": "Touchstone only reads vocabularies it has pinned; ask us to add this one.",
    "unsupported_proof": "This is for us to mend; until then ask the issuer to confirm the badge.",
}
