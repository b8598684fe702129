"""Recipient: is it about this person?

Open Badges 2.0, "IdentityObject", and 3.0, "IdentityObject": a hash is taken over the identifier
followed by the salt, written `algorithm$hex`.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Callable, Iterable

from verifier.model import Credential, Identity
from verifier.names import same_person, strangers
from verifier.ports import Circumstances, Person
from verifier.report import Check, Question

#: The algorithms the standards name. md5 and sha512 are what badges of 2012 used: both still tell
#: who, and md5 is labelled weak.
_HASHES: dict[str, Callable[[bytes], str]] = {
    "sha256": lambda data: hashlib.sha256(data).hexdigest(),
    "sha512": lambda data: hashlib.sha512(data).hexdigest(),
    "md5": lambda data: hashlib.md5(data, usedforsecurity=False).hexdigest(),
}
_MATCH = {
    "email": "email_match",
    "did": "did_match",
    "name": "name_match",
    "url": "profile_match",
    "telephone": "profile_match",
}
_WORDS = {
    "email": "e-mail address",
    "did": "DID",
    "name": "name",
    "url": "web address",
    "telephone": "telephone number",
}


def check(credential: Credential, circumstances: Circumstances) -> Check:
    """Compare every identifier of the recipient with the person asked about; any one match passes.

    `someone_else` needs certainty: a stated person whom an identifier of the same type contradicts,
    or two full names in one script that share no part.
    """
    person = circumstances.person
    asked = _asked(person)
    named = _named(credential)
    if circumstances.unnamed and person is None:
        says = "Nothing in the document says whose it should be: it names nobody, or quotes it."
        fix = "State the person whom it should be about, and check it again."
        return Check(Question.RECIPIENT, "cannot_tell", says, fix)
    if person is None or not any(asked.values()):
        return _unasked(named, circumstances.presenter)
    if not named:
        return Check(
            Question.RECIPIENT,
            "nobody_named",
            "The badge names nobody, so it could be anyone's.",
            "Ask the holder for a badge that names them.",
        )
    for identity in named:
        for candidate in asked.get(identity.kind, ()):
            if _fits(identity, candidate):
                return _matched(identity, credential)
    return _unmatched(named, asked, person)


def _unasked(named: list[Identity], presenter: str | None) -> Check:
    """Nobody is asked about; but who presents it may have proven to be whom it is about."""
    told = {one.value: one.kind for one in named if one.kind in ("did", "url") and not one.hashed}
    if presenter is None or not told:
        says = "Nobody asked whether it is about somebody in particular."
        return Check(Question.RECIPIENT, "not_asked", says)
    detail = {"presented_by": presenter}
    if presenter in told:
        says = f"It is about the {_WORDS[told[presenter]]} that presented it."
        return Check(Question.RECIPIENT, _MATCH[told[presenter]], says, None, detail)
    says = (
        "It is about another than the one who presented it. You asked about nobody in particular."
    )
    return Check(Question.RECIPIENT, "not_asked", says, None, detail)


def _asked(person: Person | None) -> dict[str, tuple[str, ...]]:
    if person is None:
        return {}
    return {
        "email": person.emails,
        "did": person.dids,
        "url": (*person.profiles, *person.urls),
        "telephone": person.telephones,
        "name": (*person.names, *person.guesses),
    }


def _named(credential: Credential) -> list[Identity]:
    """Identifiers first, the name last: it is the weakest."""
    identities = sorted(
        credential.recipient.identities, key=lambda identity: identity.kind == "name"
    )
    name = credential.recipient.name
    if name and not any(identity.kind == "name" for identity in identities):
        identities.append(Identity("name", name))
    return identities


def _fits(identity: Identity, candidate: str) -> bool:
    if identity.hashed:
        return _hash_fits(identity, candidate)
    if identity.kind == "name":
        return same_person(identity.value, candidate)
    if identity.kind == "email":
        return _email(identity.value) == _email(candidate)
    return identity.value.strip() == candidate.strip()


def _hash_fits(identity: Identity, candidate: str) -> bool:
    algorithm, _, expected = identity.value.partition("$")
    digest = _HASHES.get(algorithm)
    if digest is None:
        return False
    data = (candidate + (identity.salt or "")).encode()
    return hmac.compare_digest(digest(data).encode(), expected.lower().encode())


def _email(address: str) -> str:
    """The domain of an address has no case (RFC 5321, section 2.4); what stands before it may have,
    so it is kept.
    """
    local, _, domain = address.strip().rpartition("@")
    return f"{local}@{domain.lower()}"


def _matched(identity: Identity, credential: Credential) -> Check:
    code = _MATCH[identity.kind]
    word = _WORDS[identity.kind]
    says = f"The recipient's {word} is the one you asked about."
    if identity.kind == "name" and credential.recipient.chosen_by_holder:
        says = f"{says} Holders choose their own name there."
        return Check(Question.RECIPIENT, code, says, None, {"chosen_by_holder": True})
    detail = {"weak_hash": True} if identity.hashed and identity.value.startswith("md5$") else {}
    return Check(Question.RECIPIENT, code, says, None, detail)


def _unmatched(named: list[Identity], asked: dict[str, tuple[str, ...]], person: Person) -> Check:
    contradicted = [
        identity for identity in named if asked.get(identity.kind) and _readable(identity)
    ]
    stated = [identity for identity in contradicted if identity.kind != "name"]
    if person.exact and stated:
        word = _WORDS[stated[0].kind]
        return Check(
            Question.RECIPIENT,
            "someone_else",
            f"It was issued to another {word} than the one you stated.",
            "Ask the holder for a badge issued to them, or whether they have another address.",
        )
    names = [identity.value for identity in contradicted if identity.kind == "name"]
    if names and _strangers(names, person.names):
        return Check(
            Question.RECIPIENT,
            "someone_else",
            "It was issued to somebody whose name shares no part with the one you asked about.",
            "Ask the holder for a badge issued to them.",
            {"named": names},
        )
    if names:
        return Check(
            Question.RECIPIENT,
            "name_differs",
            f"It was issued to “{names[0][:80]}”, which is not quite the name you asked about.",
            "Ask the holder whether both names are theirs.",
            {"named": names},
        )
    if stated:
        return Check(
            Question.RECIPIENT,
            "other_address",
            "It was issued to another address than the ones on this page; people have several.",
            "Ask the holder which address the badge was issued to.",
        )
    return Check(
        Question.RECIPIENT,
        "cannot_tell",
        "The badge names its recipient in a way that nothing you asked about can be compared with.",
        "Ask the holder for the e-mail address the badge was issued to.",
    )


def _readable(identity: Identity) -> bool:
    """A hash by an algorithm nobody knows contradicts nothing."""
    return not identity.hashed or identity.value.partition("$")[0] in _HASHES


def _strangers(names: Iterable[str], asked: Iterable[str]) -> bool:
    """Every pair is two full names in one script that share no part."""
    pairs = [(one, other) for one in names for other in asked]
    return bool(pairs) and all(
        _script(one) == _script(other) != "" and strangers(one, other) for one, other in pairs
    )


def _script(name: str) -> str:
    """The one script of a name's letters, by the first word of their Unicode names; empty if they
    mix.
    """
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in name if letter.isalpha()}
    return scripts.pop() if len(scripts) == 1 else ""
