"""Stacks, the pathways that the owner draws, and skills, for programs."""

from __future__ import annotations

from functools import partial
from typing import Any

import anyio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from verifier.errors import Malformed
from wallet_server import wire
from wallet_server.api.asked import read_json
from wallet_server.refusals import Refusal
from wallet_server.services import services
from wallet_server.stacks import pathway as drawing
from wallet_server.stacks import picture
from wallet_server.stacks.everything import everything
from wallet_server.stacks.model import Stack
from wallet_server.stacks.pathway import Pathway
from wallet_server.stacks.skills import skills_of
from wallet_server.stacks.telling import skill_object, stack_object, summary
from wallet_server.store import stacks as store
from wallet_server.verification import now

_NO_STACK = Refusal(404, "not_found", "There is no such stack: what it was made of has changed.")
_NO_PATHWAY = Refusal(404, "not_found", "There is no such pathway in the wallet.")


async def list_stacks(request: Request) -> Response:
    """`GET /api/wallet/stacks`: a line each; with `with` those that a credential is part of."""
    whole = await anyio.to_thread.run_sync(everything, services(request).database)
    only = request.query_params.get("with")
    shown = whole.stacks if only is None else whole.with_badge(only)
    return _json({"stacks": [summary(stack) for stack in shown], "left_out": whole.left_out})


async def get_stack(request: Request) -> Response:
    """`GET /api/wallet/stacks/{id}`: its nodes and links."""
    return _json(stack_object(await _stack(request)))


async def get_picture(request: Request) -> Response:
    """`GET /api/wallet/stacks/{id}/picture`: the stack as SVG, whole in itself."""
    stack = await _stack(request)
    home = f"{request.url.scheme}://{request.headers['host'].lower()}"
    return Response(picture.file(stack, home), media_type="image/svg+xml")


async def _stack(request: Request) -> Stack:
    whole = await anyio.to_thread.run_sync(everything, services(request).database)
    stack = whole.find(request.path_params["id"])
    if stack is None:
        raise _NO_STACK
    return stack


async def list_pathways(request: Request) -> Response:
    """`GET /api/wallet/pathways`: every one, whole."""
    found = await anyio.to_thread.run_sync(store.all_pathways, services(request).database)
    return _json({"pathways": [_pathway_object(one) for one in found]})


async def add_pathway(request: Request) -> Response:
    """`POST /api/wallet/pathways`: 201 with its id."""
    make = partial(_read, document=await read_json(request))
    add, database = store.add_pathway, services(request).database
    made = await anyio.to_thread.run_sync(_strictly, partial(add, database, make, now()))
    return _json(_pathway_object(made), 201)


async def get_pathway(request: Request) -> Response:
    """`GET /api/wallet/pathways/{id}`: one, whole."""
    find, identifier = store.find_pathway, request.path_params["id"]
    found = await anyio.to_thread.run_sync(find, services(request).database, identifier)
    return _json(_pathway_object(_there(found)))


async def put_pathway(request: Request) -> Response:
    """`PUT /api/wallet/pathways/{id}`: another in its place."""
    identifier, database = request.path_params["id"], services(request).database
    document = await read_json(request)

    def put() -> Pathway | None:
        changed = _read(identifier, document)
        return store.change_pathway(database, identifier, lambda _: changed, now())

    return _json(_pathway_object(_there(await anyio.to_thread.run_sync(_strictly, put))))


async def delete_pathway(request: Request) -> Response:
    """`DELETE /api/wallet/pathways/{id}`: it, and no badge."""
    delete, identifier = store.delete_pathway, request.path_params["id"]
    if not await anyio.to_thread.run_sync(delete, services(request).database, identifier):
        raise _NO_PATHWAY
    return Response(status_code=204)


async def list_skills(request: Request) -> Response:
    """`GET /api/wallet/skills`: every skill with the badges that show it."""
    cards = await anyio.to_thread.run_sync(store.all_cards, services(request).database)
    return _json({"skills": [skill_object(skill) for skill in skills_of(cards)]})


def _pathway_object(pathway: Pathway) -> dict[str, Any]:
    return {"id": pathway.id, **drawing.as_object(pathway)}


def _read(identifier: str, document: object) -> Pathway:
    return drawing.read(identifier, document)


def _strictly(does: Any) -> Any:  # noqa: ANN401 - whatever `does` answers
    try:
        return does()
    except Malformed as error:
        raise Refusal(400, "pathway", error.says) from error


def _there(found: Pathway | None) -> Pathway:
    if found is None:
        raise _NO_PATHWAY
    return found


def _json(value: dict[str, Any], status: int = 200) -> Response:
    return Response(wire.encoded(value), status, media_type="application/json")


_STACK, _PATHWAY = "/api/wallet/stacks/{id}", "/api/wallet/pathways/{id}"
ROUTES = (
    Route("/api/wallet/stacks", list_stacks, methods=["GET"]),
    Route(_STACK, get_stack, methods=["GET"]),
    Route(f"{_STACK}/picture", get_picture, methods=["GET"]),
    Route("/api/wallet/pathways", list_pathways, methods=["GET"]),
    Route("/api/wallet/pathways", add_pathway, methods=["POST"]),
    Route(_PATHWAY, get_pathway, methods=["GET"]),
    Route(_PATHWAY, put_pathway, methods=["PUT"]),
    Route(_PATHWAY, delete_pathway, methods=["DELETE"]),
    Route("/api/wallet/skills", list_skills, methods=["GET"]),
)
