"""What a case must come out as, told by how it differs from a badge that is all right."""

from __future__ import annotations

from typing import Any

_ALL_RIGHT = {
    "genuine": "signature",
    "current": "no_expiry",
    "issuer": "vouched",
    "recipient": "not_asked",
    "claim": "nothing_claimed",
}


def comes_out(verdict: str, **codes: str) -> dict[str, Any]:
    """A report with this verdict; questions not in `codes` are answered as for a good badge.

    Where `genuine` did not pass no list is asked about the issuer, and the answer is `not_listed`.
    """
    answers = {**_ALL_RIGHT, **codes}
    if answers["genuine"] not in ("signature", "hosted", "issuer_page") and "issuer" not in codes:
        answers["issuer"] = "not_listed"
    return {"verdict": verdict, "codes": answers}


def refused(code: str) -> dict[str, Any]:
    """No report but this error."""
    return {"error": code}
