"""Credly's awards: the organisation behind one, its holder's name, and its other copies."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from verifier.model import (
    Credential,
    Document,
    Documents,
    Issuer,
    Recipient,
    Request,
    Standing,
    first_text,
)
from verifier.providers.pages import page_of, text_of
from verifier.providers.platform import PAGE, UUID

ASSERTION = "https://api.credly.com/v1/obi/v2/badge_assertions/{id}"
_PAGE = "https://www.credly.com/badges/{id}"

_DID = "did:web:www.credly.com:api:v1:obi:v3:issuers:"
_ISSUERS = (
    "https://api.credly.com/api/v1/obi/v2/issuers/",
    "https://api.credly.com/v1/obi/v2/issuers/",
    "https://www.credly.com/api/v1/obi/v2/issuers/",
    "https://www.credly.com/v1/obi/v2/issuers/",
)
_ORGANISATION = re.compile(
    rf"(?:{re.escape(_DID)}|https://(?:api\.|www\.)?credly\.com/(?:api/)?v1/obi/v2/issuers/)({UUID})"
)
_HOSTED_ID = re.compile(
    rf"https://(?:api\.|www\.)?credly\.com/(?:api/)?v1/obi/v2/badge_assertions/({UUID})"
)
_OTHER_ID = re.compile(
    rf"https://www\.credly\.com/api/v1/obi/v3/open_badge_credentials/({UUID})"
    rf"|https?://(?:api|www)\.youracclaim\.com/(?:api/)?v1/obi/v2/badge_assertions/({UUID})"
)
_CLASS = re.compile(rf".*/(?:achievements|badge_classes)/({UUID})")

#: Who left Credly with their certifications: organisation → what those are called, where, when.
_LEFT = {
    "1392f199-abe0-4698-92b5-834610af6baf": (
        re.compile(r"Microsoft (?:365 )?Certified: |MCS[ADE]\b"),
        "Microsoft keeps its certifications at Microsoft Learn since 2023",
    ),
    "63074953-290b-4dce-86ce-ea04b4187219": (
        re.compile(r"GitHub (?:Foundations|Actions|Advanced Security|Administration|Copilot)\b"),
        "GitHub keeps its certifications at Microsoft Learn since July 2025",
    ),
}
_MARK = " was issued by "
#: Stands behind a badge's name in a title where it has an end; some names end so themselves.
_ENDED = " (Expired)"


def wants(credential: Credential, documents: Documents) -> Iterable[Request]:
    """The award's page, for the name in its title, where a hosted assertion was read."""
    found = _HOSTED_ID.fullmatch(credential.id or "")
    if found is None or credential.revocation is not None or credential.standard != "OB 2.0":
        return ()
    return (Request(_PAGE.format(id=found[1].lower()), PAGE),)


def completes(credential: Credential, documents: Documents) -> Credential:
    """The award with its holder's name, the other ids of its organisation, and whether its issuer
    has left Credly.
    """
    organisation = organisation_of(credential.issuer)
    also = (_DID + organisation, *(one + organisation for one in _ISSUERS)) if organisation else ()
    left = _left(credential, organisation)
    return replace(
        credential,
        kind="certification" if left else credential.kind,
        issuer=replace(credential.issuer, also=also),
        recipient=_recipient(credential, documents),
        standing=left or credential.standing,
    )


def organisation_of(issuer: Issuer) -> str | None:
    """Credly's own id of the organisation, by which alone it is known: names are anyone's."""
    found = _ORGANISATION.fullmatch(issuer.id or "")
    return found[1].lower() if found else None


def twin(credential: Credential) -> str | None:
    """Where the hosted assertion of the same award would be, for a file or an old address."""
    found = _OTHER_ID.fullmatch(credential.id or "")
    return ASSERTION.format(id=(found[1] or found[2]).lower()) if found else None


def is_twin(held: Credential, hosted: Credential) -> bool:
    """Whether the assertion at `twin(held)` is of the same award: of one organisation and class and
    for one recipient, or taken back, which leaves nothing to compare.
    """
    if hosted.revocation is not None and hosted.issuer.id is None:
        return True
    ours, theirs = organisation_of(held.issuer), organisation_of(hosted.issuer)
    same = {one.value.lower() for one in held.recipient.identities} & {
        one.value.lower() for one in hosted.recipient.identities
    }
    return bool(
        ours == theirs and _class(held) == _class(hosted) and ours and _class(held) and same
    )


def _class(credential: Credential) -> str | None:
    """The id of the badge class, which is the same in both standards."""
    subject = credential.document.get("credentialSubject")
    stated = subject.get("achievement") if isinstance(subject, dict) else None
    stated = stated or credential.document.get("badge")
    stated = stated.get("id") if isinstance(stated, dict) else stated
    found = _CLASS.fullmatch(stated) if isinstance(stated, str) else None
    return found[1].lower() if found else None


def _left(credential: Credential, organisation: str | None) -> Standing | None:
    names, where = _LEFT.get(organisation or "", (None, ""))
    if names is None or names.match(credential.name or "") is None:
        return None
    says = f"{where}, so what Credly shows is not kept up: the certification may have been renewed."
    return Standing("moved", says)


def _recipient(credential: Credential, documents: Documents) -> Recipient:
    """With the name that the award's page gives, or a signed file gives as its own title."""
    recipient = credential.recipient
    if recipient.name is not None:
        return replace(recipient, chosen_by_holder=True)
    name = None
    if credential.standard == "OB 3.0":
        stated = text_of(credential.document.get("name"))
        name = stated if stated != credential.name else None
    for request in wants(credential, documents):
        document = documents.get(request)
        name = _holder(document, credential) if document is not None else None
    return recipient if name is None else replace(recipient, name=name, chosen_by_holder=True)


def _holder(document: Document, credential: Credential) -> str | None:
    """The name in the title of the award's own page, if that is about this very badge."""
    if not document.answered or not _is_own(document):
        return None
    title = read_title(page_of(document).meta("og:title"), credential.issuer.name)
    name = text_of(credential.name)
    if title is None or name is None or name.removesuffix(_ENDED) != title.badge:
        return None
    return title.holder


def _is_own(document: Document) -> bool:
    """Not led to another award's page."""
    return (document.final_url or document.url).split("?")[0].rstrip("/") == document.url


class Title(Struct, frozen=True):
    """What an award page's title says; the holder's name is what the holder likes."""

    badge: str
    issuer: str
    holder: str
    expired: bool


def read_title(title: str | None, issuer: str | None = None) -> Title | None:
    """A title of the form `… was issued by … to ….`; `issuer` tells where its name ends.

    `None` for any other, and where names could have been chosen so as to be read otherwise.
    """
    badge, mark, rest = (title or "").partition(_MARK)
    if not mark or _MARK in rest or not rest.endswith("."):
        return None
    known = first_text((issuer,))
    if known is not None and rest.startswith(f"{known} to "):
        named, holder = known, rest[len(known) + len(" to ") :]
    else:
        named, _, holder = rest.partition(" to ")
        if known is not None or " to " in holder:
            return None
    plain = badge.removesuffix(_ENDED)
    holder = holder.removesuffix(".")
    if not plain or not named or not holder:
        return None
    return Title(plain, named, holder, plain != badge)
