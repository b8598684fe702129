"""Claim: does what the page says about the badge agree with it?"""

from __future__ import annotations

from verifier.model import Credential, objects
from verifier.ports import Circumstances
from verifier.report import Check, Question

NOTHING = Check(
    Question.CLAIM, "nothing_claimed", "The page says nothing about it that could be compared."
)


def check(credential: Credential, circumstances: Circumstances, current: Check) -> Check:
    """Hold each thing the page says against the credential (`claimed`). Of an endorsement what it
    was found on says that it is what is endorsed.
    """
    if circumstances.endorsed is not None:
        return _endorses(credential, circumstances.endorsed)
    if not circumstances.claims:
        return NOTHING
    from verifier.checks import claimed  # here: words, dates and names in every language

    return claimed.check(credential, circumstances, current)


def _endorses(credential: Credential, endorsed: str) -> Check:
    """Open Badges 3.0, "EndorsementSubject": its `id` tells what is endorsed."""
    named = [
        subject["id"]
        for subject in objects(credential.document.get("credentialSubject"))
        if isinstance(subject.get("id"), str)
    ]
    detail = {"member": "credentialSubject", "endorsed": endorsed, "badge": named}
    if endorsed in named:
        return Check(Question.CLAIM, "agrees", "It endorses what carries it.", None, detail)
    if not named:
        says = "What it endorses is not told, so whether it is what carries it is not known."
        return Check(Question.CLAIM, "cannot_tell", says, "Ask who wrote the endorsement.", detail)
    says = f"It endorses “{named[0][:120]}”, and not what carries it."
    fix = "Only the issuer can mend this, by leaving it out."
    return Check(Question.CLAIM, "differs", says, fix, detail)
