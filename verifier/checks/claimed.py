"""What a page says about a badge, held against it thing by thing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from verifier import names
from verifier.checks.claim import NOTHING
from verifier.claims import dates
from verifier.claims.fit import OTHER, SAME, UNTOLD, Fit
from verifier.claims.ids import same_id, without_label
from verifier.claims.issuers import same_issuer
from verifier.claims.titles import same_title
from verifier.claims.told import told
from verifier.model import Claim, Credential, as_list
from verifier.ports import Circumstances
from verifier.providers import find
from verifier.report import Check, Question, worst


class Line(Struct, frozen=True):
    """One thing that the page says, beside what the badge says of it."""

    member: str
    page: str
    badge: str | None
    fit: Fit


def check(credential: Credential, circumstances: Circumstances, current: Check) -> Check:
    """The worst finding counts, and all of them are lines of `detail.lines`. Where `current` could
    not see an end, none is surely absent.
    """
    lines = [
        line
        for claim in circumstances.claims
        for line in _lines(credential, claim, circumstances, current)
    ]
    found = [_finding(line) for line in lines if line.member != "image" or line.fit is not UNTOLD]
    answer = worst(found) if found else NOTHING
    detail = {"lines": [_shown(line) for line in lines]} if lines else {}
    return replace(answer, detail={**answer.detail, **detail})


def _lines(
    credential: Credential, claim: Claim, circumstances: Circumstances, current: Check
) -> Iterator[Line]:
    for member, said in told(claim):
        if member == "expires":
            yield _end(said, credential, current)
        elif member == "issuer":
            yield _issuer(said, credential, circumstances)
        else:
            yield _COMPARED[member](said, credential)
    if claim.image:
        fit = _picture(claim.image, credential.image)
        yield Line("image", claim.image, credential.image, fit)


def _title(said: str, credential: Credential) -> Line:
    name = credential.name
    fit = same_title(said, name, credential.issuer.name or "") if name else UNTOLD
    return Line("title", said, name, fit)


def _issued(said: str, credential: Credential) -> Line:
    """A badge may have been awarded on one day and be valid from another: both are its date."""
    moment = credential.issued or credential.valid_from
    fit = dates.same_day(dates.read(said), credential.issued, credential.valid_from)
    return Line("issued", said, None if moment is None else f"{moment:%Y-%m-%d}", fit)


def _end(said: str, credential: Credential, current: Check) -> Line:
    found = {current.code, *(one["code"] for one in current.detail.get("also", ()))}
    never = bool(credential.proofs) and found.isdisjoint(("not_stated", "moved"))
    ends = credential.expires
    fit = dates.same_end(dates.read(said), ends, never=never)
    return Line("expires", said, None if ends is None else f"{ends:%Y-%m-%d}", fit)


def _issuer(said: str, credential: Credential, circumstances: Circumstances) -> Line:
    """The badge's own word for its issuer counts, and what a list calls the very same issuer."""
    ids = {credential.issuer.id, *credential.issuer.also}
    also = [
        name
        for registry in circumstances.trust
        for entry in registry.issuers
        if not ids.isdisjoint((entry.id, *entry.also))
        for name in (entry.name, *entry.called)
    ]
    called = [name for name in (credential.issuer.name, *also) if name]
    return Line("issuer", said, credential.issuer.name, same_issuer(said, *called))


def _id(said: str, credential: Credential) -> Line:
    own = [text for text in (credential.id, credential.url) if text]
    numbers = [
        subject["licenseNumber"]
        for subject in as_list(credential.document.get("credentialSubject"))
        if isinstance(subject, Mapping) and isinstance(subject.get("licenseNumber"), str)
    ]
    fit = same_id(said, own, numbers)
    if fit is UNTOLD:
        fit = _same_award(without_label(said).strip(), own)
    return Line("id", said, next(iter((*numbers, *own)), None), fit)


def _same_award(said: str, own: list[str]) -> Fit:
    """Whether two addresses of one platform lead to one award."""
    page = find(said)
    badges = [badge for badge in map(find, own) if badge is not None and badge.kind == "award"]
    if page is None or page.kind != "award":
        return UNTOLD
    same = [badge.id == page.id for badge in badges if badge.provider == page.provider]
    return UNTOLD if not same else SAME if any(same) else OTHER


def _holder(said: str, credential: Credential) -> Line:
    told_by = [
        one.value
        for one in credential.recipient.identities
        if one.kind == "name" and not one.hashed
    ]
    named = list(dict.fromkeys(filter(None, (credential.recipient.name, *told_by))))
    badge = named[0] if named else None
    if any(names.same_person(said, name) for name in named):
        return Line("holder", said, badge, SAME)
    other = bool(named) and all(names.strangers(said, name) for name in named)
    return Line("holder", said, badge, OTHER if other else UNTOLD)


def _picture(shown: str, own: str | None) -> Fit:
    """Whether the picture is the badge's own, where one platform tells the two apart by id."""
    page, badge = find(shown), find(own or "")
    if page is None or badge is None or page.provider != badge.provider:
        return UNTOLD
    if not page.kind == badge.kind == "picture":
        return UNTOLD
    return SAME if page.id == badge.id else OTHER


_COMPARED: Mapping[str, Callable[[str, Credential], Line]] = {
    "title": _title,
    "issued": _issued,
    "id": _id,
    "holder": _holder,
}
_WORDS = {
    "title": "title",
    "issued": "date",
    "expires": "end date",
    "issuer": "issuer",
    "id": "credential id",
    "holder": "holder",
    "image": "picture",
}
_DIFFERS = {
    "title": "The page says “{page}” where the badge says “{badge}”.",
    "image": "The page shows the picture of another badge than the one it links to.",
}
_OTHERWISE = "The page's {word} is “{page}” where the badge's is “{badge}”."
_LESS = "The page says less than the badge: “{page}” where the badge says “{badge}”."
_SHORT = 120


def _finding(line: Line) -> Check:
    detail = {"member": line.member, "page": line.page, "badge": line.badge}
    fit, word = line.fit, _WORDS[line.member]
    page = (fit.page or line.page)[:_SHORT]
    badge = (fit.badge or line.badge or "nothing")[:_SHORT]
    if fit.agrees:
        says = (
            "The page shows the badge's own picture."
            if line.member == "image"
            else f"The page's {word} is the badge's."
        )
        return Check(Question.CLAIM, "agrees", says, None, detail)
    if fit.agrees is None:
        says = f"Whether the page's {word} “{page}” fits the badge's could not be told."
        if line.badge is None:
            tells = "has none" if fit.less else "tells none"
            says = f"The page's {word} is “{page}”; the badge {tells}."
        elif fit.less:
            says = _LESS.format(page=page, badge=badge)
        return Check(Question.CLAIM, "cannot_tell", says, "Compare the two yourself.", detail)
    does = "shows" if line.member == "image" else "says"
    fix = f"The owner of the page can mend what it {does}."
    says = _DIFFERS.get(line.member, _OTHERWISE).format(word=word, page=page, badge=badge)
    return Check(Question.CLAIM, "differs", says, fix, detail)


def _shown(line: Line) -> dict[str, str | bool | None]:
    shown = {
        "member": line.member,
        "page": line.page,
        "badge": line.badge,
        "agrees": line.fit.agrees,
    }
    return {**shown, "less": True} if line.fit.less else shown
