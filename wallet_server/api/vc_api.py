"""The W3C's VC API (VCALM 1.0, section 3.3): whether the proof verifies and the structure is right.

The answer is the same verifier's as everywhere, asked about proofs alone: no issuer list counts,
and what it finds about status and dates is a warning, unless the status is asked for. 200 is said
only where a signature of the issuer (in a presentation: of the holder, and of every issuer) was
seen to fit; whatever is wrong or could not be checked is 400, and says what.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import chain
from typing import Any

from msgspec import Struct
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from verifier.containers import text
from verifier.errors import Malformed
from verifier.json_gate import read_object
from verifier.model import as_list
from verifier.report import Report
from wallet_server import wire
from wallet_server.api import problems, slices
from wallet_server.api.problems import Problem, problem
from wallet_server.door import media_type, read_body
from wallet_server.refusals import Refusal
from wallet_server.services import Context, services

CREDENTIAL, PRESENTATION = "verifiableCredential", "verifiablePresentation"
#: Which proofs of a kind are good for what (VC Data Integrity 1.0, section 2.3).
_PURPOSES = {CREDENTIAL: "assertionMethod", PRESENTATION: "authentication"}
_RETURNS = {CREDENTIAL: "returnCredential", PRESENTATION: "returnPresentation"}
_CHECKS = frozenset(("proof", "credentialStatus"))
_TEXTS = ("challenge", "domain", "expectedProofPurpose")
_TEXT_LENGTH = 1000
#: What Open Badges 2.0 and its elders call a credential is none to the W3C.
_STANDARDS = frozenset(
    ("OB 3.0", "CLR 2.0", "VC 1.1", "VC 2.0", "SD-JWT VC", "Blockcerts 3", "Europass")
)


class Asked(Struct, frozen=True):
    """What a request brings: its text as sent, what it wraps, and the options."""

    member: str
    sent: str
    content: bytes
    options: Mapping[str, Any]

    @property
    def wants_status(self) -> bool:
        """Whether a status that is bad or can't be read shall count as an error."""
        return "credentialStatus" in self.options.get("checks", ())


class Unfit(Exception):
    """A request that can't be understood; `problem` says why."""

    def __init__(self, why: Problem) -> None:
        super().__init__(why["detail"])
        self.problem = why


async def verify_credential(request: Request) -> Response:
    """`POST /credentials/verify`."""
    return await _verify(request, CREDENTIAL)


async def verify_presentation(request: Request) -> Response:
    """`POST /presentations/verify`."""
    return await _verify(request, PRESENTATION)


async def _verify(request: Request, member: str) -> Response:
    try:
        asked = _read(await _body(request), member)
    except Unfit as unfit:
        return _answer([unfit.problem], [])
    challenge, domain = (asked.options.get(name) for name in ("challenge", "domain"))
    checked = await services(request).check(
        asked.content,
        Context(challenge=challenge, domain=domain, trusts=False),
        own="",
        label=member,
        anew=asked.wants_status,
    )
    if checked.verified.error is not None:
        return _answer([problems.unreadable(checked.verified.error)], [])
    report = checked.verified.report
    if report is None:
        raise ValueError("neither a report nor an error")
    errors, warnings = _judged(asked, report)
    return _answer(errors, warnings, asked)


async def _body(request: Request) -> bytes:
    if media_type(request.headers) != "application/json":
        raise Refusal(415, "content_type", "Send JSON with Content-Type: application/json.")
    try:
        return await read_body(request)
    except ClientDisconnect as error:
        raise Refusal(400, "cut_off", "The request ended before it was complete.") from error


def _read(body: bytes, member: str) -> Asked:
    try:
        found = slices.members(body)
        options = read_object(found.get("options", "{}").encode())
    except Malformed as error:
        raise Unfit(problem(problems.PARSING, error.says)) from error
    unknown = sorted(set(found) - {member, "options"})
    if unknown:
        says = f"“{unknown[0][:60]}” is nothing that this address takes: send “{member}”."
        raise Unfit(problem(problems.UNKNOWN_OPTION, says))
    if member not in found:
        raise Unfit(problem(problems.MALFORMED, f"The body has no “{member}”."))
    _check_options(options, member)
    sent = found[member]
    return Asked(member, sent, _content(sent, member), options)


