"""Recipient: is it about this person?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from msgspec import Struct
from msgspec.structs import replace

from verifier.identifiers import Fit, Level, compare, is_hash, is_weak
from verifier.model import Credential, Identity
from verifier.ports import Circumstances, Person
from verifier.report import Check, Question

_MATCH = {"email": "email_match", "did": "did_match", "name": "name_match"}
_WORDS = {
    "email": "e-mail address",
    "did": "DID",
    "name": "name",
    "url": "web address",
    "telephone": "telephone number",
}
#: What a match rests on where the two are not simply written alike, and why others are none.
_SAID = {
    "letter_case": "Only small and capital letters differ.",
    "same_mailbox": (
        "It may be the same mailbox: all that differs is a plus-tag, or dots that Gmail ignores."
    ),
    "another_site": "It is at another site; people have several.",
}
Asked = Mapping[str, tuple[str, ...]]


class _Compared(Struct, frozen=True):
    """An identifier of the badge beside one that was given."""

    identity: Identity
    stated: str
    fit: Fit


def check(credential: Credential, circumstances: Circumstances) -> Check:
    """Compare every identifier of the recipient with the person asked about; any one match passes.

    `someone_else` needs certainty: a stated person whom an identifier of the same type contradicts,
    or two full names in one script that share no part.
    """
    named = credential.recipient.named
    answer, more = _answer(credential, named, circumstances), dict[str, object]()
    if any(map(is_weak, named)):
        more["weak_hash"] = True
    if circumstances.presenter is not None:
        more["presented_by"] = circumstances.presenter
        more["presenter"] = _is_presenter(named, circumstances.presenter)
    return replace(answer, detail={**answer.detail, **more}) if more else answer


def _answer(
    credential: Credential, named: Sequence[Identity], circumstances: Circumstances
) -> Check:
    if circumstances.person is None and not circumstances.unnamed:
        return _unasked(named, circumstances.presenter)
    person = circumstances.person or Person()
    asked = _asked(person)
    compared = [*_compared(named, asked), *_on_pages(named, person)]
    for one in compared:
        if one.fit.level is Level.SAME:
            return _matched(one, credential, asked)
    if circumstances.unnamed and circumstances.person is None:
        says = "Nothing in the document says whose it should be: it names nobody, or quotes it."
        fix = "State the person whom it should be about, and check it again."
        return Check(Question.RECIPIENT, "cannot_tell", says, fix)
    if not any(asked.values()):
        return _unasked(named, circumstances.presenter)
    if not named:
        return Check(
            Question.RECIPIENT,
            "nobody_named",
            "The badge names nobody, so it could be anyone's.",
            "Ask the holder for a badge that names them.",
        )
    return _unmatched(compared, asked, person)


def _unasked(named: Sequence[Identity], presenter: str | None) -> Check:
    """Nobody is asked about; but who presents it may have proven to be whom it is about."""
    if presenter is None:
        return _NOT_ASKED
    which = _is_presenter(named, presenter)
    if which == "not_named":
        return _NOT_ASKED
    if which == "recipient":
        kind = next(one.kind for one in named if one.value == presenter)
        says = f"It is about the {_WORDS[kind]} that presented it."
        return Check(Question.RECIPIENT, _MATCH.get(kind, "profile_match"), says)
    says = (
        "It is about another than the one who presented it. You asked about nobody in particular."
    )
    return Check(Question.RECIPIENT, "not_asked", says)


_NOT_ASKED = Check(
    Question.RECIPIENT, "not_asked", "Nobody asked whether it is about somebody in particular."
)


def _is_presenter(named: Iterable[Identity], presenter: str) -> str:
    """Whether it is about who proved to present it: `recipient`, `another`, or `not_named` where it
    names nothing of that kind (a DID or an address), so that anybody could present it.
    """
    kind = "did" if presenter.startswith("did:") else "url"
    told = {one.value for one in named if one.kind == kind and not is_hash(one)}
    if presenter in told:
        return "recipient"
    return "another" if told else "not_named"


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
        for stated in asked[identity.kind if identity.kind in _WORDS else "id"]:
            yield _Compared(identity, stated, compare(identity, stated))


def _on_pages(named: Iterable[Identity], person: Person) -> Iterable[_Compared]:
    """A page that shows the badge may be the recipient's own; that it is not says nothing."""
    for identity in named:
        for page in person.pages if identity.kind == "url" else ():
            fit = compare(identity, page)
            if fit.level is Level.SAME:
                yield _Compared(identity, page, fit)


def _word(identity: Identity) -> str:
    return _WORDS.get(identity.kind, f"identifier ({identity.kind.removeprefix('ext:')[:40]})")


def _matched(one: _Compared, credential: Credential, asked: Asked) -> Check:
    detail: dict[str, object] = {}
    code = _MATCH.get(one.identity.kind, "profile_match")
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
