"""The interface described for programs (OpenAPI 3.1): small, and held against the route table."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from wallet_server.api import bodies
from wallet_server.version import VERSION

_VC_ANSWERS = {
    "200": "The proof verifies and the structure is right; problemDetails are warnings",
    "4XX": 'Not verified: {"verified": false, "problemDetails"} (RFC 9457)',
}


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _answer(says: str) -> dict[str, Any]:
    return {"description": says, "content": _json({"type": "object"})}


def _operation(
    summary: str,
    answers: dict[str, str],
    *,
    content: dict[str, Any] | None = None,
    path: bool = False,
    query: dict[str, str] | None = None,
    is_open: bool = False,
) -> dict[str, Any]:
    described: dict[str, Any] = {
        "summary": summary,
        "responses": {status: _answer(says) for status, says in answers.items()},
    }
    described["responses"].setdefault("4XX", _answer('Refused: {"error": {"code", "says"}}'))
    if content is not None:
        described["requestBody"] = {"required": True, "content": content}
    if path:
        described["parameters"] = [
            {"name": "id", "in": "path", "required": True, "schema": bodies.TEXT}
        ]
    if query is not None:
        described["parameters"] = [
            {"name": name, "in": "query", "description": says, "schema": bodies.TEXT}
            for name, says in query.items()
        ]
    if is_open:
        described["security"] = []
    return described


def _vc_api(summary: str, member: str, returns: str) -> dict[str, Any]:
    """A route of the W3C's VC API (VCALM 1.0, section 3.3)."""
    options = {**bodies.VC_OPTIONS["properties"], returns: {"type": "boolean"}}
    body = {
        "type": "object",
        "required": [member],
        "additionalProperties": False,
        "properties": {
            member: {"type": ["object", "string"], "description": "As it is, or a JWT."},
            "options": {**bodies.VC_OPTIONS, "properties": options},
        },
    }
    return {"post": _operation(summary, _VC_ANSWERS, content=_json(body), is_open=True)}


_SWEPT = {"200": "How far it is: rows, and badges of each verdict"}


def _of_files() -> dict[str, Any]:
    """The routes that make a file to hand on."""
    paths: dict[str, Any] = {}
    for kind, says in (("html", "one page that needs no server"), ("pdf", "paper")):
        answers = {"200": f"The file: {says}", "409": "There is none, and why"}
        badge, share = "/api/wallet/credentials/{id}/badges", "/api/wallet/shares"
        whole = _operation("One badge as a file, all of it", answers, path=True)
        paths[f"{badge}.{kind}"] = {"get": whole}
        drafted = _operation(
            "What a share would show, as a file; no share is made",
            answers,
            content=_json(bodies.SHARE),
        )
        paths[f"{share}/badges.{kind}"] = {"post": drafted}
        shared = _operation("What a share shows, as a file", answers, path=True)
        paths[f"{share}/{{id}}/badges.{kind}"] = {"get": shared}
    return paths


def _of_sweeps() -> dict[str, Any]:
    """The routes under which a list is looked through."""
    files = {"type": "array", "items": {"type": "string", "contentMediaType": "*/*"}}
    form = {"type": "object", "properties": {"files": files, "columns": bodies.TEXT}}
    one = "/api/sweeps/{id}"
    return {
        "/api/sweeps": {
            "get": _operation("The sweeps that are kept", {"200": '{"sweeps"}'}),
            "post": _operation(
                "Look through a list of people and badges",
                {"201": "How it was read; it goes on by itself", "422": "It can't be read"},
                content={**_json(bodies.SWEEP), "multipart/form-data": {"schema": form}},
            ),
        },
        one: {
            "get": _operation("How far a sweep is", _SWEPT, path=True),
            "delete": _operation("Forget all of it", {"204": "It is gone"}, path=True),
        },
        f"{one}/table.csv": {
            "get": _operation("The list with what was found", {"200": "CSV"}, path=True)
        },
        f"{one}/table.json": {
            "get": _operation("Every row with its report", {"200": "JSON"}, path=True)
        },
        f"{one}/stop": {"post": _operation("Leave what waits", _SWEPT, path=True)},
        f"{one}/on": {"post": _operation("Take up what was stopped", _SWEPT, path=True)},
        f"{one}/again": {
            "post": _operation("Ask again what was not established", _SWEPT, path=True)
        },
    }


