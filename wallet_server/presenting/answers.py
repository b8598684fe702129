"""An answer to a challenge: held against what was asked, judged, and taken once."""

from __future__ import annotations

from functools import partial

import anyio

from verifier.errors import Malformed, TooCostly
from verifier.json_gate import LIMIT_IN_ALL, read_object
from verifier.parse import compact
from verifier.ports import Person
from verifier.report import Report
from wallet_server import wire
from wallet_server.receipts.making import draft, stored
from wallet_server.services import Context, Services
from wallet_server.store import challenges
from wallet_server.store.challenges import Challenge
from wallet_server.verification import Verified, now

#: The largest answer that the verifier reads.
LIMIT = LIMIT_IN_ALL
_OVER = "It was answered already, or its time is up. Ask for another."


async def take(parts: Services, challenge: Challenge, content: bytes, *, own: str) -> Challenge:
    """Keep `content` as the answer to `challenge` with what was found of it, if its signature
    answers what was asked; whatever is wrong with the badges in it is for the asker to see.

    `own` is this server's origin. Raises `Malformed`: then the challenge is as open as it was.
    """
    if len(content) > LIMIT:
        says = f"The answer is over {LIMIT // 2**20} MiB. Present fewer badges."
        raise Malformed("answer.size", says)
    if not content.strip():
        raise Malformed("answer.empty", "Choose the file of your answer first, or paste it.")
    holder, content = await _read(parts, content)
    database = parts.database
    if not await anyio.to_thread.run_sync(challenges.try_at, database, challenge.id):
        says = "Too many answers did not fit, so no more are looked at. Ask for another challenge."
        raise Malformed("answer.tries", says)
    report, grounds = await judge(parts, challenge, holder, content, own=own)
    settle = partial(challenges.settle, database, challenge.id, content)
    told = wire.report_object(report)
    if not await anyio.to_thread.run_sync(settle, told, report.checked_at, grounds):
        raise Malformed("answer.over", _OVER)
    kept = await anyio.to_thread.run_sync(challenges.find, database, challenge.id)
    if kept is None:
        raise Malformed("answer.over", _OVER)
    return kept


async def look_again(parts: Services, challenge: Challenge, *, own: str) -> None:
    """Put what is found now of the answer in place of what was found before, if it was answered.
    Raises `Malformed`, also where nothing proves its holder any more: then that stands.
    """
    if challenge.answer is None or challenge.holder is None:
        return
    holder, answer = challenge.holder, challenge.answer
    report, grounds = await judge(parts, challenge, holder, answer, own=own, anew=True)
    renew = partial(challenges.renew, parts.database, challenge.id)
    await anyio.to_thread.run_sync(renew, wire.report_object(report), grounds)


async def judge(
    parts: Services,
    challenge: Challenge,
    holder: str,
    content: bytes,
    *,
    own: str,
    anew: bool = False,
) -> tuple[Report, bytes | None]:
    """What is found of an answer, and what a receipt of that is made of. Raises `Malformed` where
    it proves nobody to hold anything.
    """
    context = context_for(challenge, holder)
    checked = await parts.check(content, context, own=own, label="Answer", anew=anew)
    report, error = checked.verified.report, checked.verified.error
    if report is None:
        says = error.says if error is not None else "It holds no credential."
        raise Malformed("answer.unread", f"This is no presentation of badges. {says}")
    if report.credential.standard != "VP" or not report.bundle:
        raise Malformed(
            "answer.kind",
            "This is no presentation with a badge in it. Let your wallet answer the request: a "
            "badge by itself proves nobody to be its holder.",
        )
    genuine = report.checks[0]
    if genuine.detail.get("holder_proven") is not True or report.credential.issuer.id != holder:
        raise Malformed("answer.unproven", f"{genuine.says} {genuine.fix or ''}".strip())
    return report, await anyio.to_thread.run_sync(_for_a_receipt, checked.verified)


def _for_a_receipt(verified: Verified) -> bytes | None:
    """`None` where it rests on more than a receipt holds."""
    if verified.report is None or verified.grounds is None:
        return None
    try:
        return stored(draft(verified.report, verified.grounds))
    except Malformed:
        return None


def context_for(challenge: Challenge, holder: str) -> Context:
    """What an answer of `holder` is held against: whom the asker expects, or else the holder, so
    that a badge that was issued to nobody in particular is green for nobody.
    """
    names, emails = ((one,) if one else () for one in (challenge.name, challenge.email))
    if names or emails:
        person = Person(names=names, emails=emails, exact=True)
    elif holder.startswith("did:"):
        person = Person(dids=(holder,))
    else:
        person = Person(profiles=(holder,))
    return Context(person, challenge=challenge.challenge, domain=challenge.domain)


async def _read(parts: Services, content: bytes) -> tuple[str, bytes]:
    """Whom an answer calls its holder, and the presentation itself. Raises `Malformed`."""
    try:
        holder, presentation = await parts.bench.workers.run(read, content)
    except TooCostly as error:
        raise Malformed("answer.size", "Reading this answer takes too much work.") from error
    if holder is None:
        says = "This is no presentation: it names no holder. Let your wallet answer the request."
        raise Malformed("answer.holder", says)
    return holder, presentation


def read(content: bytes) -> tuple[str | None, bytes]:
    """Pure: whom a presentation, as JSON or as a JWT, calls its holder; and it itself, out of the
    message in which a wallet may have sent it (VCALM 1.0, section 3.6). Raises `Malformed`.
    """
    is_token = compact.form_of(content) == "JWT"
    document = compact.unwrap(content) if is_token else read_object(content)
    inner = document.get("verifiablePresentation")
    if isinstance(inner, str):
        return read(inner.encode("utf-8", "replace"))
    if isinstance(inner, dict):
        content, document = wire.encoded(inner), inner
    holder = document.get("holder") or (document.get("iss") if is_token else None)
    named = holder.get("id") if isinstance(holder, dict) else holder
    return (named if isinstance(named, str) and named else None), content


async def answer_to(parts: Services, secret: str, content: bytes, *, own: str) -> Challenge | None:
    """Let the challenge that `secret` opens be answered; `None` where it opens none. Raises
    `Malformed`.
    """
    moment = now()
    opened = await anyio.to_thread.run_sync(challenges.opened, parts.database, secret, moment)
    return None if opened is None else await take(parts, opened, content, own=own)
