"""How the wallet's badges add up: every stack, one as a picture, and the skills over all badges."""

from __future__ import annotations

import anyio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from wallet_server.pages.drawing import draw
from wallet_server.pages.session import form_key, may_read, with_forms
from wallet_server.refusals import Refusal
from wallet_server.services import services
from wallet_server.stacks import svg, words
from wallet_server.stacks.everything import Everything, everything
from wallet_server.stacks.skills import skills_of
from wallet_server.store import stacks as store


async def show_stacks(request: Request) -> Response:
    """`GET /wallet/stacks`: every stack, those first in which something is missing; with `with`
    those alone that a credential is part of.
    """
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    whole = await anyio.to_thread.run_sync(everything, services(request).database)
    only = request.query_params.get("with")
    return stacks_page(request, whole, only)


def stacks_page(
    request: Request,
    whole: Everything,
    only: str | None = None,
    status: int = 200,
    wrong: str | None = None,
) -> Response:
    """The list of stacks; `wrong` is why something could not be done."""
    shown = whole.stacks if only is None else whole.with_badge(only)
    page = draw(
        "stacks.html",
        status,
        stacks=shown,
        whole=whole,
        only=only,
        words=words,
        wrong=wrong,
        key=form_key(request),
    )
    return with_forms(page)


async def show_stack(request: Request) -> Response:
    """`GET /wallet/stacks/{stack}`: one, as a picture and as an outline."""
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    whole = await anyio.to_thread.run_sync(everything, services(request).database)
    stack = whole.find(request.path_params["stack"])
    if stack is None:
        raise Refusal(404, "not_found", "There is no such stack: what it was made of has changed.")
    outline, drawing = words.outline(stack), svg.draw(stack)
    return draw("stack.html", stack=stack, outline=outline, drawing=drawing, words=words)


async def show_skills(request: Request) -> Response:
    """`GET /wallet/skills`: each skill with the badges that show it; with `find` those alone whose
    name has that in it.
    """
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    cards = await anyio.to_thread.run_sync(store.all_cards, services(request).database)
    wanted = " ".join(request.query_params.get("find", "")[:100].split())
    every = skills_of(cards)
    shown = [one for one in every if wanted.casefold() in one.name.casefold()]
    page = draw(
        "skills.html",
        skills=shown[:SHOWN],
        found=len(shown),
        every=len(every),
        find=wanted,
        words=words,
    )
    return with_forms(page)


#: Skills on one page; a search brings up the others.
SHOWN = 200


ROUTES = (
    Route("/wallet/stacks", show_stacks, methods=["GET"]),
    Route("/wallet/stacks/{stack}", show_stack, methods=["GET"]),
    Route("/wallet/skills", show_skills, methods=["GET"]),
)
