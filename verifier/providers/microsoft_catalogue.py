"""What Microsoft Learn's catalogue tells of how its awards add up: the modules of a learning path,
whose completion gives a trophy, and the paths and exams of a certification. It is the same for
everybody, and says nothing of any holder.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from verifier.model import Documents, JsonObject, Request, Text
from verifier.providers.pages import text_of
from verifier.providers.platform import object_of

HOME = "https://learn.microsoft.com"
_CATALOGUE = f"{HOME}/api/catalog/?locale=en-us&type={{}}"
_UID = re.compile(r"[0-9A-Za-z._-]{3,150}")
_PAGE = re.compile(
    rf"(?:{re.escape(HOME)})?/(?:[a-z]{{2,3}}(?:-[a-z]{{2,4}}){{0,2}}/)?"
    r"(?:training|learn|credentials)?/?"
    r"(?P<of>modules|paths|certifications/exams|certifications)/(?P<slug>[a-z0-9._-]+)/?(?:\?.*)?",
    re.ASCII,
)
_PLACES = {
    "modules": "training/modules",
    "paths": "training/paths",
    "certifications": "credentials/certifications",
    "certifications/exams": "credentials/certifications/exams",
}
_STUDIED = {"module": "modules", "learningPath": "learningPaths"}
#: Letters of the uids that are looked up at once, so that the address stays one that every server
#: reads; and how often for one credential.
_LETTERS, _BATCHES = 1700, 3


def ask(kind: str, uids: Iterable[str]) -> tuple[Request, ...]:
    """The look-ups of entries of one kind; of very many only the first."""
    batches: list[str] = []
    for uid in dict.fromkeys(uid for uid in uids if is_uid(uid)):
        more = f"{batches[-1]},{uid}" if batches else ""
        if batches and len(quote(more)) <= _LETTERS:
            batches[-1] = more
        elif len(batches) == _BATCHES:
            break
        else:
            batches.append(uid)
    address = _CATALOGUE.format(kind)
    return tuple(Request(f"{address}&uid={quote(batch)}") for batch in batches)


def ask_certifications() -> Request:
    """The look-up of every certification: the catalogue can't be asked for one by its name."""
    return Request(_CATALOGUE.format("certifications"))


def entries(kind: str, requests: Iterable[Request], documents: Documents) -> dict[str, JsonObject]:
    """Uid → entry, of those that the catalogue answered; two of one uid are none."""
    answers = [object_of(documents, request.url) or {} for request in requests]
    found = [one for answer in answers for one in objects(answer.get(kind))]
    count = Counter(str(one.get("uid")) for one in found)
    return {uid: one for one in found if count[uid := str(one.get("uid"))] == 1 and is_uid(uid)}


def uids_of(value: object) -> tuple[str, ...]:
    """The uids in a list of them, each once."""
    listed = value if isinstance(value, list) else []
    return tuple(dict.fromkeys(one for one in listed if isinstance(one, str) and is_uid(one)))


def studied_for(certification: JsonObject) -> Iterator[tuple[str, str]]:
    """Kind (as `ask` has it) and uid of what the catalogue would have one study first."""
    for one in objects(certification.get("study_guide")):
        uid, kind = one.get("uid"), _STUDIED.get(str(one.get("type")))
        if isinstance(uid, str) and is_uid(uid) and kind is not None:
            yield kind, uid


def named(uid: str, entry: JsonObject | None) -> Text:
    """An entry's title, or its uid where the catalogue tells none, and its page."""
    told = entry or {}
    return Text(url=page_of(told.get("url")), name=text_of(told.get("title")) or uid)


def page_of(value: object) -> str | None:
    """The one spelling of a page of the catalogue, without language and what tells who asked."""
    found = _PAGE.fullmatch(str(value))
    return None if found is None else f"{HOME}/{_PLACES[found['of']]}/{found['slug']}"


def is_uid(uid: str) -> bool:
    """Whether `uid` may be looked up."""
    return _UID.fullmatch(uid) is not None


def objects(value: object) -> tuple[JsonObject, ...]:
    """The objects in what should be a list of them."""
    return tuple(one for one in value if isinstance(one, dict)) if isinstance(value, list) else ()