def _content(sent: str, member: str) -> bytes:
    """An object as it stands, or the token in a string; an address is never fetched from here."""
    if sent.startswith("{"):
        return sent.encode()
    token: str = json.loads(sent) if sent.startswith('"') else ""
    content = token.encode("utf-8", "replace")
    if text.form(content) != "jwt":
        says = f"“{member}” is neither an object nor a token (JWT) in a string."
        raise Unfit(problem(problems.MALFORMED, says))
    return content


def _check_options(options: Mapping[str, Any], member: str) -> None:
    """VCALM 2.4: what is not understood is refused, and not passed over."""
    returns = (_RETURNS[member], "returnProblemDetails")
    for name, value in options.items():
        if name == "checks":
            known = isinstance(value, list) and all(
                isinstance(one, str) and one in _CHECKS for one in value
            )
        elif name in _TEXTS:
            known = isinstance(value, str) and 0 < len(value) <= _TEXT_LENGTH
        else:
            known = name in returns and isinstance(value, bool)
        if not known:
            says = f"The option “{name[:60]}”, or its value, is none that is understood here."
            raise Unfit(problem(problems.UNKNOWN_OPTION, says))


def _judged(asked: Asked, report: Report) -> tuple[list[Problem], list[Problem]]:
    """Errors and warnings."""
    presented = asked.member == PRESENTATION
    if (report.credential.standard == "VP") is not presented or (
        not presented and report.credential.standard not in _STANDARDS
    ):
        return [problem(problems.MALFORMED, f"This is no “{asked.member}” as the W3C has it.")], []
    everything = (report, *(report.bundle if presented else ()))
    errors = list(chain.from_iterable(problems.of_proofs(one) for one in everything))
    told = {error["type"] for error in errors}
    errors += [error for error in _unanswered(asked, report) if error["type"] not in told]
    status = [found for one in everything for found in problems.of_status(one, dates=False)]
    dates = [found for one in everything for found in problems.of_status(one, dates=True)]
    others = [found for one in everything for found in problems.of_other_proofs(one)]
    if asked.wants_status:
        return [*errors, *status], [*others, *dates]
    return errors, [*others, *status, *dates]


def _unanswered(asked: Asked, report: Report) -> list[Problem]:
    """What each proof of a credential must also say (VC Data Integrity 1.0, section 4.4, steps 4 to
    6). Of a presentation the verifier itself asks for challenge and domain.
    """
    wanted = asked.options
    found = []
    if wanted.get("expectedProofPurpose", _PURPOSES[asked.member]) != _PURPOSES[asked.member]:
        says = "The proof was made for another purpose than the one asked for."
        found.append(problem(problems.UNVERIFIED, says))
    if asked.member == CREDENTIAL:
        options = [proof.options for proof in report.credential.proofs]
        for name, kind in (("challenge", problems.CHALLENGE), ("domain", problems.DOMAIN)):
            given = [as_list(one.get(name)) for one in options]
            if name in wanted and not all(wanted[name] in one for one in given):
                says = f"The proof does not answer the {name} that was asked for."
                found.append(problem(kind, says))
    return found


def _answer(errors: list[Problem], warnings: list[Problem], asked: Asked | None = None) -> Response:
    """200 without errors, and what was asked back as it was sent; otherwise the gravest status."""
    status = max((one["status"] for one in errors), default=200)
    said = [{**one, "status": status} for one in (*errors, *warnings)]
    body = wire.encoded({"verified": not errors, "problemDetails": said})
    if asked is not None and not errors and asked.options.get(_RETURNS[asked.member]):
        body = body[:-1] + f', "{asked.member}": {asked.sent}}}'.encode()
    return Response(body, status, media_type="application/json")
