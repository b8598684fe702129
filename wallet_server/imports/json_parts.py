"""The parts of a JSON text, each with the very bytes in which it stands there: what was signed is
kept as it was written, and never written anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from verifier.errors import Malformed

_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\n\r]*")
_NOT_JSON = "This file begins as JSON does, but it is damaged. Export or download it again."


class Part(Struct, frozen=True):
    """One value, and where it stands in `text`."""

    text: str
    start: int
    end: int
    value: Any

    @property
    def source(self) -> bytes:
        """The bytes in which it stands."""
        return self.text[self.start : self.end].encode("utf-8")

    def elements(self) -> Iterator[Part]:
        """The elements of an array; none of any other value."""
        if isinstance(self.value, list):
            yield from (part for _, part in self._inside(named=False))

    def members(self) -> Iterator[tuple[str, Part]]:
        """The members of an object; none of any other value."""
        if isinstance(self.value, dict):
            yield from self._inside(named=True)

    def get(self, name: str) -> Part | None:
        """The first member of that name."""
        return next((part for key, part in self.members() if key == name), None)

    def _inside(self, *, named: bool) -> Iterator[tuple[str, Part]]:
        at = self._after_space(self.start + 1)
        while self.text[at] not in "]}":
            name = ""
            if named:
                name, at = _DECODER.raw_decode(self.text, at)
                at = self._after_space(self._after_space(at) + 1)  # past the colon
            value, end = _DECODER.raw_decode(self.text, at)
            yield name, Part(self.text, at, end, value)
            at = self._after_space(end)
            if self.text[at] == ",":
                at = self._after_space(at + 1)

    def _after_space(self, at: int) -> int:
        found = _SPACE.match(self.text, at)
        return found.end() if found else at


def parse(content: bytes) -> Part:
    """The whole of a JSON text. Raises `Malformed`: `json.syntax`."""
    try:
        text = content.decode("utf-8-sig")
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Malformed("json.syntax", _NOT_JSON) from error
    start = len(text) - len(text.lstrip(" \t\n\r"))
    return Part(text, start, len(text.rstrip(" \t\n\r")), value)


def text_of(value: object, *names: str) -> str:
    """The first of these members of an object that is a text; empty if none is."""
    if not isinstance(value, dict):
        return ""
    return next((value[name] for name in names if isinstance(value.get(name), str)), "")


def label_of(value: object) -> str:
    """What to call a credential in a list: the name it gives itself, its achievement's or class's,
    or its id.
    """
    if not isinstance(value, dict):
        return "a credential"
    subject = value.get("credentialSubject")
    subject = subject[0] if isinstance(subject, list) and subject else subject
    inner = subject.get("achievement") if isinstance(subject, dict) else value.get("badge")
    inner = inner[0] if isinstance(inner, list) and inner else inner
    found = text_of(inner, "name") or text_of(value, "name", "id")
    return found[:200] or "a credential"