_ONE = {**_json(bodies.ITEM), "multipart/form-data": {"schema": bodies.UPLOAD}}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Touchstone", "version": VERSION, "summary": "Verifies and keeps badges."},
    "components": {"securitySchemes": {"paired": {"type": "http", "scheme": "bearer"}}},
    "security": [{"paired": []}],
    "paths": {
        "/api/health": {
            "get": _operation("Whether this is Touchstone", {"200": "Yes"}, is_open=True)
        },
        "/api/openapi.json": {
            "get": _operation("This description", {"200": "It"}, is_open=True),
        },
        "/api/pair": {
            "post": _operation(
                "Exchange the code for a token",
                {"200": "A proof, or a token"},
                content=_json(bodies.PAIR),
                is_open=True,
            )
        },
        "/api/paired": {"get": _operation("Whether the token still counts", {"200": "It does"})},
        "/api/verify": {
            "post": _operation(
                "Verify one badge", {"200": "A report, or an error in its place"}, content=_ONE
            )
        },
        "/api/verify/batch": {
            "post": _operation(
                "Verify many",
                {"200": "A report a line, with its index"},
                content=_json(bodies.BATCH),
            )
        },
        "/api/receipts": {
            "post": _operation(
                "Verify one badge, for a signed receipt",
                {"200": "The file of the receipt; as PDF for who accepts that", "422": "No badge"},
                content=_ONE,
            )
        },
        "/api/receipts/replay": {
            "post": _operation(
                "Derive receipts again",
                {"200": "What follows from each, and what differs", "422": "It is refused"},
                content={
                    **_json({"type": "object"}),
                    "multipart/form-data": {"schema": bodies.UPLOAD},
                },
            )
        },
        "/api/wallet/credentials/{id}/receipt": {
            "post": _operation(
                "Check a badge of the wallet anew, for a signed receipt",
                {"200": "The file of the receipt", "409": "It can't be read any more"},
                path=True,
            )
        },
        "/api/challenges/{id}/receipt": {
            "get": _operation(
                "The receipt of an answered challenge",
                {"200": "The file of the receipt", "404": "It was not answered"},
                path=True,
            )
        },
        "/api/wallet/credentials": {
            "get": _operation("What is in the wallet", {"200": "A line each, newest first"}),
            "post": _operation(
                "Verify and keep one",
                {"200": "It was there already", "201": "It is kept", "422": "It holds no badge"},
                content=_ONE,
            ),
        },
        "/api/wallet/credentials/{id}": {
            "get": _operation("All about one", {"200": "Its report and its bytes"}, path=True),
            "delete": _operation("Delete one", {"204": "It is gone"}, path=True),
        },
        "/api/wallet/import": {
            "post": _operation(
                "Bring in files, backups of other wallets, or what is behind addresses",
                {"200": "What became of each thing", "422": "It is under a passphrase"},
                content={**_json(bodies.IMPORT), "multipart/form-data": {"schema": bodies.UPLOADS}},
            )
        },
        "/api/wallet/imports/{id}": {
            "get": _operation("How far an import is", {"200": "The same"}, path=True)
        },
        "/api/wallet/cards": {
            "get": _operation(
                "A page of the wallet, as filtered",
                {"200": "Cards, newest first, their count, and the key of the page after"},
                query=bodies.FILTERS,
            )
        },
        "/api/wallet/credentials/{id}/about": {
            "get": _operation(
                "Its card, what it shows and its history", {"200": "All of it"}, path=True
            ),
            "post": _operation(
                "Put tags and a note in place of its card's",
                {"200": "As it stands now"},
                content=_json(bodies.LABELS),
                path=True,
            ),
        },
        "/api/wallet/credentials/{id}/lineage": {
            "get": _operation(
                "The forms of its award, and what may be of the same",
                {"200": '{"forms", "suggestions"}'},
                path=True,
            ),
            "post": _operation(
                "The owner's word on whether another is of the same award",
                {"200": "The forms as they are now", "409": "It can't be of one award with it"},
                content=_json(bodies.LINEAGE),
                path=True,
            ),
            "delete": _operation(
                "It is another award than those it is on one card with",
                {"200": "The forms as they are now", "409": "It is on a card of its own"},
                path=True,
            ),
        },
        "/api/wallet/credentials/{id}/hand-on": {
            "get": _operation(
                "What leads to the award's own address: code, signature, embedding, links",
                {"200": '{"kit", "why"}: kit is null where there is nothing to lead to'},
                path=True,
            ),
            "post": _operation(
                "The same, leading to a share: the one at this link, or a new one",
                {"200": "The same", "409": "There is no such share, or none can be made, and why"},
                content=_json({"type": "object", "properties": {"at": bodies.TEXT}}),
                path=True,
            ),
        },
        "/api/wallet/credentials/{id}/baked": {
            "get": _operation(
                "Its picture with the badge in it",
                {"200": "PNG or SVG", "409": "There is no such file, and why"},
                path=True,
            )
        },
        "/api/wallet/owner": {
            "get": _operation("Who the owner is", {"200": '{"identifiers"}'}),
            "put": _operation(
                "Say who the owner is", {"200": '{"identifiers"}'}, content=_json(bodies.OWNER)
            ),
        },
        "/api/wallet/key": {
            "get": _operation("As whom the wallet presents", {"200": "Its did:key"}),
        },
        "/api/wallet/present": {
            "post": _operation(
                "Present badges to whoever asks",
                {"200": "The signed presentation", "422": "One of them can't be presented"},
                content=_json(bodies.PRESENT),
            )
        },
        "/api/challenges": {
            "get": _operation("What was asked of others", {"200": "Every challenge"}),
            "post": _operation(
                "Ask somebody to present badges",
                {"201": "The request and the link that ask it"},
                content=_json(bodies.CHALLENGE),
            ),
        },
        "/api/challenges/{id}": {
            "get": _operation(
                "One challenge", {"200": "Its request, its answer and the report on it"}, path=True
            ),
            "delete": _operation("Delete one with its answer", {"204": "It is gone"}, path=True),
        },
        "/api/challenges/{id}/check": {
            "post": _operation(
                "Check the answer again", {"200": "What is found of it now"}, path=True
            )
        },
        "/api/challenges/{id}/answer": {
            "post": _operation(
                "Hand in an answer",
                {"200": "It is taken: the report on it", "422": "It answers something else"},
                content=_json(bodies.PRESENTED),
                path=True,
            )
        },
        "/api/wallet/export": {
            "get": _operation("Everything, as one file", {"200": "A ZIP archive: docs/wallet.md"}),
            "post": _operation(
                "The same under a passphrase",
                {"200": "An age file of that archive"},
                content=_json(bodies.PASSPHRASE),
            ),
        },
        "/api/wallet/restore": {
            "post": _operation(
                "Add everything in an export, or nothing of it",
                {
                    "200": '{"new", "held", "unread"}',
                    "422": "It is no export, or none that is whole",
                },
                content={"multipart/form-data": {"schema": bodies.RESTORE}},
            )
        },
        "/api/wallet/credentials/{id}/check": {
            "post": _operation(
                "Check one again, now", {"200": "It as it is now, and what changed"}, path=True
            )
        },
        "/api/wallet/changes": {
            "get": _operation(
                "What happened to the badges", {"200": "The newest changes, or those before one"}
            )
        },
        "/api/wallet/check": {
            "post": _operation(
                "Let everything be checked again", {"202": "How many will be, one after another"}
            )
        },
        "/api/wallet/pictures": {
            "delete": _operation("Forget the pictures met", {"204": "They are forgotten"})
        },
        "/api/wallet/stacks": {
            "get": _operation("What adds up to what", {"200": "A line each, by what is missing"})
        },
        "/api/wallet/stacks/{id}": {
            "get": _operation("One stack", {"200": "Its nodes and links"}, path=True)
        },
        "/api/wallet/stacks/{id}/picture": {
            "get": _operation("One stack as a picture", {"200": "SVG"}, path=True)
        },
        "/api/wallet/pathways": {
            "get": _operation("The pathways drawn", {"200": "Every one"}),
            "post": _operation("Draw one", {"201": "It is kept"}, content=_json(bodies.PATHWAY)),
        },
        "/api/wallet/pathways/{id}": {
            "get": _operation("One pathway", {"200": "It"}, path=True),
            "put": _operation(
                "Draw it anew", {"200": "It is kept"}, content=_json(bodies.PATHWAY), path=True
            ),
            "delete": _operation("Delete one", {"204": "It is gone"}, path=True),
        },
        "/api/wallet/doctor": {
            "post": _operation(
                "Hold the owner's own page against the wallet",
                {"200": "Its entries, each with its mend, and what it lacks", "422": "No page"},
                content={
                    **_json(bodies.OWN_PAGE),
                    "multipart/form-data": {"schema": bodies.UPLOAD},
                },
            )
        },
        "/api/wallet/skills": {
            "get": _operation("Skills over all badges", {"200": "Each with its badges"})
        },
        "/api/wallet/shares": {
            "get": _operation("What is shared", {"200": "Each share, the newest first"}),
            "post": _operation(
                "Share badges", {"201": "Its link, told this once"}, content=_json(bodies.SHARE)
            ),
        },
        "/api/wallet/shares/{id}": {
            "delete": _operation("End a share", {"204": "It opens no more"}, path=True)
        },
        **_of_files(),
        **_of_sweeps(),
        "/api/wallet/open": {
            "post": _operation("Open the wallet's pages", {"200": "A path, good once"})
        },
        "/credentials/verify": _vc_api(
            "Verify a credential's proofs", "verifiableCredential", "returnCredential"
        ),
        "/presentations/verify": _vc_api(
            "Verify the proofs of a presentation and of all in it",
            "verifiablePresentation",
            "returnPresentation",
        ),
    },
}


async def describe(request: Request) -> Response:
    """`GET /api/openapi.json`: the routes that are open, and no other."""
    opened = {getattr(route, "path", None) for route in request.app.routes}
    paths = {path: methods for path, methods in DOCUMENT["paths"].items() if path in opened}
    return JSONResponse({**DOCUMENT, "paths": paths})
