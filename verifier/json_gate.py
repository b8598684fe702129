"""The gate before any JSON is believed: what parsers disagree about is refused, each with its own
reason.

RFC 8259 leaves duplicate members, huge numbers and lone surrogates to the implementation; I-JSON
(RFC 7493) and RFC 8785 forbid them, because two readers of the same signed text would see different
credentials.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from typing import Any, NoReturn

import msgspec.json

from verifier.errors import Malformed

#: Bytes of a whole credential, and of what remains when `data:` values are left out.
LIMIT_IN_ALL = 4 * 1024 * 1024
LIMIT_OUTSIDE_DATA = 256 * 1024
DEPTH = 32
_SAFE_INTEGER = 2**53 - 1
#: A string, or what is left of the text where it does not end; never tried in two ways.
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.S)
_OPENING = b"[{"
_NO_BRACKETS = bytes(set(range(256)).difference(b"[]{}"))
#: NUL, surrogates and noncharacters (RFC 7493, section 2.1).
_UNFIT = (
    "[\0\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)

#: A NUL, or a mark that would not be counted in the text.
_ESCAPED = re.compile(rb"\\u00(?:00|22)")
#: What each of these is part of in UTF-8, but for NUL, which no JSON holds but as an escape.
_PERHAPS_UNFIT = (b"\xef\xb7", b"\xbf\xbe", b"\xbf\xbf")


def read_object(
    content: bytes,
    *,
    limit: int = LIMIT_OUTSIDE_DATA,
    in_all: int = LIMIT_IN_ALL,
    depth: int = DEPTH,
) -> dict[str, Any]:
    """Parse `content` as one JSON object.

    Raises `Malformed` with the reason `json.syntax`, `json.encoding`, `json.duplicate`,
    `json.number`, `json.depth`, `json.text`, `json.size` or `json.not_object`. `limit` is in bytes,
    `data:` values not counted; `in_all` with them.
    """
    plain = _plain(content, depth) if len(content) <= min(limit, in_all) else None
    if plain is not None:
        return plain
    if len(content) > in_all:
        raise Malformed("json.size", f"The text is longer than {in_all // 2**20} MiB.")
    text = _decoded(content)
    _bound_work(text, limit, depth)
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise Malformed(
            "json.syntax", f"This is not JSON: {error.msg} at line {error.lineno}."
        ) from error
    if not isinstance(value, dict):
        raise Malformed(
            "json.not_object", "The JSON is not an object, so it can't be a credential."
        )
    if (_may_be_unfit(text) or len(content) > limit) and len(content) - _inspect(value) > limit:
        raise _too_large(limit)
    return value


def _plain(content: bytes, most: int) -> dict[str, Any] | None:
    """The object in `content` where nothing about it is in doubt, as in most badges. Of all else,
    what is wrong and what only looks so, `None`: that is read again step by step.

    Marks are counted in the text and in what was read, written out again: a member that stands
    twice in one object is missing there.
    """
    try:
        value = _QUICK.decode(content)
        if type(value) is not dict or not _is_bounded(value, most):
            return None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, Malformed):
        return None
    written = _write(value)
    if written != content.strip() and written.count(b'"') != content.count(b'"'):
        return None
    escape = content.find(b"\\")
    if escape >= 0 and _ESCAPED.search(content, escape):
        return None
    if not written.isascii() and any(code in written for code in _PERHAPS_UNFIT):
        return None
    return value


def _is_bounded(value: dict[str, Any], most: int) -> bool:
    """Whether it is no deeper than `most`, and its whole numbers mean the same to every reader."""
    level: list[Any] = [value]
    while level and most:
        most -= 1
        below = []
        for item in level:
            for one in item.values() if type(item) is dict else item:
                kind = type(one)
                if kind is str:
                    continue
                if kind is dict or kind is list:
                    below.append(one)
                elif kind is int and not -_SAFE_INTEGER <= one <= _SAFE_INTEGER:
                    return False
        level = below
    return not level


def _decoded(content: bytes) -> str:
    """UTF-8 without a mark at its start (RFC 8259, section 8.1)."""
    try:
        if b"\0" in content[:8]:
            raise Malformed("json.encoding", "The text is UTF-16 or UTF-32, not UTF-8.")
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Malformed("json.encoding", "The text is not UTF-8.") from error
    if text.startswith("\ufeff"):
        raise Malformed(
            "json.encoding", "The text starts with a byte order mark, which JSON forbids."
        )
    return text


def _bound_work(text: str, limit: int, most: int) -> None:
    """Refuse deep nesting before the recursive parser meets it, and endless members before they
    are all made; what is in strings does not count.
    """
    if text.count("{") + text.count("[") > most:  # else it is no deeper than it has brackets
        depth = 0
        for bracket in _outside(text).encode().translate(None, _NO_BRACKETS):
            depth += 1 if bracket in _OPENING else -1
            if depth > most:
                raise Malformed("json.depth", f"The JSON is nested more than {most} levels deep.")
    if len(text) > limit:
        strings = _STRING.findall(text)
        data = sum(len(string) for string in strings if string.startswith('"data:'))
        if len(text) - data > limit:
            raise _too_large(limit)


def _outside(text: str) -> str:
    """What stands outside of strings: up to the first mark, and between every second and the next;
    marks within strings are escaped, and so are signs of escape.
    """
    if "\\" in text:
        text = text.replace("\\\\", "").replace('\\"', "")
    return "".join(text.split('"')[::2])


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise Malformed("json.duplicate", f"The member “{twice[:60]}” stands twice in one object.")
    return members


def _no_constant(name: str) -> NoReturn:
    raise Malformed("json.number", f"{name} is not a number that JSON knows.")


def _integer(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > _SAFE_INTEGER:
        raise Malformed("json.number", "A number is too large to mean the same to every reader.")
    return int(text)


def _real(text: str) -> float:
    value = float(text) if len(text) <= 400 else math.inf
    if not math.isfinite(value):
        raise Malformed("json.number", "A number is too large to mean the same to every reader.")
    return value


_DECODER = json.JSONDecoder(
    object_pairs_hook=_members,
    parse_constant=_no_constant,
    parse_int=_integer,
    parse_float=_real,
)
_QUICK = msgspec.json.Decoder(float_hook=_real)
_write = msgspec.json.Encoder().encode


def _may_be_unfit(text: str) -> bool:
    """Whether any of its strings may hold what not every program can carry: as it stands, or
    written as an escape.
    """
    escapes = "\\" in text and "\\u" in text
    return escapes or not (text.isascii() or re.search(_UNFIT, text) is None)


def _inspect(value: object) -> int:
    """Refuse text that not every program can carry; answer how many bytes are `data:` values."""
    data = 0
    waiting: list[object] = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            for name in item:
                _check_text(name)
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, str):
            _check_text(item)
            if item.startswith("data:"):
                data += len(item)
    return data


def _check_text(text: str) -> None:
    if re.search(_UNFIT, text):
        raise Malformed(
            "json.text", "The text holds half a character, a NUL or a code that is no character."
        )


def _too_large(limit: int) -> Malformed:
    return Malformed(
        "json.size", f"Without its pictures the text is longer than {limit // 1024} KiB."
    )
