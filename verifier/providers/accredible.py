"""Accredible: credentials at credential.net and under many organisations' own names.

Three kinds of id name one award. The platform's own answer says whose it is, until when, and
whether it was taken back.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from verifier.addresses import read_address
from verifier.dates import read_day
from verifier.errors import Malformed
from verifier.model import Credential, Documents, Issuer, Problem, Recipient, Standing, Text
from verifier.providers.pages import Page, text_of
from verifier.providers.platform import (
    UUID,
    Evidence,
    Example,
    Match,
    Provider,
    Shape,
    answer_of,
    object_of,
    shown,
    unread,
)

_HOME = "https://www.credential.net"
_API, _EU = "https://api.accredible.com/v1", "https://eu.api.accredible.com/v1"
_HOSTS = ("www.credential.net", "credential.net", "sandbox.credential.net")
#: Organisations' own names for it, and those that Accredible gives them.
_LABELS = (
    *("*.accredible.com", "edu.google.accredible.com", "skillshop.credential.net"),
    *("credentials.databricks.com", "achieve.snowflake.com", "certified.elastic.co"),
    *("credentials.nus.edu.sg", "skillsoft.digitalbadges.skillsoft.com"),
)
#: Words of eight letters at which the site speaks of itself.
_OWN = "register|settings|password|features|security|partners|products|students|earnings|download"
_ID = rf"(?P<id>{UUID}|\d{{6,12}}|(?!(?:{_OWN})$)[a-z0-9]{{8}})"
#: Hosts that a page of Accredible's under another name is drawn from.
_DRAWN_FROM = re.compile(
    r"https://(?:[a-z0-9-]+\.)*(?:accredible\.com|credential\.net)/", re.IGNORECASE
)
_UUID = rf"(?P<id>{UUID})"
_ONE = "01b2c3d4-0000-4000-8000-00000000ac01"
_MISSING = (
    "Accredible shows no such credential: it may be private, or never have been. Ask its holder "
    "for a link that is public."
)
_PRIVATE = (
    "This credential is private: Accredible does not say what it is. Ask its holder to show it."
)


_ELSEWHERE = (
    "{label} shows this as a credential of Accredible's, and Accredible does not say that it "
    "stands there. What Accredible itself says of it is at {home}."
)


def _credential(match: Match, documents: Documents) -> Credential | None:
    """The credential as Accredible's own answer describes it, `None` where it describes another."""
    api = _EU if answer_of(documents, _asked(_EU, match.id)) else _API
    document = answer_of(documents, _asked(api, match.id))
    answer = object_of(documents, _asked(api, match.id))
    data = None if answer is None else answer.get("data")
    if document is None or not isinstance(data, dict) or not _is_about(match.id, data):
        return None
    if not isinstance(data.get("private"), bool):
        return None
    if data.get("private") is True:
        problem = Problem("page_unreadable", "accredible.private", _PRIVATE)
        return unread(match, problem, "certificate")
    label = match.parts.get("label")
    if label is not None and not _stands_at(label, data.get("url")):
        says = _ELSEWHERE.format(label=label, home=match.canonical)
        problem = Problem("page_unreadable", "accredible.elsewhere", says)
        return unread(match, problem, "certificate")
    recipient = data.get("recipient")
    name = text_of(recipient.get("name")) if isinstance(recipient, dict) else None
    return shown(
        match,
        document,
        kind="certificate",
        name=text_of(data.get("name")),
        description=text_of(data.get("description")),
        issuer=_issuer(data.get("issuer"), api),
        recipient=Recipient(name=name),
        issued=_day(data.get("issued_on")),
        expires=_day(data.get("expired_on")),
        standing=_standing(data),
        skills=_outcomes(data.get("learning_outcomes")),
    )


def _asked(api: str, id: str) -> str:
    return f"{api}/credential-net/credentials/{id}"


def _is_about(id: str, data: dict[str, Any]) -> bool:
    """Whether the answer is about the award asked for; not each repeats the eight-letter id."""
    if len(id) == 8 and not id.isdecimal() and "encoded_id" not in data:
        return True
    return id in {str(data.get(member)).lower() for member in ("id", "uuid", "encoded_id")}


def _stands_at(host: str, url: object) -> bool:
    """Whether `url`, by which Accredible says where its page of an award is, is at `host`."""
    try:
        return isinstance(url, str) and read_address(url).host == host
    except Malformed:
        return False


def _issuer(issuer: object, api: str) -> Issuer:
    """The organisation by its number at this one of Accredible's two sites, which count apart; its
    name and address are its own words.
    """
    if not isinstance(issuer, dict) or type(issuer.get("id")) is not int:
        return Issuer()
    number, name, url = issuer["id"], text_of(issuer.get("name")), text_of(issuer.get("url"))
    return Issuer(id=f"{api}/issuers/{number}", name=name, url=url)


def _standing(data: dict[str, Any]) -> Standing:
    """What is said of its end and of its being taken back; what can't be read stays open."""
    revoked, ends = data.get("revoked_at", ...), data.get("expired_on", ...)
    if isinstance(revoked, str) and revoked:
        return Standing("revoked", "Accredible says that this was taken back.")
    if revoked is not None or (ends is not None and _day(ends) is None):
        return Standing("not_stated", "Accredible's answer does not say whether this is in force.")
    return Standing(None, "Accredible says that nothing stands against it.")


