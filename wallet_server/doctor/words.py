"""The doctor's sentences: what an entry is, and the mend for it, word for word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.dates import read_moment, written
from wallet_server.doctor.model import Award, Finding
from wallet_server.plain_text import plain

#: Letters of what a page or a badge says that a sentence repeats.
_SHORT = 160
#: LinkedIn's own names for the fields of an entry.
_FIELDS = {
    "title": "Name",
    "issuer": "Issuing organization",
    "issued": "Issue date",
    "expires": "Expiration date",
    "id": "Credential ID",
}
_LINK = "Credential URL"
_WORDS = {
    "title": "title",
    "issuer": "issuer",
    "issued": "date",
    "expires": "end date",
    "id": "credential id",
    "holder": "holder",
}
_DATES = frozenset(("issued", "expires"))

DEAD = "The link is dead: {host} knows nothing at this address any more."
DEAD_KEPT = (
    "Your wallet keeps this award and no other public address for it. Ask the issuer for its "
    "present address; until then take the link off, or hand the badge on as a file."
)
NOT_YOURS = "Genuine, but issued to somebody other than you, as far as your wallet knows you."
AS_KEPT = "What your wallet last found of it: {says}"
NO_LINK = "No link stands beside it, so whoever reads it has only your word."
NO_LINK_MEND = (
    "Put the award's own address beside it. If you have the badge as a file, bring it into your "
    "wallet first."
)
LATE = "There was no time left to look at it."
LATE_MEND = "Compare again: what was read by now is remembered for a while, so it goes faster."
ASTRAY_SAYS: Mapping[str, str] = {
    "template": "It leads to the kind of badge, which anybody may link to, and not to yours.",
    "picture": "It leads to a picture, which anybody may show, and not to the award.",
    "private": "It leads to a page that only you can open: readers are asked to sign in.",
}
ASTRAY_MEND = (
    "Open your badge where its issuer shows it, choose “share” or “public link”, and put that "
    "address here instead."
)
MENDS: Mapping[str, str] = {
    "not_genuine": "Take it off your page, and ask whoever gave it to you for the genuine one.",
    "revoked": "Take it off your page. If that is a mistake, only the issuer can mend it.",
    "not_yours": (
        "Link your own award instead, or take it off. If it is yours, tell your wallet under “You” "
        "the address or name that it was issued to."
    ),
    "suspended": "Ask the issuer why it is suspended, and take it off your page until it is not.",
    "expired": "Renew it, say beside it that it ended, or take it off your page.",
    "not_yet_valid": "Show it from the day on which it begins.",
    "not_established": "Open the link where nobody knows you; if it shows no award, mend the link.",
    "unread": (
        "Open the link in a private window of your browser. If it shows your award there, all is "
        "well; if not, put the award's own address here."
    ),
    "dead": (
        "If it is set to private there, make it public again. Else look for the award where you "
        "got it and put its present address here, or take the link off. If you have the badge as a "
        "file, bring it into your wallet: it keeps what that proves."
    ),
}
_NO_ADDRESS = (
    "It has no public address: hand it on from your wallet, as a link you share or as a file."
)


def the_page(site: str) -> str:
    """What sentences call the page."""
    return "LinkedIn" if site == "linkedin" else "The page"


def host(address: str | None) -> str:
    """The host of an address."""
    parts = (address or "").split("/")
    return parts[2] if len(parts) > 2 else "its host"


def add_link(site: str, link: str | None) -> str:
    """To put the award's address beside what is said of it."""
    if link is None:
        return _NO_ADDRESS
    return put(site, link)


def put(site: str, link: str) -> str:
    """To put the award's own address there."""
    if site == "linkedin":
        return f"On LinkedIn, set “{_LINK}” to {link}"
    return f"Put this link there: {link}"


def instead(site: str, link: str) -> str:
    """To put another address in place of the one that is there."""
    if site == "linkedin":
        return f"On LinkedIn, set “{_LINK}” to the address that your wallet has: {link}"
    return f"Link the address that your wallet has instead: {link}"


def renewed(site: str, award: Award, link: str | None) -> str:
    """To show a newer award of the same kind."""
    until = award.card.expires
    ends = f"in force until {_day(until)}" if until else "in force"
    says = f"Your wallet has a newer one: issued {_day(award.card.issued)} and, when last checked, "
    says = f"{says}{ends}."
    return f"{says} {_NO_ADDRESS}" if link is None else f"{says} {put(site, link)}"


def misdescribed(site: str, line: Mapping[str, Any]) -> Finding:
    """One line of the page that says something else than the badge."""
    member, page = line["member"], _cut(line["page"])
    if member == "image":
        says = "The page shows the picture of another badge than the one it links to."
        return Finding("misdescribed", says, "Show the badge's own picture there.")
    badge = None if line["badge"] is None else _cut(_told(member, line["badge"], site))
    says = f"{the_page(site)} says “{page}”; the badge {_says(badge)}."
    return Finding("misdescribed", says, _change(site, member, page, badge))


def _change(site: str, member: str, page: str, badge: str | None) -> str:
    field = _FIELDS.get(member)
    if site == "linkedin" and field is not None:
        if badge is None:
            return f"On LinkedIn, leave “{field}” empty."
        return f"On LinkedIn, change “{field}” to “{badge}”."
    word = _WORDS.get(member, member)
    return f"Leave the {word} out." if badge is None else f"Change “{page}” to “{badge}”."


def _says(badge: str | None) -> str:
    return "gives none" if badge is None else f"says “{badge}”"


def _told(member: str, badge: str, site: str) -> str:
    """What the badge says as somebody writes it into the page."""
    if member not in _DATES:
        return badge
    moment = read_moment(f"{badge[:10]}T00:00:00Z")
    return f"{moment:%B %Y}" if site == "linkedin" else written(moment)


def _day(moment: str | None) -> str:
    return "on an unknown day" if moment is None else written(read_moment(moment))


def _cut(text: str) -> str:
    return plain(str(text), _SHORT)
