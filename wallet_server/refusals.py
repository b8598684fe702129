"""How the server says no: always `{"error": {"code", "says"}}`, with a sentence that helps; where
the VC API is open also as problem details (RFC 9457), which its clients read.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from wallet_server.store.errors import OutOfReach

#: Set in the scope of a request to the VC API.
DETAILED = "touchstone.problem_details"
#: The code of a refusal because the wallet's database did not answer.
UNREACHED = "store"
_PARSING_ERROR = "https://www.w3.org/TR/vc-data-model#PARSING_ERROR"
#: Of an address at which nothing is.
NOTHING = ("not_found", "There is nothing here.")
#: Of what went wrong here.
FAULT = (
    "fault",
    "Touchstone failed at this. That is a fault of ours; the terminal shows what happened.",
)
#: What the framework refuses by itself, in our words.
_BY_STATUS = {
    404: NOTHING,
    405: ("method", "This address does not take that method."),
    413: ("too_large", "The request is larger than any badge needs."),
}


class Refusal(Exception):
    """A request that is answered with no; raised anywhere below the route table."""

    def __init__(self, status: int, code: str, says: str) -> None:
        super().__init__(says)
        self.status = status
        self.code = code
        self.says = says


class RefusalResponse(Response):
    """A refusal as JSON; `closes` ends the connection: what follows can't be trusted."""

    media_type = "application/json"

    def __init__(
        self, scope: Scope, status: int, code: str, says: str, *, closes: bool = False
    ) -> None:
        value: dict[str, object] = {"error": {"code": code, "says": says}}
        if scope.get(DETAILED):
            named = {"type": _PARSING_ERROR, "title": "PARSING_ERROR"}
            problem = {**named, "status": status, "detail": says, "code": code}
            value |= {"verified": False, "problemDetails": [problem]}
        body = json.dumps(value).encode()
        super().__init__(body, status, {"connection": "close"} if closes else None)


async def refuse(request: Request, error: Exception) -> Response:
    """The answer to a `Refusal`."""
    if not isinstance(error, Refusal):
        raise error
    closes = error.status in (408, 413)
    return RefusalResponse(request.scope, error.status, error.code, error.says, closes=closes)


async def refuse_http(request: Request, error: Exception) -> Response:
    """The answer to what the framework refuses: an unknown path, a wrong method, a broken form."""
    if not isinstance(error, HTTPException):
        raise error
    phrase = HTTPStatus(error.status_code).phrase
    code, says = _BY_STATUS.get(error.status_code, ("bad_request", str(error.detail or phrase)))
    response = RefusalResponse(request.scope, error.status_code, code, says)
    response.headers.update(error.headers or {})
    return response


async def refuse_unreached(request: Request, error: Exception) -> Response:
    """The answer where the wallet's database did not answer."""
    return RefusalResponse(request.scope, 503, UNREACHED, str(error))


async def refuse_fault(request: Request, error: Exception) -> Response:
    """The answer to a fault of ours: it tells nothing of what went wrong."""
    return RefusalResponse(request.scope, 500, *FAULT, closes=True)


#: Who answers what a route raises; whatever else it raises is a fault.
ANSWERED: dict[type[Exception], Callable[[Request, Exception], Awaitable[Response]]] = {
    Refusal: refuse,
    OutOfReach: refuse_unreached,
    HTTPException: refuse_http,
}
RAISED = tuple(ANSWERED)


async def refuse_raised(request: Request, error: Exception) -> Response:
    """The answer to one of `RAISED`."""
    answer = next(answer for kind, answer in ANSWERED.items() if isinstance(error, kind))
    return await answer(request, error)


async def send_refusal(
    scope: Scope, receive: Receive, send: Send, status: int, code: str, says: str
) -> None:
    """Refuse before routing, and end the connection: the body was not read."""
    await RefusalResponse(scope, status, code, says, closes=True)(scope, receive, send)
