"""What a request asks to have verified, read strictly: a wrong member is a clear refusal."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct
from starlette.datastructures import UploadFile
from starlette.requests import ClientDisconnect, Request

from verifier.model import Claim
from verifier.ports import Person
from wallet_server.door import own_origin, read_body, with_deadline
from wallet_server.refusals import Refusal
from wallet_server.services import Checked, Context, Services

BATCH = 500
_MEMBERS = ("url", "credential", "bytes")
_LISTS = ("names", "emails", "profiles", "dids", "telephones", "ids")
_CLAIM = ("title", "issuer", "issued", "expires", "image", "id", "holder")
_LIST_LENGTH, _TEXT_LENGTH = 50, 1000


class Asked(Struct, frozen=True):
    """One thing to verify: an address, text or bytes; what to call it; what the page says. `seen`
    is what the reader's own tab shows at that address.
    """

    source: bytes | str
    label: str
    context: Context
    seen: bytes | None = None

    async def check(self, services: Services, request: Request, *, anew: bool) -> Checked:
        """Verify it for `request`, `anew` where it asks for that (`is_anew`)."""
        is_address = isinstance(self.source, str)  # which may be one of this server's own
        return await services.check(
            self.source,
            self.context,
            own=own_origin(request.scope, request.headers) if is_address else "",
            label=self.label,
            anew=anew,
            seen=self.seen,
        )


def is_anew(request: Request) -> bool:
    """Whether nothing that is known from before may answer it: `Cache-Control: no-cache`."""
    return b"no-cache" in _header(request, b"cache-control")


async def read_json(request: Request) -> dict[str, Any]:
    """The JSON object a request brings. Raises `Refusal`."""
    try:
        body = await read_body(request)
        value = _value(body)
    except ClientDisconnect as error:
        raise Refusal(400, "cut_off", "The request ended before it was complete.") from error
    except (ValueError, RecursionError) as error:
        raise Refusal(400, "json", "The body is not JSON in UTF-8.") from error
    if not isinstance(value, dict):
        raise Refusal(400, "json", "The body must be a JSON object.")
    return value


async def read_one(request: Request) -> Asked:
    """The one thing that a JSON body or an uploaded file asks about. Raises `Refusal`."""
    if _is_form(request):
        return await read_upload(request)
    return read_item(await read_json(request), Context())


async def read_batch(request: Request) -> list[Asked]:
    """The things that a batch asks about, in order. Raises `Refusal`, naming the item at fault."""
    if _is_form(request):
        raise Refusal(415, "content_type", "A batch is JSON; pictures go into it as base64.")
    body = await read_json(request)
    items = body.get("items")
    if not isinstance(items, list) or not 1 <= len(items) <= BATCH:
        raise Refusal(400, "items", f"A batch has “items”, a list of 1 to {BATCH}.")
    shared = read_context(body.get("context"))
    asked = []
    for index, item in enumerate(items):
        if not isinstance(item, dict):
            raise Refusal(400, "items", f"Item {index} is not an object.")
        try:
            asked.append(read_item(item, shared))
        except Refusal as error:
            raise Refusal(400, error.code, f"Item {index}: {error.says}") from error
    return asked


def read_item(item: Mapping[str, Any], shared: Context) -> Asked:
    """One of `url`, `credential` and `bytes`, with its own context or the shared one."""
    given = [member for member in _MEMBERS if item.get(member) is not None]
    if len(given) != 1:
        raise Refusal(400, "source", "Give one of “url”, “credential” and “bytes”.")
    (member,) = given
    value = item[member]
    if not isinstance(value, str) or not value or value.isspace():
        raise Refusal(400, "source", f"“{member}” must be a text that is not empty.")
    html = item.get("html")
    if html is not None and (member != "url" or not isinstance(html, str)):
        raise Refusal(400, "html", "“html” is the text of the page at “url”.")
    context = shared if item.get("context") is None else read_context(item["context"])
    if member == "url":
        seen = None if html is None else html.encode("utf-8", "replace")
        return Asked(_address(value), value.strip(), context, seen)
    if member == "credential":
        return Asked(value.encode("utf-8"), "credential", context)
    return Asked(_decoded(value), "bytes", context)


def read_context(value: object) -> Context:
    """The page's context: the person it is about, and what it claims. Raises `Refusal`."""
    if value is None:
        return Context()
    if not isinstance(value, dict):
        raise Refusal(400, "context", "“context” must be an object.")
    lists = {name: _texts(value.get(name), name) for name in _LISTS}
    exact = value.get("exact", False)
    if not isinstance(exact, bool):
        raise Refusal(400, "context", "“exact” must be true or false.")
    claims = [] if value.get("claims") is None else value["claims"]
    if not isinstance(claims, list) or len(claims) > _LIST_LENGTH:
        raise Refusal(400, "context", f"“claims” must be a list of at most {_LIST_LENGTH}.")
    page = value.get("page")
    pages = (str(page),) if page and _is_text(page) else ()  # too long for anybody's profile
    person = Person(**lists, exact=exact, pages=pages) if any(lists.values()) or pages else None
    return Context(person, tuple(_claim(claim) for claim in claims))


