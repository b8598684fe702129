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
    """A report with this verdict; questions not in `codes` are answered as for a good badge."""
    return {"verdict": verdict, "codes": {**_ALL_RIGHT, **codes}}


def refused(code: str) -> dict[str, Any]:
    """No report but this error."""
    return {"error": code}
