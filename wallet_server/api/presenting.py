"""`/api/wallet/present` and `/api/challenges`: presenting badges, and asking for it."""

from __future__ import annotations

import base64
import json
from typing import Any

import anyio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from verifier.errors import Malformed
from wallet_server import wire
from wallet_server.api.asked import read_json
from wallet_server.own_keys import KeyLost
from wallet_server.presenting import answers, challenging, requests
from wallet_server.presenting.choosing import CannotPresent
from wallet_server.presenting.offers import answer, holder_key
from wallet_server.refusals import Refusal
from wallet_server.services import services
from wallet_server.store import challenges
from wallet_server.store.challenges import Challenge
from wallet_server.verification import now

_TEXTS = ("reason", "name", "email")


async def get_key(request: Request) -> Response:
    """`GET /api/wallet/key`: as whom the wallet presents, made if need be."""
    try:
        key = await holder_key(services(request).data)
    except KeyLost as error:
        raise Refusal(503, "key", str(error)) from error
    return _json({"did": key.did, "verificationMethod": key.method})


async def present(request: Request) -> Response:
    """`POST /api/wallet/present`: the signed presentation of `credentials` (ids) that answers
    `request`, a request or a link with one.
    """
    asked = await read_json(request)
    chosen, given = asked.get("credentials"), asked.get("request")
    if not isinstance(chosen, list) or not all(isinstance(one, str) for one in chosen):
        raise Refusal(400, "credentials", "“credentials” is a list of ids in the wallet.")
    text = given if isinstance(given, str) else json.dumps(given)
    try:
        content = await answer(services(request), requests.read(text), chosen)
    except Malformed as error:
        raise Refusal(400, error.reason, error.says) from error
    except CannotPresent as error:
        raise Refusal(422, "cannot_present", str(error)) from error
    except KeyLost as error:
        raise Refusal(503, "key", str(error)) from error
    return Response(content, media_type="application/json")


async def list_challenges(request: Request) -> Response:
    """`GET /api/challenges`: every one, the newest first."""
    every = await anyio.to_thread.run_sync(challenges.every, services(request).database)
    return _json({"challenges": [_summary(one) for one in every]})


async def make_challenge(request: Request) -> Response:
    """`POST /api/challenges`: a new one, with the request and the link that ask it."""
    asked, parts = await read_json(request), services(request)
    given = {name: asked.get(name) or "" for name in (*_TEXTS, "domain")}
    if not all(isinstance(one, str) for one in given.values()):
        raise Refusal(400, "challenge", "“reason”, “name”, “email” and “domain” are texts.")
    days = asked.get("days", challenging.USUAL)
    if not isinstance(days, int):
        raise Refusal(400, "challenge", "“days” is a whole number.")
    domain = given.pop("domain")
    make = (parts.database, parts.origin(request), domain, given, days)
    try:
        made = await anyio.to_thread.run_sync(challenging.make, *make)
    except Malformed as error:
        raise Refusal(400, error.reason, error.says) from error
    told = {**_summary(made.challenge), "request": made.request, "link": made.link}
    return _json(told, 201)


async def get_challenge(request: Request) -> Response:
    """`GET /api/challenges/{id}`: one, with its request, and what came of it."""
    return _json(_whole(await _found(request)))


async def take_answer(request: Request) -> Response:
    """`POST /api/challenges/{id}/answer`: an answer that came another way than by the link."""
    asked, found = await read_json(request), await _found(request)
    given = asked.get("presentation")
    content = (
        given.encode("utf-8", "replace") if isinstance(given, str) else wire.encoded(given or {})
    )
    own = f"{request.url.scheme}://{request.headers['host'].lower()}"
    try:
        if not found.is_open(now()):
            raise Malformed("answer.over", "It was answered already, or its time is up.")
        taken = await answers.take(services(request), found, content, own=own)
    except Malformed as error:
        raise Refusal(422, error.reason, error.says) from error
    return _json(_whole(taken))


async def check_again(request: Request) -> Response:
    """`POST /api/challenges/{id}/check`: what is found of the answer now."""
    found = await _found(request)
    own = f"{request.url.scheme}://{request.headers['host'].lower()}"
    try:
        await answers.look_again(services(request), found, own=own)
    except Malformed as error:
        raise Refusal(422, error.reason, error.says) from error
    return _json(_whole(await _found(request)))


async def forget_challenge(request: Request) -> Response:
    """`DELETE /api/challenges/{id}`: it and what came of it."""
    identifier, parts = request.path_params["id"], services(request)
    if not await anyio.to_thread.run_sync(challenges.forget, parts.database, identifier):
        raise Refusal(404, "not_found", "There is no such challenge.")
    parts.forget()
    return Response(status_code=204)


async def _found(request: Request) -> Challenge:
    identifier, database = request.path_params["id"], services(request).database
    found = await anyio.to_thread.run_sync(challenges.find, database, identifier)
    if found is None:
        raise Refusal(404, "not_found", "There is no such challenge.")
    return found


def _summary(one: Challenge) -> dict[str, Any]:
    members = ("id", "challenge", "domain", *_TEXTS, "made_at", "expires_at", "answered_at")
    return {name: getattr(one, name) for name in members}


def _whole(one: Challenge) -> dict[str, Any]:
    """With what was asked, the answer as it came, who gave it, and the report on it."""
    answered = None if one.answer is None else base64.b64encode(one.answer).decode()
    asked = challenging.request_of(one)
    return {
        **_summary(one),
        "request": asked,
        "answer": answered,
        "holder": one.holder,
        "report": one.report,
    }


def _json(value: dict[str, Any], status: int = 200) -> Response:
    return Response(wire.encoded(value), status, media_type="application/json")


_ONE = "/api/challenges/{id}"
ROUTES = (
    Route("/api/wallet/key", get_key, methods=["GET"]),
    Route("/api/wallet/present", present, methods=["POST"]),
    Route("/api/challenges", list_challenges, methods=["GET"]),
    Route("/api/challenges", make_challenge, methods=["POST"]),
    Route(_ONE, get_challenge, methods=["GET"]),
    Route(_ONE, forget_challenge, methods=["DELETE"]),
    Route(f"{_ONE}/answer", take_answer, methods=["POST"]),
    Route(f"{_ONE}/check", check_again, methods=["POST"]),
)