async def read_upload(request: Request) -> Asked:
    """A form with one file and, if need be, the context as JSON text."""
    try:
        form = await with_deadline(request.form(max_files=1, max_fields=4))
    except ClientDisconnect as error:
        raise Refusal(400, "cut_off", "The request ended before it was complete.") from error
    try:
        files = [value for value in form.values() if isinstance(value, UploadFile)]
        if len(files) != 1:
            raise Refusal(400, "source", "The form must bring one file.")
        content = await files[0].read()
    finally:
        await form.close()
    name = (files[0].filename or "upload").encode("utf-8", "replace").decode("utf-8")
    text = form.get("context")
    try:
        context = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError) as error:
        raise Refusal(400, "context", "“context” is not JSON.") from error
    if isinstance(context, dict):
        _refuse_half_characters(context)
    return Asked(content, name[:200], read_context(context))


def _is_form(request: Request) -> bool:
    return _header(request, b"content-type").lower().startswith(b"multipart/form-data")


def _header(request: Request, name: bytes) -> bytes:
    """The first header of that name, as every request's are told in small letters."""
    for one, value in request.scope["headers"]:
        if one == name:
            found: bytes = value
            return found
    return b""


def _value(body: bytes) -> object:
    """The JSON value in a body, as Python's own reader reads it, which is slower and takes what
    msgspec does not: `NaN`, and half a character. Raises `ValueError`, `RecursionError`, and
    `Refusal` for the latter.
    """
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError):
        value = json.loads(body.decode("utf-8-sig"))
    _refuse_half_characters(value)
    return value


def _address(value: str) -> str:
    address = value.strip()
    if not address.lower().startswith(("http://", "https://")):
        raise Refusal(400, "source", "“url” must be an http or https address.")
    return address


def _decoded(value: str) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refusal(400, "source", "“bytes” is not base64.") from error


def _claim(value: object) -> Claim:
    if not isinstance(value, dict):
        raise Refusal(400, "context", "Each of “claims” must be an object.")
    members = {name: value.get(name) for name in _CLAIM}
    if any(text is not None and not _is_text(text) for text in members.values()):
        raise Refusal(400, "context", "A claim's members are short texts.")
    return Claim(**members)


def _texts(value: object, name: str) -> tuple[str, ...]:
    if value is None:
        return ()
    good = isinstance(value, list) and len(value) <= _LIST_LENGTH and all(map(_is_text, value))
    if not isinstance(value, list) or not good:
        raise Refusal(400, "context", f"“{name}” must be a list of short texts.")
    return tuple(value)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _TEXT_LENGTH


def _refuse_half_characters(value: object) -> None:
    """JSON can spell half of a surrogate pair, which no text in UTF-8 can hold."""
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        raise Refusal(400, "json", "A text in the body holds half a character.") from error
