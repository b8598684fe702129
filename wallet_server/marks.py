"""What every answer carries: the version that is spoken, and what a browser may do with it."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Receive, Scope, Send

from wallet_server.refusals import FAULT, send_refusal

API_VERSION = "1"
SECURITY_HEADERS = {
    "X-Touchstone": API_VERSION,
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
}
_MARKS = tuple(
    (name.lower().encode(), value.encode())
    for name, value in {**SECURITY_HEADERS, "Vary": "Origin"}.items()
)
_MARKED = frozenset(name for name, _ in _MARKS)
#: For scripts of a paired extension, which ask first what they may send.
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Cache-Control, X-Touchstone-Api",
    "Access-Control-Expose-Headers": "X-Touchstone",
    "Access-Control-Max-Age": "600",
}


def mark(headers: list[tuple[bytes, bytes]], paired: str | None = None) -> None:
    """Add to an answer's headers those that every one carries, but for those that it has; `paired`
    is the origin of an extension whose scripts may read it.
    """
    own = _MARKED.intersection([name for name, _ in headers])
    headers.extend([mark for mark in _MARKS if mark[0] not in own] if own else _MARKS)
    if paired is None and b"vary" not in own:
        return
    answer = MutableHeaders(raw=headers)
    if b"vary" in own:
        answer.add_vary_header("Origin")
    if paired is not None:
        answer["Access-Control-Allow-Origin"] = paired
        answer["Access-Control-Expose-Headers"] = PREFLIGHT["Access-Control-Expose-Headers"]
        answer["Cross-Origin-Resource-Policy"] = "cross-origin"


def marked(send: Send, paired: str | None = None) -> Send:
    """`send`, which marks every answer."""

    async def with_marks(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = list(message.get("headers", ()))
            mark(message["headers"], paired)
        await send(message)

    return with_marks


async def send_fault(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer where the application failed before it did, and end the connection."""
    await send_refusal(scope, receive, marked(send), 500, *FAULT)
