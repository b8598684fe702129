"""Identifiers of any other kind: student and staff numbers, accounts, keys. Open Badges 3.0 names
kinds in `IdentifierTypeEnum` and lets issuers add theirs behind `ext:`.
"""

from __future__ import annotations

import re
import unicodedata

from verifier.identifiers.fit import SAME, UNCLEAR, Fit, Level, Spellings

_STATED = re.compile(r"([A-Za-z][A-Za-z0-9._:-]*)=(.+)", re.DOTALL)
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015./]+")
_KEY = re.compile(r"ecdsa-koblitz-pubkey:", re.IGNORECASE)
#: Kinds in which a dash or a capital tells one person from another.
_EXACT = frozenset(("username", "accountid", "identifier", "id", "publickey", "ltiuserid"))


def compare(kind: str, value: str, stated: str) -> Fit:
    """`stated` is the identifier, or `kind=identifier`; only the latter can contradict."""
    if value.strip() == stated.strip():
        return SAME
    said, rest = _split(stated)
    if said is None:
        return SAME if _same(kind, value, stated) else UNCLEAR
    if word(said) != word(kind):
        return UNCLEAR
    if _same(kind, value, rest):
        return SAME
    near = _squeezed(value) == _squeezed(rest)
    return Fit(Level.UNCLEAR, "spelling") if near else Fit(Level.OTHER)


def spellings(kind: str, stated: str) -> Spellings:
    """What an issuer may have hashed."""
    said, rest = _split(stated)
    for text in (stated.strip(), *([rest.strip()] if said and word(said) == word(kind) else [])):
        yield text, None
        if word(kind) not in _EXACT:
            for bare in (text, _SEPARATORS.sub("", text)):
                yield from ((bare, None), (bare.upper(), None), (bare.lower(), None))


def word(kind: str) -> str:
    """The name of a kind, however it is written."""
    return re.sub(r"[-_\s]", "", kind.removeprefix("ext:").rpartition("/")[2]).casefold()


def _split(stated: str) -> tuple[str | None, str]:
    found = _STATED.fullmatch(stated.strip())
    return (found[1], found[2]) if found else (None, stated)


def _same(kind: str, value: str, stated: str) -> bool:
    one, other = (
        unicodedata.normalize("NFKC", _KEY.sub("", text).strip()) for text in (value, stated)
    )
    if word(kind) in _EXACT:
        return one == other
    one, other = one.casefold(), other.casefold()
    groups, others = _SEPARATORS.split(one), _SEPARATORS.split(other)
    # Written in groups and in one they are the same; in other groups they may not be.
    return groups == others or (
        1 in (len(groups), len(others)) and "".join(groups) == "".join(others)
    )


def _squeezed(text: str) -> str:
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).casefold()
