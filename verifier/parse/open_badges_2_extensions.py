"""Extensions of Open Badges 2.0: objects with a vocabulary and a type of their own.

("Extensions"; Open Badges Extensions, the schema of each.) Their words are never shown as the
badge's, so only their form is looked at, and only of those that 1EdTech publishes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from verifier.model import JsonObject, Problem, as_list
from verifier.parse.members import Fault, Member, each, faults, iri, nested, one, present, text

_LAST_WORD = re.compile(r"[A-Za-z]+$")
#: What the members are called where the extension's own vocabulary is left out.
_SHORT = {"http://schema.org/text": "exampleProperty"}


def extension_problems(body: JsonObject, at: str) -> Iterator[Problem]:
    """What is wrong with the extensions in `body`; `at` names the class, as in `badge`."""
    for name, value in body.items():
        for extension in as_list(value):
            if isinstance(extension, dict) and _is_extension(name, extension):
                for path, says in _faults(extension, f"{at}.{name}"):
                    yield Problem("structure", f"ob2.{path}", f"The extension “{path}” {says}.")


def _is_extension(name: str, extension: JsonObject) -> bool:
    return name.startswith("extensions:") or "Extension" in as_list(extension.get("type"))


def _faults(extension: JsonObject, at: str) -> Iterator[Fault]:
    for context in present(extension.get("@context")):
        if isinstance(context, str):
            yield from iri(context, f"{at}.@context")
    named = {_SHORT.get(name, name): value for name, value in extension.items()}
    for kind in present(extension.get("type")):
        word = _LAST_WORD.search(kind) if isinstance(kind, str) else None
        if word is not None:
            yield from faults(named, _PUBLISHED.get(word[0].lower(), ()), at)


def _number(value: object, at: str) -> Iterator[Fault]:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        yield at, "must be a number"


_GEO = nested(
    Member("latitude", one(_number), required=True),
    Member("longitude", one(_number), required=True),
)

#: By the last word of the type, in lower case.
_PUBLISHED: dict[str, tuple[Member, ...]] = {
    "exampleextension": (Member("exampleProperty", one(text), required=True),),
    "applylink": (Member("url", one(iri), required=True),),
    "originalcreator": (Member("url", one(iri), required=True),),
    "recipientprofile": (Member("name", one(text)), Member("publicKey", one(iri))),
    "extradescriptionextension": (
        Member("name", one(text), required=True),
        Member("narrative", one(text), required=True),
    ),
    "accessibility": (
        Member("accessibilityAPI", one(text)),
        Member("accessibilityControl", each(text)),
        Member("accessibilityFeature", each(text)),
        Member("accessibilityHazard", each(text)),
        Member("url", one(iri)),
    ),
    "geocoordinates": (
        Member("name", one(text)),
        Member("description", one(text), required=True),
        Member("geo", one(_GEO), required=True),
    ),
}
