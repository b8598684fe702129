"""Recipient: is it about this person?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from verifier.identifiers import is_hash, is_weak
from verifier.model import Credential, Identity
from verifier.ports import Circumstances
from verifier.report import Check, Question

MATCH = {"email": "email_match", "did": "did_match", "name": "name_match"}
WORDS = {
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
    named = credential.recipient.named
    if circumstances.person is None and not circumstances.unnamed:
        answer = unasked(named, circumstances.presenter)
    else:
        from verifier.checks import compared  # here: mostly nobody asks

        answer = compared.answer(credential, named, circumstances)
    if any(map(is_weak, named)):
        answer = answer.told({"weak_hash": True})
    if circumstances.presenter is not None:
        which = _is_presenter(named, circumstances.presenter)
        answer = answer.told({"presented_by": circumstances.presenter, "presenter": which})
    return answer


def unasked(named: Sequence[Identity], presenter: str | None) -> Check:
    """Nobody is asked about; but who presents it may have proven to be whom it is about."""
    if presenter is None:
        return _NOT_ASKED
    which = _is_presenter(named, presenter)
    if which == "not_named":
        return _NOT_ASKED
    if which == "recipient":
        kind = next(one.kind for one in named if one.value == presenter)
        says = f"It is about the {WORDS[kind]} that presented it."
        return Check(Question.RECIPIENT, MATCH.get(kind, "profile_match"), says)
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
