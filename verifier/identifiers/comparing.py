"""One identifier of a badge beside one that the reader gave."""

from __future__ import annotations

import unicodedata

from verifier.identifiers import dids, emails, hashes, numbers, pages, telephones
from verifier.identifiers.fit import OTHER, SAME, UNCLEAR, Fit, Level, Spellings
from verifier.model import Identity


def _names(value: str, stated: str) -> Fit:
    from verifier.names import same_person  # here: names in every script

    return SAME if same_person(value, stated) else OTHER


_PLAIN = {
    "email": emails.compare,
    "telephone": telephones.compare,
    "url": pages.compare,
    "did": dids.compare,
    "name": _names,
}
_SPELLINGS = {
    "email": emails.spellings,
    "telephone": telephones.spellings,
    "url": pages.spellings,
    "did": dids.spellings,
}
#: Kinds of which every usual way to write one is tried: there a hash that fits none is another's,
#: if what was given is an identifier of that kind at all.
_TRIED = {"email": emails.is_email, "did": dids.is_did}


def compare(identity: Identity, stated: str) -> Fit:
    """How `identity` stands to `stated`, which is of the same kind."""
    if hashes.is_hash(identity):
        return _hashed(identity, stated)
    plain = _PLAIN.get(identity.kind)
    if plain is None:
        return numbers.compare(identity.kind, identity.value, stated)
    return plain(identity.value, stated)


def _hashed(identity: Identity, stated: str) -> Fit:
    if not hashes.readable(identity):
        return UNCLEAR
    for text, reason in _spellings(identity.kind, stated):
        if hashes.fits(identity, text):
            return Fit(Level.SAME, reason)
    if identity.kind not in _TRIED or not _TRIED[identity.kind](stated):
        return UNCLEAR
    near = emails.neighbours(stated) if identity.kind == "email" else ()
    for text, reason in near:
        if hashes.fits(identity, text):
            return Fit(Level.NEAR, reason)
    return OTHER


def _spellings(kind: str, stated: str) -> Spellings:
    if kind in _SPELLINGS:
        yield from _SPELLINGS[kind](stated)
    elif kind == "name":
        yield " ".join(unicodedata.normalize("NFC", stated).split()), None
    else:
        yield from numbers.spellings(kind, stated)
