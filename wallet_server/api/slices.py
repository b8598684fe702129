"""The members of a JSON object as they were sent: each value's own text, not one written anew.

What is verified must be what was sent, byte for byte, so a body that wraps a credential is cut and
not parsed: the gate for JSON (`verifier.json_gate`) meets the credential's own text.
"""

from __future__ import annotations

import json

from verifier.errors import Malformed

_SPACE = " \t\r\n"


def members(body: bytes) -> dict[str, str]:
    """The text of each member's value. Raises `Malformed` (`json.syntax`, `json.encoding`,
    `json.duplicate`, `json.not_object`); what a value holds is for its reader to judge.
    """
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Malformed("json.encoding", "The body is not UTF-8.") from error
    try:
        return _members(text)
    except (ValueError, RecursionError) as error:
        raise Malformed("json.syntax", "The body is not JSON.") from error


def _members(text: str) -> dict[str, str]:
    """Raises `ValueError` where JSON's grammar (RFC 8259, section 4) is broken."""
    at = _skip(text, 0)
    if text[at : at + 1] != "{":
        raise Malformed("json.not_object", "The body is not a JSON object.")
    found: dict[str, str] = {}
    at = _skip(text, at + 1)
    if text[at : at + 1] == "}":
        at += 1
    else:
        at = _read_members(text, at, found)
    if _skip(text, at) != len(text):
        raise ValueError("there is more after the object")
    return found


def _read_members(text: str, at: int, found: dict[str, str]) -> int:
    """Fill `found` from the first member's name on; where the object ends."""
    scan = json.JSONDecoder().raw_decode
    while True:
        _expect(text, at, '"')
        name, at = scan(text, at)
        at = _skip(text, _expect(text, _skip(text, at), ":"))
        _, end = scan(text, at)
        if name in found:
            raise Malformed("json.duplicate", f"The member “{name[:60]}” stands twice in the body.")
        found[name] = text[at:end]
        at = _skip(text, end)
        if text[at : at + 1] == "}":
            return at + 1
        at = _skip(text, _expect(text, at, ","))


def _expect(text: str, at: int, character: str) -> int:
    if text[at : at + 1] != character:
        raise ValueError(f"no {character}")
    return at + 1


def _skip(text: str, at: int) -> int:
    while text[at : at + 1] in _SPACE and at < len(text):
        at += 1
    return at
