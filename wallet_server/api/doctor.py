"""`/api/wallet/doctor`: the owner's public page held against the wallet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from verifier.addresses import is_address
from verifier.errors import NoCredential
from verifier.papers.own_page import ENTRIES, OwnPage, Shown
from wallet_server import wire
from wallet_server.api.asked import BATCH, Asked, read_item, read_json, read_upload
from wallet_server.doctor import shown
from wallet_server.doctor.looking import at_address, compare, open_page, read_page
from wallet_server.refusals import Refusal
from wallet_server.services import Context, Services, services


async def examine(request: Request) -> Response:
    """`POST /api/wallet/doctor`: what is to be mended on a page, 422 for what is none."""
    parts = services(request)
    try:
        page = await _page(parts, request)
    except NoCredential as error:
        return Response(
            wire.encoded(wire.error_object("page", error)), 422, media_type="application/json"
        )
    own = f"{request.url.scheme}://{request.headers['host'].lower()}"
    told = shown.comparison(await compare(parts, page, own))
    return Response(wire.encoded(told), media_type="application/json")


async def _page(parts: Services, request: Request) -> OwnPage:
    """The page that a request brings: a file, its address with or without its text, or what a
    program found on it. Raises `Refusal`, and `NoCredential` for what is no page.
    """
    if request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        content = (await read_upload(request)).source
        return await read_page(parts, content if isinstance(content, bytes) else b"")
    body = await read_json(request)
    if body.get("items") is not None:
        return _found(body)
    asked = read_item({name: body[name] for name in ("url", "html") if name in body}, Context())
    if not is_address(asked.source):
        raise Refusal(400, "url", "“url” is the address of the page.")
    if asked.seen is None:
        return await open_page(parts, str(asked.source))
    return at_address(await read_page(parts, asked.seen), str(asked.source))


def _found(body: Mapping[str, Any]) -> OwnPage:
    """What a program found on the page: the same items that a batch has."""
    items, page = body["items"], body.get("page")
    if not isinstance(items, list) or len(items) > BATCH:
        raise Refusal(400, "items", f"“items” is a list of at most {BATCH}.")
    if not all(isinstance(one, dict) for one in items):
        raise Refusal(400, "items", "Each of “items” is an object.")
    if not is_address(page):
        raise Refusal(400, "page", "“page” is the address of the page.")
    asked = [read_item(one, Context()) for one in items]
    people = (one.context.person for one in asked)
    names = dict.fromkeys(name for one in people if one is not None for name in one.names)
    entries = tuple(map(_shown, asked[:ENTRIES]))
    left = max(0, len(asked) - ENTRIES)
    return at_address(OwnPage(entries, names=tuple(names), left=left, is_part=True), str(page))


def _shown(asked: Asked) -> Shown:
    if isinstance(asked.source, str):
        return Shown(asked.source, asked.context.claims)
    return Shown(None, asked.context.claims, asked.source)


ROUTES = (Route("/api/wallet/doctor", examine, methods=["POST"]),)
