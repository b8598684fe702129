"""The pages that hold nothing of anyone: the home page and the demo."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from wallet_server.demo import MEDIA_TYPES
from wallet_server.pages.drawing import draw
from wallet_server.refusals import Refusal
from wallet_server.services import services

_NO_DEMO = Refusal(404, "not_found", "There is no such thing in the demo of this installation.")


async def home(request: Request) -> Response:
    """`GET /`: that it runs, and where to go from here."""
    return draw("home.html", has_demo=services(request).demo is not None)


async def show_demo(request: Request) -> Response:
    """`GET /demo`: a made-up portfolio, as any page with badges on it."""
    demo = services(request).demo
    if demo is None:
        raise _NO_DEMO
    return draw("demo.html", page=demo.page())


async def demo_badge(request: Request) -> Response:
    """`GET /demo/badges/{name}`: one badge of the demo, as it lies on disk."""
    demo = services(request).demo
    path = demo.file(request.path_params["name"]) if demo else None
    if path is None:
        raise _NO_DEMO
    return picture(path.read_bytes(), MEDIA_TYPES[path.suffix])


def picture(content: bytes, media_type: str) -> Response:
    """Bytes from strangers: whatever they are, nothing in them runs or loads here."""
    policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
    return Response(content, media_type=media_type, headers={"Content-Security-Policy": policy})


def download(content: bytes, name: str) -> Response:
    """Bytes from strangers, to be saved under `name` and not shown."""
    headers = {
        "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    return Response(content, media_type="application/octet-stream", headers=headers)
