"""A profile at Microsoft Learn: its badges and trophies, and what the catalogue says a trophy is
made of. Certifications are on transcripts alone. The name on a profile is its owner's choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NoReturn

from msgspec.structs import replace

from verifier.errors import NoCredential
from verifier.model import Credential, Documents, JsonObject, Recipient, Request, Text
from verifier.providers import microsoft_catalogue as catalogue
from verifier.providers.microsoft_catalogue import HOME, objects
from verifier.providers.microsoft_transcript import day_of
from verifier.providers.pages import text_of
from verifier.providers.platform import Match, object_of

MISSING = "Microsoft shows no such profile: it is private, or was never there."
_PROFILE = f"{HOME}/api/profiles/{{}}"
_ACHIEVEMENTS = f"{HOME}/api/achievements/user/{{}}?locale=en-us"
_SHARED = re.compile(rf"{re.escape(HOME)}/api/achievements/share/[a-z-]+/([A-Za-z0-9-]+)/\w+")
_USER_ID = re.compile(r"[0-9A-Za-z-]{8,40}")
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
    if one is not None:
        yield from _path(one)
        yield from catalogue.ask("modules", _modules(one, documents))


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
        achievement=catalogue.page_of(one.get("url")),
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


def _path(one: JsonObject) -> tuple[Request, ...]:
    """The look-up of the learning path that a trophy stands for."""
    uid = str(one.get("typeId")).removesuffix(".trophy")
    return catalogue.ask("learningPaths", [uid]) if _kind(one) == "trophy" else ()


def _modules(one: JsonObject, documents: Documents) -> tuple[str, ...]:
    entries = catalogue.entries("learningPaths", _path(one), documents)
    return tuple(
        uid for entry in entries.values() for uid in catalogue.uids_of(entry.get("modules"))
    )


def _made_of(one: JsonObject, documents: Documents) -> Iterator[Text]:
    """The path's modules in its order: their names where the catalogue gives them."""
    modules = _modules(one, documents)
    entries = catalogue.entries("modules", catalogue.ask("modules", modules), documents)
    for module in modules:
        yield catalogue.named(module, entries.get(module))
