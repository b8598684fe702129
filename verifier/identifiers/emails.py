"""E-mail addresses. RFC 5321, section 2.4: a domain has no case; what stands before it may have,
but counting on that is discouraged, and systems that keep addresses write them in lower case.
"""

from __future__ import annotations

import re
import unicodedata

import idna

from verifier.identifiers.fit import OTHER, SAME, UNCLEAR, Fit, Level, Spellings

_MAILTO = re.compile(r"mailto:", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"<([^<>]*)>$")
_LOCAL = re.compile(r"[^\s@<>\"(),:;\[\\\]]{1,64}")
_GOOGLE = frozenset(("gmail.com", "googlemail.com"))


def compare(value: str, stated: str) -> Fit:
    """Whether both are one address. One that differs by a plus-tag, or by the dots that Gmail
    ignores, is another address that may reach the same mailbox.
    """
    one, other = _read(value), _read(stated)
    if one is None or other is None:
        return UNCLEAR
    if one == other:
        return SAME
    if (one[0].lower(), one[1]) == (other[0].lower(), other[1]):
        return Fit(Level.SAME, "letter_case")
    return Fit(Level.NEAR, "same_mailbox") if _mailbox(*one) == _mailbox(*other) else OTHER


def spellings(stated: str) -> Spellings:
    """What an issuer may have hashed of this address: it as given, with its domain written in
    either way, and in lower case.
    """
    yield stated.strip(), None
    read = _read(stated)
    if read is None:
        return
    local, domain = read
    for written in (domain, idna.decode(domain)):
        yield f"{local}@{written}", None
        yield f"{local.lower()}@{written}", "letter_case"


def neighbours(stated: str) -> Spellings:
    """Addresses that may reach the same mailbox."""
    read = _read(stated)
    if read is None:
        return
    local, domain = read
    bare, where = _mailbox(local, domain)
    for written in _GOOGLE if where in _GOOGLE else (where,):
        yield f"{local.partition('+')[0]}@{written}", "same_mailbox"
        yield f"{bare}@{written}", "same_mailbox"


def is_email(text: str) -> bool:
    """Whether `text` is an address and nothing else."""
    return _read(text) is not None


def _read(text: str) -> tuple[str, str] | None:
    text = _MAILTO.sub("", unicodedata.normalize("NFC", text.strip()), count=1)
    bracketed = _IN_BRACKETS.search(text)
    local, _, domain = (bracketed[1] if bracketed else text).partition("?")[0].rpartition("@")
    if not _LOCAL.fullmatch(local):
        return None
    try:
        return local, idna.encode(domain.rstrip("."), uts46=True).decode("ascii").lower()
    except idna.IDNAError:
        return None


def _mailbox(local: str, domain: str) -> tuple[str, str]:
    bare = local.lower().partition("+")[0]
    return (bare.replace(".", ""), "gmail.com") if domain in _GOOGLE else (bare, domain)
