"""A profile at Microsoft Learn: its badges and trophies, and what the catalogue says a trophy is
made of. Certifications are on transcripts alone. The name on a profile is its owner's choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NoReturn
from urllib.parse import quote

from verifier.errors import NoCredential
from verifier.model import Credential, Documents, JsonObject, Recipient, Request, Text
from verifier.providers.microsoft_transcript import HOME, day_of, objects
from verifier.providers.pages import text_of
from verifier.providers.platform import Match, object_of

MISSING = "Microsoft shows no such profile: it is private, or was never there."
_PROFILE = f"{HOME}/api/profiles/{{}}"
_ACHIEVEMENTS = f"{HOME}/api/achievements/user/{{}}?locale=en-us"
_CATALOGUE = f"{HOME}/api/catalog/?locale=en-us&type={{}}&uid={{}}"
_SHARED = re.compile(rf"{re.escape(HOME)}/api/achievements/share/[a-z-]+/([A-Za-z0-9-]+)/\w+")
_USER_ID = re.compile(r"[0-9A-Za-z-]{8,40}")
_UID = re.compile(r"[0-9A-Za-z._-]{3,150}")
#: Modules of one learning path whose names are looked up.
_MODULES = 40
_KINDS = {".badge": "badge", ".trophy": "trophy"}


def asks(match: Match, documents: Documents) -> Iterator[Request]:
    """What a profile's address needs: whose it is, then what they earned."""
    yield from _needs(match.id, documents)


def list_awards(match: Match, documents: Documents) -> NoReturn:
    """What the person holds, to pick from. Raises `NoCredential` with it."""
    earned = _earned(match.id, documents)
    if earned is None:
        says = "What Microsoft answered for this profile can't be read."
        raise NoCredential("unreachable", says, (match.canonical,))
    found = tuple(_told(one) for one in earned if text_of(one.get("title")) is not None)
    says = (
        "This is a profile: badges and trophies only, whose names and days are listed. For a "
        "certification ask for the transcript link, for a badge for the link of the one award."
    )
    raise NoCredential("not_an_award", says, found)


def wants(credential: Credential, documents: Documents) -> Iterator[Request]:
    """For a shared badge or trophy: its holder's list, then the catalogue's entry of a trophy."""
    shared = _SHARED.fullmatch(credential.id or "")
    if shared is None or not credential.proofs:
        return
    yield from _needs(shared[1], documents)
    one = _listed(credential, documents)
    uid = None if one is None else _path(one)
    if uid is None:
        return
    yield Request(_path_entry(uid))
    modules = _modules(uid, documents)
    if modules:
        yield Request(_module_entries(modules))


def completes(credential: Credential, documents: Documents) -> Credential:
    """Badge or trophy, its day and its holder's chosen name, where their own list has it; and the
    modules that a trophy is made of, where the catalogue tells.
    """
    shared = _SHARED.fullmatch(credential.id or "")
    one = _listed(credential, documents) if shared is not None else None
    if shared is None or one is None:
        return credential
    profile = object_of(documents, _PROFILE.format(shared[1])) or {}
    name = text_of(profile.get("displayName")) or text_of(profile.get("userName"))
    return replace(
        credential,
        kind=_kind(one) or credential.kind,
        issued=day_of(one.get("grantedOn")),
        recipient=Recipient(name=name, chosen_by_holder=True),
        made_of=tuple(_made_of(one, documents)),
    )


def _needs(user: str, documents: Documents) -> Iterator[Request]:
    yield Request(_PROFILE.format(user))
    number = _number(user, documents)
    if number is not None:
        yield Request(_ACHIEVEMENTS.format(number))


def _number(user: str, documents: Documents) -> str | None:
    number = str((object_of(documents, _PROFILE.format(user)) or {}).get("userId"))
    return number if _USER_ID.fullmatch(number) else None


def _earned(user: str, documents: Documents) -> tuple[JsonObject, ...] | None:
    number = _number(user, documents)
    answer = None if number is None else object_of(documents, _ACHIEVEMENTS.format(number))
    return None if answer is None else objects(answer.get("achievements"))


def _listed(credential: Credential, documents: Documents) -> JsonObject | None:
    """What is on its holder's list under this title, if that is one thing alone."""
    shared = _SHARED.fullmatch(credential.id or "")
    earned = None if shared is None else _earned(shared[1], documents)
    fitting = [one for one in earned or () if text_of(one.get("title")) == credential.name]
    return fitting[0] if len(fitting) == 1 else None


def _kind(one: JsonObject) -> str | None:
    type_id = str(one.get("typeId"))
    return next((kind for ending, kind in _KINDS.items() if type_id.endswith(ending)), None)


def _told(one: JsonObject) -> str:
    day = day_of(one.get("grantedOn"))
    granted = "" if day is None else f", {day:%Y-%m-%d}"
    return f"{_kind(one) or 'award'}: {text_of(one.get('title'))}{granted}"


def _path(one: JsonObject) -> str | None:
    """The uid of the learning path that a trophy stands for."""
    uid = str(one.get("typeId")).removesuffix(".trophy")
    return uid if _kind(one) == "trophy" and _UID.fullmatch(uid) else None


def _path_entry(uid: str) -> str:
    return _CATALOGUE.format("learningPaths", uid)


def _module_entries(modules: tuple[str, ...]) -> str:
    return _CATALOGUE.format("modules", quote(",".join(modules)))


def _modules(uid: str, documents: Documents) -> tuple[str, ...]:
    answer = object_of(documents, _path_entry(uid)) or {}
    paths = [one for one in objects(answer.get("learningPaths")) if one.get("uid") == uid]
    listed = paths[0].get("modules") if len(paths) == 1 else None
    modules = listed if isinstance(listed, list) else []
    return tuple(one for one in modules if isinstance(one, str) and _UID.fullmatch(one))[:_MODULES]


def _made_of(one: JsonObject, documents: Documents) -> Iterator[Text]:
    """The path's modules in its order: their names where the catalogue gives them."""
    uid = _path(one)
    modules = () if uid is None else _modules(uid, documents)
    answer = object_of(documents, _module_entries(modules)) if modules else None
    titles = {item.get("uid"): item for item in objects((answer or {}).get("modules"))}
    for module in modules:
        entry = titles.get(module, {})
        url = text_of(entry.get("url"))
        own = url is not None and url.startswith(f"{HOME}/")
        yield Text(url=url if own else None, name=text_of(entry.get("title")) or module)
