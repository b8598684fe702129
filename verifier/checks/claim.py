"""Claim: does what the page says about the badge agree with it?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime

from verifier.model import Claim, Credential, as_list
from verifier.ports import Circumstances
from verifier.providers import find
from verifier.report import Check, Question, worst

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
#: Words of rank: a page that names another one than the badge says more, or less, than the badge.
_RANKS = (
    {
        "fundamentals",
        "foundational",
        "foundation",
        "introduction",
        "introductory",
        "beginner",
        "basic",
        "basics",
    },
    {"associate", "intermediate", "practitioner"},
    {"professional", "advanced", "specialty", "specialist"},
    {"expert", "master", "architect", "fellow"},
)


def check(credential: Credential, circumstances: Circumstances) -> Check:
    """Hold each thing the page says against the credential; the worst finding counts. Of an
    endorsement what it was found on says that it is what is endorsed.
    """
    if circumstances.endorsed is not None:
        return _endorses(credential, circumstances.endorsed)
    found = [one for claim in circumstances.claims for one in _compare(credential, claim)]
    if not found:
        return Check(
            Question.CLAIM,
            "nothing_claimed",
            "The page says nothing about it that could be compared.",
        )
    return worst(found)


def _endorses(credential: Credential, endorsed: str) -> Check:
    """Open Badges 3.0, "EndorsementSubject": its `id` tells what is endorsed."""
    named = [
        subject["id"]
        for subject in as_list(credential.document.get("credentialSubject"))
        if isinstance(subject, Mapping) and isinstance(subject.get("id"), str)
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


def _compare(credential: Credential, claim: Claim) -> list[Check]:
    pairs = (
        ("title", claim.title, _title(claim.title, credential.name)),
        ("issued", claim.issued, _date(claim.issued, credential.issued)),
        ("expires", claim.expires, _date(claim.expires, credential.expires)),
        ("issuer", claim.issuer, _issuer(claim.issuer, credential.issuer.name)),
    )
    found = [_answer(credential, member, said, agrees) for member, said, agrees in pairs if said]
    same = _picture(claim.image, credential.image)
    return found if same is None else [*found, _shows(claim.image, credential.image, agrees=same)]


def _answer(credential: Credential, member: str, said: str | None, agrees: bool | None) -> Check:
    badge = {
        "title": credential.name,
        "issued": _day(credential.issued),
        "expires": _day(credential.expires),
        "issuer": credential.issuer.name,
    }[member]
    detail = {"member": member, "page": said, "badge": badge}
    if agrees:
        return Check(
            Question.CLAIM, "agrees", f"The page's {_WORDS[member]} is the badge's.", None, detail
        )
    if agrees is None:
        says = f"Whether the page's {_WORDS[member]} “{said}” fits the badge's could not be told."
        return Check(Question.CLAIM, "cannot_tell", says, "Compare the two yourself.", detail)
    return Check(
        Question.CLAIM,
        "differs",
        f"The page says “{said}” where the badge says “{badge}”.",
        "The owner of the page can mend what it says.",
        detail,
    )


def _picture(shown: str | None, own: str | None) -> bool | None:
    """Whether the picture is the badge's own, where one platform tells the two apart by id."""
    page, badge = find(shown or ""), find(own or "")
    if page is None or badge is None or page.provider != badge.provider:
        return None
    both = page.kind == badge.kind == "picture"
    return page.id == badge.id if both else None


def _shows(shown: str | None, own: str | None, *, agrees: bool) -> Check:
    detail = {"member": "image", "page": shown, "badge": own}
    if agrees:
        return Check(
            Question.CLAIM, "agrees", "The page shows the badge's own picture.", None, detail
        )
    return Check(
        Question.CLAIM,
        "differs",
        "The page shows the picture of another badge than the one it links to.",
        "The owner of the page can mend what it shows.",
        detail,
    )


_WORDS = {"title": "title", "issued": "date", "expires": "end date", "issuer": "issuer"}


def _title(said: str | None, name: str | None) -> bool | None:
    """Equal or one within the other agrees; another rank, or no word in common, differs; else
    nobody can tell.
    """
    page, badge = _words(said), _words(name)
    if not page or not badge:
        return None
    page_ranks, badge_ranks = _ranks(page), _ranks(badge)
    if page_ranks != badge_ranks and page_ranks:
        return False
    if page <= badge or badge <= page:
        return True
    return None if page & badge else False


def _issuer(said: str | None, name: str | None) -> bool | None:
    page, badge = _words(said), _words(name)
    if not page or not badge:
        return None
    return True if page <= badge or badge <= page else None


def _date(said: str | None, moment: datetime | None) -> bool | None:
    """Compared as finely as the page says it; a date the badge does not have can't be told."""
    match = _DATE.fullmatch(said or "")
    if match is None or moment is None:
        return None
    parts = [int(part) for part in match.groups() if part is not None]
    return parts == [moment.year, moment.month, moment.day][: len(parts)]


def _words(text: str | None) -> frozenset[str]:
    folded = unicodedata.normalize("NFKD", text or "").casefold()
    kept = "".join(character for character in folded if not unicodedata.combining(character))
    return frozenset(re.findall(r"\w+", kept))


def _ranks(words: frozenset[str]) -> set[int]:
    return {rank for rank, names in enumerate(_RANKS) if names & words}


def _day(moment: datetime | None) -> str | None:
    return None if moment is None else f"{moment:%Y-%m-%d}"
