"""Pathways that the owner draws, step by step and without a script."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import anyio
from msgspec.structs import replace
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from verifier.errors import Malformed
from wallet_server.pages.drawing import draw
from wallet_server.pages.session import form_key, may_read, read_form, with_forms
from wallet_server.pages.stacks import stacks_page
from wallet_server.refusals import Refusal
from wallet_server.services import services
from wallet_server.stacks import pathway as drawing
from wallet_server.stacks import svg, words
from wallet_server.stacks.everything import everything
from wallet_server.stacks.pathway import Pathway, Step
from wallet_server.store import stacks as store
from wallet_server.verification import now

_GONE = Refusal(404, "not_found", "There is no such pathway in the wallet.")


async def begin_pathway(request: Request) -> Response:
    """`POST /wallet/pathways`: a new one, of its goal alone."""
    form = await read_form(request)
    database, name = services(request).database, _text(form, "name")
    begin = partial(drawing.begin, name=name)
    try:
        made = await anyio.to_thread.run_sync(store.add_pathway, database, begin, now())
    except Malformed as error:
        whole = await anyio.to_thread.run_sync(everything, database)
        return stacks_page(request, whole, None, 400, error.says)
    return RedirectResponse(f"/wallet/pathways/{made.id}", 303)


async def show_pathway(request: Request) -> Response:
    """`GET /wallet/pathways/{pathway}`: what it looks like, and forms to change it."""
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    return await _drawn(request)


async def change_pathway(request: Request) -> Response:
    """`POST /wallet/pathways/{pathway}/{does}`: one change, then the page again."""
    does, database = request.path_params["does"], services(request).database
    identifier = request.path_params["pathway"]
    form = await read_form(request)
    if does == "delete":
        if not await anyio.to_thread.run_sync(store.delete_pathway, database, identifier):
            raise _GONE
        return RedirectResponse("/wallet/stacks", 303)
    change = _CHANGES.get(does)
    if change is None:
        raise Refusal(404, "not_found", "There is nothing here.")
    return await _changed(request, partial(change, form=form), f"/wallet/pathways/{identifier}")


async def show_step(request: Request) -> Response:
    """`GET /wallet/pathways/{pathway}/steps/{step}`: one step; with `find`, badges for it."""
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    return await _drawn_step(request)


async def change_step(request: Request) -> Response:
    """`POST /wallet/pathways/{pathway}/steps/{step}/{does}`: one change of one step."""
    identifier, step = request.path_params["pathway"], request.path_params["step"]
    change = _STEP_CHANGES.get(request.path_params["does"])
    form = await read_form(request)
    if change is None:
        raise Refusal(404, "not_found", "There is nothing here.")
    return await _changed(
        request, partial(change, step=step, form=form), f"/wallet/pathways/{identifier}"
    )


async def _changed(request: Request, change: Callable[[Pathway], Pathway], then: str) -> Response:
    identifier, database = request.path_params["pathway"], services(request).database
    try:
        changed = await anyio.to_thread.run_sync(
            store.change_pathway, database, identifier, change, now()
        )
    except Malformed as error:
        again = _drawn_step if "step" in request.path_params else _drawn
        return await again(request, 400, error.says)
    if changed is None:
        raise _GONE
    return RedirectResponse(then, 303)


async def _drawn(request: Request, status: int = 200, wrong: str | None = None) -> Response:
    found = await _pathway(request)
    database = services(request).database
    whole = await anyio.to_thread.run_sync(everything, database)
    stack = whole.find(found.id)
    if stack is None:
        raise _GONE  # deleted this very moment
    page = draw(
        "pathway.html",
        status,
        pathway=found,
        stack=stack,
        drawing=svg.draw(stack),
        words=words,
        wrong=wrong,
        key=form_key(request),
    )
    return with_forms(page)


async def _drawn_step(request: Request, status: int = 200, wrong: str | None = None) -> Response:
    found = await _pathway(request)
    step = found.step(request.path_params["step"])
    if step is None:
        raise Refusal(404, "not_found", "There is no such step in this pathway.")
    wanted = " ".join(request.query_params.get("find", "")[:100].split())
    badges = partial(store.badges, services(request).database, wanted, step.credential)
    chosen, offered = await anyio.to_thread.run_sync(badges)
    page = draw(
        "pathway_step.html",
        status,
        pathway=found,
        step=step,
        find=wanted,
        chosen=chosen,
        offered=offered,
        wrong=wrong,
        key=form_key(request),
    )
    return with_forms(page)


async def _pathway(request: Request) -> Pathway:
    identifier, database = request.path_params["pathway"], services(request).database
    found = await anyio.to_thread.run_sync(store.find_pathway, database, identifier)
    if found is None:
        raise _GONE
    return found


def _add(pathway: Pathway, form: FormData) -> Pathway:
    return drawing.add(pathway, _text(form, "name"), _text(form, "part_of"))


def _rename(pathway: Pathway, form: FormData) -> Pathway:
    name = _text(form, "name")
    renamed = drawing.checked(replace(pathway, name=name))
    goal = renamed.goal
    return (
        drawing.change(renamed, replace(goal, name=name)) if goal.name == pathway.name else renamed
    )


_CHANGES: Mapping[str, Callable[..., Pathway]] = {"add": _add, "rename": _rename}


def _of(pathway: Pathway, step: str) -> Step:
    found = pathway.step(step)
    if found is None:
        raise Refusal(404, "not_found", "There is no such step in this pathway.")
    return found


def _change(pathway: Pathway, step: str, form: FormData) -> Pathway:
    """Its name, and what it counts towards; several of these stay where nothing was chosen."""
    found, towards = _of(pathway, step), _text(form, "part_of")
    part_of = (towards,) if towards and found.part_of else found.part_of
    changed = replace(found, name=_text(form, "name"), part_of=part_of)
    return drawing.change(pathway, changed)


def _choose(pathway: Pathway, step: str, form: FormData) -> Pathway:
    chosen = _text(form, "credential")
    changed = replace(_of(pathway, step), credential=chosen or None, achievement=None)
    return drawing.read(pathway.id, drawing.as_object(drawing.change(pathway, changed)))


def _remove(pathway: Pathway, step: str, form: FormData) -> Pathway:
    return drawing.remove(pathway, step)


_STEP_CHANGES: Mapping[str, Callable[..., Pathway]] = {
    "change": _change,
    "choose": _choose,
    "remove": _remove,
}


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return " ".join(value[:2000].split()) if isinstance(value, str) else ""


_ONE = "/wallet/pathways/{pathway}"
ROUTES = (
    Route("/wallet/pathways", begin_pathway, methods=["POST"]),
    Route(_ONE, show_pathway, methods=["GET"]),
    Route(f"{_ONE}/{{does}}", change_pathway, methods=["POST"]),
    Route(f"{_ONE}/steps/{{step}}", show_step, methods=["GET"]),
    Route(f"{_ONE}/steps/{{step}}/{{does}}", change_step, methods=["POST"]),
)