def _day(value: object) -> datetime | None:
    return read_day(value, "%Y-%m-%d")


def _outcomes(value: object) -> tuple[Text, ...]:
    named = map(text_of, value if isinstance(value, list) else [])
    return tuple(Text(name=name) for name in named if name is not None)


def _labelled(page: Page) -> Match | None:
    """An organisation's own name for Accredible: its path is an id, and it is drawn from there.

    What such a page says counts for nothing: anybody can draw one around the id of somebody's
    award. Accredible is asked about that id, and has to name that host itself.
    """
    try:
        address = read_address(page.address)
        found = re.fullmatch(rf"/(?:embed/)?({UUID})/?", address.path)
    except Malformed:
        return None
    if found is None:
        return None
    links = (str(one.get("src") or one.get("href") or "") for one in page.soup.find_all(_DRAWING))
    if not any(_DRAWN_FROM.match(link) for link in links):
        return None
    id = found[1].lower()
    parts = {"id": id, "label": address.host}
    return Match("accredible", "award", id, f"{_HOME}/{id}", parts)


def _name(match: Match) -> str:
    """Only the longest kind of id is the same at both of Accredible's sites and under any name."""
    return match.id if re.fullmatch(UUID, match.id) else match.canonical


_DRAWING = ("script", "link", "img", "iframe")


def _award(hosts: tuple[str, ...], path: str, canonical: str, api: str = _API) -> Shape:
    return Shape(
        "award",
        hosts,
        path,
        canonical,
        lower=("id",),
        asks=_asked(api, "{id}"),
        reads=_credential,
        missing=_MISSING,
        award="certificate",
    )


_AT_API = "/v1/(?:credential-net/credentials|credentials|obi/badge_assertions)/"

_AT_HOME = _award(_HOSTS, f"/(?:embed/)?{_ID}", f"{_HOME}/{{id}}")

PROVIDER = Provider(
    name="accredible",
    title="Accredible",
    names=_name,
    shapes=(
        _AT_HOME,
        _award(("eu.credential.net",), f"/(?:embed/)?{_ID}", "https://eu.credential.net/{id}", _EU),
        _award(("api.accredible.com",), f"{_AT_API}{_ID}", f"{_HOME}/{{id}}"),
        _award(
            ("eu.api.accredible.com",), f"{_AT_API}{_ID}", "https://eu.credential.net/{id}", _EU
        ),
        _award(_LABELS, f"/(?:embed/)?{_UUID}", "https://{host}/{id}"),
        Shape(
            "profile",
            _HOSTS,
            r"/profile/(?P<id>[A-Za-z0-9_.-]+)(?:/wallet)?",
            f"{_HOME}/profile/{{id}}",
            says="This is a profile and no award, and Accredible lists it to its own pages only. "
            "Ask for the link of the one credential.",
        ),
        # The path names the award, though the picture itself says nothing.
        Shape(
            "picture",
            ("api.accredible.com", "eu.api.accredible.com"),
            r"/v1/frontend/(?:credential_website_embed_image/(?:badge|certificate)"
            r"|credential_badge_image|[a-z_]+_seo_image)/(?P<id>\d+)",
            f"{_HOME}/{{id}}",
            says="A picture of a credential, and no proof. Check the credential's own link.",
            award="certificate",
        ),
    ),
    examples=(
        Example(
            f"{_HOME}/{_ONE.upper()}?record_view=true#gs.abc123", "award", _ONE, f"{_HOME}/{_ONE}"
        ),
        Example(
            f"https://eu.credential.net/embed/{_ONE}",
            "award",
            _ONE,
            f"https://eu.credential.net/{_ONE}",
        ),
        Example(f"{_API}/obi/badge_assertions/{_ONE}", "award", _ONE, f"{_HOME}/{_ONE}"),
        Example(
            f"{_EU}/obi/badge_assertions/{_ONE}", "award", _ONE, f"https://eu.credential.net/{_ONE}"
        ),
        Example(f"https://credentials.nus.edu.sg/{_ONE}", "award", _ONE),
        Example(f"{_HOME}/profile/mira/wallet", "profile", "mira", f"{_HOME}/profile/mira"),
        Example(
            f"{_API}/frontend/credential_website_embed_image/badge/12345678",
            "picture",
            "12345678",
            f"{_HOME}/12345678",
        ),
    ),
    strangers=(
        f"https://www.credential.net.evil.example/{_ONE}",
        f"https://credential.network/{_ONE}",
        f"{_HOME}/login",
        f"{_HOME}/register",
        f"{_HOME}/password",
        "https://www.accredible.com/blog/",
    ),
    evidence=(
        Evidence(
            "credential link", "issuer_page", "Accredible's own answer: holder, dates, taken back."
        ),
        Evidence(
            "organisation's own name for it",
            "issuer_page",
            "Known ones, and any that Accredible itself names as the place of the credential.",
        ),
        Evidence("Blockcerts file", "signature", "By its own proof, anchored in a blockchain."),
        Evidence("picture, profile", "none", "A picture names an award; a profile is not read."),
    ),
    white_label=_labelled,
)
