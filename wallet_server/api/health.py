"""Whether this is Touchstone, which version, and which versions of the interface it speaks."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from wallet_server.marks import API_VERSION
from wallet_server.version import VERSION


async def health(request: Request) -> Response:
    """`GET /api/health`."""
    api = [int(API_VERSION), int(API_VERSION)]
    body = {"app": "touchstone", "status": "ok", "version": VERSION, "api": api}
    return JSONResponse(body)
