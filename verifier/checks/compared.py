"""The recipient beside a person who was asked about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from msgspec import Struct

from verifier.checks.recipient import MATCH, WORDS, unasked
from verifier.identifiers import compare
from verifier.identifiers.fit import Fit, Level
from verifier.model import Credential, Identity
from verifier.ports import Circumstances, Person
from verifier.report import Check, Question

#: What a match rests on where the two are not simply written alike, and why others are none.
_SAID = {
    "letter_case": "Only small and capital letters differ.",
    "same_mailbox": (
        "It may be the same mailbox: all that differs is a plus-tag, or dots that Gmail ignores."
    ),
    "another_site": "It is at another site; people have several.",
}
Asked = Mapping[str, tuple[str, ...]]
#: Identifiers of a recipient that are compared: with more a badge is about nobody in particular.
MOST = 100


class _Compared(Struct, frozen=True):
    """An identifier of the badge beside one that was given."""

    identity: Identity
    stated: str
    fit: Fit


def answer(
    credential: Credential, named: Sequence[Identity], circumstances: Circumstances
) -> Check:
    """What comparing every identifier with the person comes to."""
    person = circumstances.person or Person()
    asked = _asked(person)
    if len(named) > MOST and any(asked.values()):
        says = f"The badge names {len(named)} identifiers, so it is about nobody in particular."
        fix = "Ask the holder for a badge that was issued to them alone."
        return Check(Question.RECIPIENT, "cannot_tell", says, fix, {"reason": "identifiers.count"})
    compared = [*_compared(named, asked), *_on_pages(named[:MOST], person)]
    for one in compared:
        if one.fit.level is Level.SAME:
            return _matched(one, credential, asked)
    if circumstances.unnamed and circumstances.person is None:
        says = "Nothing in the document says whose it should be: it names nobody, or quotes it."
        fix = "State the person whom it should be about, and check it again."
        return Check(Question.RECIPIENT, "cannot_tell", says, fix)
    if not any(asked.values()):
        return unasked(named, circumstances.presenter)
    if not named:
        return Check(
            Question.RECIPIENT,
            "nobody_named",
            "The badge names nobody, so it could be anyone's.",
            "Ask the holder for a badge that names them.",
        )
    return _unmatched(compared, asked, person)


def _asked(person: Person) -> Asked:
    """What was given of each kind; a name that is an e-mail address counts as one."""
    given = {
        "email": (*person.emails, *(name for name in person.names if "@" in name)),
        "did": person.dids,
        "url": (*person.profiles, *person.urls),
        "telephone": person.telephones,
        "id": person.ids,
        "name": tuple(name for name in (*person.names, *person.guesses) if "@" not in name),
    }
    return {kind: tuple(one for one in every if one.strip()) for kind, every in given.items()}


def _compared(named: Iterable[Identity], asked: Asked) -> Iterable[_Compared]:
    for identity in named:
        for stated in asked[identity.kind if identity.kind in WORDS else "id"]:
            yield _Compared(identity, stated, compare(identity, stated))


def _on_pages(named: Iterable[Identity], person: Person) -> Iterable[_Compared]:
    """A page that shows the badge may be the recipient's own; that it is not says nothing."""
    for identity in named:
        for page in person.pages if identity.kind == "url" else ():
            fit = compare(identity, page)
            if fit.level is Level.SAME:
                yield _Compared(identity, page, fit)


def _word(identity: Identity) -> str:
    return WORDS.get(identity.kind, f"identifier ({identity.kind.removeprefix('ext:')[:40]})")


def _matched(one: _Compared, credential: Credential, asked: Asked) -> Check:
    detail: dict[str, object] = {}
    code = MATCH.get(one.identity.kind, "profile_match")
    says = f"The recipient's {_word(one.identity)} is the one you asked about."
    if one.fit.reason is not None:
        detail["spelling"] = one.fit.reason
        says = f"{says} {_SAID[one.fit.reason]}"
    if one.identity.kind == "name":
        if len(asked["name"]) > 1:
            detail["asked"] = one.stated
            says = f"The recipient's name is that of “{one.stated[:80]}”, whom you asked about."
        if credential.recipient.chosen_by_holder:
            detail["chosen_by_holder"] = True
            says = f"{says} Holders choose their own name there."
    return Check(Question.RECIPIENT, code, says, None, detail)


