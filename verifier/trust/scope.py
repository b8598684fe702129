"""The scope of a list or an entry: what alone it vouches about ("for nursing only").

A list with a scope vouches only for a badge that says itself that it is about that: in its name, in
the name of a skill or an alignment, or by the address of one. Its description and its criteria are
prose, which may name anything to say that it is not meant; they never count.
"""

from __future__ import annotations

import re
import unicodedata

from verifier.errors import Malformed
from verifier.model import Credential
from verifier.ports import Scope

_LENGTH, _WORDS = 200, 100
_FRAME = re.compile(r"\A(?:for\s+)?(.*?)(?:\s+only)?\Z", re.IGNORECASE | re.DOTALL)
_BETWEEN = re.compile(r"\s*[,;/]\s*|\s+(?:and|or|&)\s+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
#: Before a word, these say that the badge is about something else.
_DENYING = frozenset(("no", "not", "non", "without", "except", "beyond", "pre", "anti", "pseudo"))


def read_scope(value: object) -> Scope | None:
    """`null`, a text ("nursing", "for nursing and midwifery only"), or `{"says", "words"}`.

    The parts of a text between commas, "and" and "or" are its words. Raises `Malformed`
    (`trust.scope`): a scope without words would hold nothing back.
    """
    if value is None:
        return None
    says = value.get("says") if isinstance(value, dict) else value
    if not isinstance(says, str) or not says.strip() or len(says) > _LENGTH:
        raise _malformed()
    frame = _FRAME.match(says.strip())
    bare = frame[1].strip() if frame and frame[1].strip() else says.strip()
    words = value.get("words") if isinstance(value, dict) else _BETWEEN.split(bare)
    if not isinstance(words, list) or not 0 < len(words) <= _WORDS:
        raise _malformed()
    if not all(isinstance(word, str) and len(word) <= _LENGTH for word in words):
        raise _malformed()
    if not all(_is_address(word) or _tokens(word) for word in words):
        raise _malformed()
    return Scope(bare, tuple(words))


def is_about(credential: Credential, scope: Scope) -> bool:
    """Whether `credential`, as it was verified, says that it is about what `scope` names."""
    items = (*credential.skills, *credential.alignments)
    addresses = {item.url for item in items if item.url}
    named = [_tokens(text) for text in (credential.name, *(item.name for item in items)) if text]
    for word in scope.words:
        if _is_address(word):
            if word in addresses:
                return True
        elif any(_says(text, _tokens(word)) for text in named):
            return True
    return False


def _says(text: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    """Whether `phrase` stands in `text`, all its words side by side and not denied."""
    return any(
        text[start : start + len(phrase)] == phrase
        and (start == 0 or text[start - 1] not in _DENYING)
        for start in range(len(text) - len(phrase) + 1)
    )


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def _is_address(word: str) -> bool:
    return word.startswith(("https://", "http://"))


def _malformed() -> Malformed:
    says = "“scope” must be a text, or an object with a text “says” and a list of texts “words”."
    return Malformed("trust.scope", says)
