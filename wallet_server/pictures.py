"""A bare picture proves nothing; where badges with the same picture were met is told as a hint.

What is known of pictures is `Met`: from badges that proved genuine, and never from what a report
only claims. Nothing here changes a verdict, and nothing is fetched for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from verifier.containers import pixels
from verifier.errors import NoCredential, TooCostly
from verifier.model import Document, Request
from verifier.ports import Workers
from verifier.providers import discreet
from verifier.report import Outcome, Report, Verdict
from wallet_server.looks_alike import Look, look, same
from wallet_server.verification import Verified

#: Badges, and addresses, that one hint names at most.
NAMED = 5
ONLY = "Only a picture: nothing in it proves anything."
_ASK = "Ask its holder for the badge's address, or for the file as the issuer gave it out."
_NOTHING = "The picture itself proves nothing."


class Met(Struct, frozen=True):
    """A badge that proved genuine and how its picture looks.

    `issuer` is what was proven, or a name that is vouched for; `address` where the award is, if it
    has a place in the web; `page` the path of its page in the wallet, if it is there.
    """

    look: Look
    name: str
    issuer: str
    address: str | None
    page: str | None = None


def is_bare(verified: Verified, content: bytes) -> bool:
    """Whether what was brought is a picture and nothing more."""
    if verified.report is not None:
        is_bare = verified.report.checks[0].code == "picture_only"
    else:
        is_bare = verified.error is not None and verified.error.code == "not_a_badge"
    return is_bare and pixels.recognises(content)


async def look_at(content: bytes, workers: Workers) -> Look | None:
    """How a picture looks, `None` where that can't be told within the limits."""
    try:
        return await workers.run(look, content)
    except TooCostly:
        return None


async def meet(
    verified: Verified, content: bytes, documents: Mapping[Request, Document], workers: Workers
) -> Met | None:
    """What is to be remembered of a verified badge's picture, `None` where there is none at hand,
    or nothing about it was proven.
    """
    report = verified.report
    picture = None if report is None else _picture(report, content, documents)
    if report is None or picture is None or not _is_worth(report):
        return None
    credential = report.credential
    vouched = credential.issuer.name if report.vouched_by else None
    issuer = vouched or report.proven
    if issuer is None or not credential.name:
        return None
    looks = await look_at(picture, workers)
    return None if looks is None else Met(looks, credential.name, issuer, _address(report))


def hinted(verified: Verified, known: Iterable[Met]) -> Verified:
    """`verified`, of a bare picture that looks like those of `known`, saying so: in the error, or
    in `detail.picture` of the report's first answer.
    """
    known = tuple(known)
    says, found = _says(known), _found(known)
    if verified.report is None:
        error = NoCredential("not_a_badge", says, found)
        return replace(verified, error=error)
    report = verified.report
    genuine = report.checks[0]
    told: dict[str, Any] = {"says": says, "found": list(found)}
    first = replace(genuine, detail={**genuine.detail, "picture": told})
    return replace(verified, report=replace(report, checks=(first, *report.checks[1:])))


def alike(look: Look, met: Iterable[Met]) -> list[Met]:
    """Those whose picture `look` shows."""
    return [one for one in met if same(look, one.look)]


def _is_worth(report: Report) -> bool:
    """Whether the badge proved genuine, and its issuer is not one to be warned of."""
    is_genuine = report.checks[0].outcome is Outcome.PASSED
    return is_genuine and report.verdict not in (Verdict.INVALID, Verdict.IMPOSTOR)


def _picture(report: Report, content: bytes, documents: Mapping[Request, Document]) -> bytes | None:
    """The picture that the badge is baked into, or the one it names where that was fetched."""
    credential = report.credential
    if credential.container == "png" and pixels.recognises(content):
        return content
    if not documents:
        return None
    fetched = (one for request, one in documents.items() if request.url == credential.image)
    return next((one.content for one in fetched if one.answered), None)


def _address(report: Report) -> str | None:
    """Where the award can be looked up again, less what that tells of its reader or holder. The id
    of one that is signed need lead nowhere.
    """
    hosted = report.checks[0].code in ("hosted", "issuer_page")
    places = (report.credential.url, report.source, report.credential.id if hosted else None)
    at = next((one for one in places if one and one.startswith(("https://", "http://"))), None)
    return None if at is None else discreet(at)


def _says(known: tuple[Met, ...]) -> str:
    badges = tuple(dict.fromkeys((one.name, one.issuer) for one in known))
    if not badges:
        return f"{ONLY} {_ASK}"
    named = " and ".join(f"“{name}”, which {issuer} issued" for name, issuer in badges[:NAMED])
    if len(badges) > NAMED:
        named += f", and {len(badges) - NAMED} more"
    if len(badges) > 1:
        named = f"This looks like the picture of more than one badge: {named}"
    else:
        named = f"This looks like the picture of {named}"
    return f"{named}; {_where(known)}. {_NOTHING}"


def _where(known: tuple[Met, ...]) -> str:
    """Where to look. An award met there may be another person's, which only a check can tell."""
    addresses = [one for one in _found(known) if not one.startswith("/")]
    if len(addresses) > 1:
        return f"proofs are at {', '.join(addresses)}: check there for whom each is"
    if addresses:
        return f"the proof is at {addresses[0]}: check there for whom it is"
    if any(one.page for one in known):
        return "the proof is in your wallet"
    return "the proof is in the badge's own file: ask its holder for it"


def _found(known: tuple[Met, ...]) -> tuple[str, ...]:
    places = dict.fromkeys(one.address or one.page for one in known)
    return tuple(one for one in places if one is not None)[:NAMED]