def _unmatched(compared: Sequence[_Compared], asked: Asked, person: Person) -> Check:
    addresses = [one for one in compared if one.identity.kind != "name"]
    contradicting = _contradicting(addresses)
    if person.exact and contradicting is not None:
        return Check(
            Question.RECIPIENT,
            "someone_else",
            f"It was issued to another {_word(contradicting)} than the one you stated.",
            "Ask the holder for a badge issued to them, or whether they have another address.",
        )
    names = {one.identity.value: None for one in compared if _is_other_name(one)}
    if names:
        # A guessed name may fit; that it doesn't makes nobody somebody else.
        return _other_name(list(names), person.names, exact=person.exact)
    told = [one for one in addresses if one.fit.level in (Level.NEAR, Level.OTHER)]
    if told:
        return _other_address(min(told, key=lambda one: one.fit.level is Level.OTHER))
    reasons = {one.fit.reason for one in compared if one.fit.reason is not None}
    return Check(
        Question.RECIPIENT,
        "cannot_tell",
        "The badge names its recipient in a way that nothing you asked about can be compared with.",
        "Ask the holder for the e-mail address the badge was issued to.",
        {"reason": min(reasons)} if reasons else {},
    )


def _contradicting(addresses: Iterable[_Compared]) -> Identity | None:
    """An identifier that contradicts everything of its kind that was given, where no other of that
    kind leaves a doubt.
    """
    levels: dict[str, set[Level]] = {}
    first: dict[str, Identity] = {}
    for one in addresses:
        levels.setdefault(one.identity.kind, set()).add(one.fit.level)
        first.setdefault(one.identity.kind, one.identity)
    return next((first[kind] for kind, seen in levels.items() if seen == {Level.OTHER}), None)


def _is_other_name(one: _Compared) -> bool:
    return one.identity.kind == "name" and one.fit.level is Level.OTHER


def _other_name(names: Sequence[str], asked: Sequence[str], *, exact: bool) -> Check:
    from verifier.names import strangers  # here: names in every script, and mostly nobody asks

    several = not exact and any(strangers(one, other) for one, other in combinations(asked, 2))
    detail: dict[str, object] = {"named": names}
    if _strangers(names, asked) and not several:
        return Check(
            Question.RECIPIENT,
            "someone_else",
            "It was issued to somebody whose name shares no part with the one you asked about.",
            "Ask the holder for a badge issued to them.",
            detail,
        )
    if several:
        says = f"It was issued to “{names[0][:80]}”, who is none of the people named on this page."
        return Check(
            Question.RECIPIENT,
            "name_differs",
            says,
            "Ask whoever shows it whose it is.",
            {**detail, "reason": "several_people"},
        )
    return Check(
        Question.RECIPIENT,
        "name_differs",
        f"It was issued to “{names[0][:80]}”, which is not quite the name you asked about.",
        "Ask the holder whether both names are theirs.",
        detail,
    )


def _other_address(one: _Compared) -> Check:
    word = _word(one.identity)
    says = f"It was issued to another {word} than the ones on this page; people have several."
    if one.fit.reason is not None:
        says = f"It was issued to another {word} than you asked about. {_SAID[one.fit.reason]}"
    return Check(
        Question.RECIPIENT,
        "other_address",
        says,
        "Ask the holder which address the badge was issued to.",
        {} if one.fit.reason is None else {"reason": one.fit.reason},
    )


def _strangers(names: Iterable[str], asked: Iterable[str]) -> bool:
    """Every pair is two full names in one script that share no part."""
    from verifier.names import strangers

    pairs = [(one, other) for one in names for other in asked]
    return bool(pairs) and all(strangers(one, other) for one, other in pairs)
