"""What the words around a link or a picture claim of the award there: only what is certain.

A wrong reading would make an honest page look as if it said more than its badge. So a title is
taken only from words that are laid out as an entry and can't be the issuer's name instead; dates
are handed on as they were written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from verifier.model import Claim
from verifier.papers.sheet import Block, Link, without_addresses
from verifier.papers.words import told

#: Letters of a title; what is longer is a sentence.
_TITLE, _WORDS = 120, 12
#: And of an entry, with the addresses in it.
_ENTRY = 800
_SEPARATORS = re.compile(
    r"\t|\s*[|·•;]\s*|\s+[\u2013\u2014-]+\s+|,\s+|\s*[()]\s*|:\s+|:$|^[-\u2013\u2014•*]\s+"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"\d{1,4}(?:st|nd|rd|th|\.|er)?|(?:19|20)\d\d(?:[-/.]\d{1,2}){1,2}")
_NUMBERS = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{1,2}[-/.](?:19|20)\d\d")
_ISSUED = re.compile(
    r"^(?:issued|awarded|earned|completed|since|ausgestellt|erhalten|délivré|obtenu|expedid[ao]"
    r"|rilasciato)(?:\s+(?:on|in|am|le|el|il|em))?\s*:?\s+",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"^(?:expires?|valid\s+(?:until|through|to)|until|expiry|gültig\s+bis|expire\s+le|valable"
    r"\s+jusqu.?(?:au|en)?|válid[ao]\s+hasta|caduca|scade)(?:\s+(?:on|in|am))?\s*:?\s+",
    re.IGNORECASE,
)
_BY = re.compile(
    r"^(?:issued\s+by|awarded\s+by|by|from|issuer|von|par|por)\s*:?\s+(?=\S)", re.IGNORECASE
)


class _Entry(Struct, frozen=True):
    """Words taken apart: `names` are neither dates nor words that any link has."""

    names: tuple[str, ...] = ()
    issued: tuple[str, ...] = ()
    expires: tuple[str, ...] = ()
    issuer: str | None = None
    prose: bool = False


def claim_at(block: Block, link: Link | None, before: Sequence[Block]) -> Claim | None:
    """What `block`, or the entry that ends with it, says of the award at `link`; `before` are the
    blocks above it. `None` where nothing is certain.
    """
    if link is not None and len(block.links) + len(block.files) > 1:
        return _claim(_apart(link.words), None)
    entry = _apart(block.text)
    anchor = "" if link is None else link.words
    if not entry.names and not entry.issuer:
        return _from_above(block, _above(before))
    return _claim(entry, anchor)


def _from_above(block: Block, above: list[str]) -> Claim | None:
    """What the line above says, or the two, if they are an entry with a date."""
    entries = [_apart("\t".join([*above[-lines:], block.text])) for lines in (1, 2) if above]
    claims = [_claim(entry, None) for entry in entries if entry.issued or entry.expires]
    found = [claim for claim in claims if claim is not None]
    return next((claim for claim in found if claim.title), next(iter(found), None))


def _above(before: Sequence[Block]) -> list[str]:
    """Up to two lines above that lead nowhere themselves."""
    found: list[str] = []
    for block in reversed(before[-2:]):
        if block.links or block.files or not block.text:
            break
        found.insert(0, block.text)
    return found


def _claim(entry: _Entry, anchor: str | None) -> Claim | None:
    title, issuer = (None, entry.issuer) if entry.prose else _named(entry, anchor)
    issued = entry.issued[0] if len(entry.issued) == 1 and not entry.prose else None
    expires = entry.expires[0] if len(entry.expires) == 1 and not entry.prose else None
    if not any((title, issuer, issued, expires)):
        return None
    return Claim(title=title, issuer=issuer, issued=issued, expires=expires)


def _named(entry: _Entry, anchor: str | None) -> tuple[str | None, str | None]:
    """The title and the issuer, where the words leave no doubt which is which."""
    names = entry.names
    if entry.issuer is not None:
        return (names[0] if len(names) == 1 else None), entry.issuer
    if len(names) == 1:
        (only,) = names
        if _is_organisation(only):
            return None, None
        whole = _apart(anchor or "").names == names
        laid_out = whole or entry.issued or entry.expires or _is_title(only)
        return (only if laid_out else None), None
    organisations = [name for name in names if _is_organisation(name)]
    if len(names) == 2 and len(organisations) == 1:
        (title,) = (name for name in names if name not in organisations)
        return title, organisations[0]
    return None, None


def _apart(text: str) -> _Entry:
    """`text` at its separators: dates, the issuer where a word tells it, and names."""
    if len(text) > _ENTRY:
        return _Entry((text[:_TITLE],), prose=True)
    plain = without_addresses(text)
    names: list[str] = []
    issued: list[str] = []
    expires: list[str] = []
    issuer = None
    for part in filter(None, (part.strip(" .") for part in _SEPARATORS.split(plain) if part)):
        by = _BY.sub("", part)
        if _is_date(_ENDS.sub("", part)):
            (expires if _ENDS.match(part) else issued).append(_ENDS.sub("", part))
        elif _is_date(_ISSUED.sub("", part)):
            issued.append(_ISSUED.sub("", part))
        elif by != part and not _is_generic(by):
            issuer = by[:_TITLE]
        elif not _is_generic(part):
            names.append(part)
    return _Entry(tuple(names), tuple(issued), tuple(expires), issuer, _is_prose(plain))


def _is_date(part: str) -> bool:
    """A year, with days and months and nothing else beside it."""
    words = part.replace(",", " ").split()
    return (
        1 <= len(words) <= 5
        and _YEAR.search(part) is not None
        and all(
            _NUMBER.fullmatch(word)
            or _NUMBERS.fullmatch(word)
            or word.casefold().strip(".") in told("months")
            for word in words
        )
    )


def _is_generic(part: str) -> bool:
    return all(word in told("generic") or any(map(str.isdigit, word)) for word in _words(part))


def _is_organisation(part: str) -> bool:
    return not told("organisations").isdisjoint(_words(part))


def _is_title(part: str) -> bool:
    """Two words or more, each of some length with a capital."""
    words = part.split()
    return len(words) >= 2 and all(word[0] == word[0].upper() for word in words if len(word) > 3)


def _is_prose(text: str) -> bool:
    words = _words(text)
    long = len(text) > 2 * _TITLE or len(words) > 2 * _WORDS
    sentence = re.search(r"[a-z]{3}\.\s+[A-Z]|[a-z]{3}[.!?]$", text.strip()) is not None
    return long or not told("prose").isdisjoint(words) or (sentence and len(words) > 6)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+(?:[-'\u2019][^\W_]+)*", text.casefold()))
