"""The server as one ASGI application: the route table, and the door around it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

import anyio
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from verifier.ports import Fetcher
from wallet_server import demo, pages
from wallet_server.api import (
    cards,
    health,
    leaving,
    lineage,
    openapi,
    owner,
    pair,
    vc_api,
    verify,
    wallet,
)
from wallet_server.cache import Anew, CachedFetcher
from wallet_server.documents import DocumentsFolder
from wallet_server.door import Door
from wallet_server.fetcher import WebFetcher
from wallet_server.manners import Mannerly
from wallet_server.pages import STATIC, badge, gallery
from wallet_server.refusals import Refusal, refuse, refuse_fault, refuse_http
from wallet_server.services import AT_ONCE, Services
from wallet_server.settings import Settings
from wallet_server.store.database import Database
from wallet_server.store.sightings import Sightings
from wallet_server.trust.fetching import refreshing
from wallet_server.trust.reading import Lists
from wallet_server.verification import Bench, now
from wallet_server.workers import ProcessWorkers, warmed_up

Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]

_LINEAGE = "/api/wallet/credentials/{id}/lineage"
ROUTES: tuple[Route | Mount, ...] = (
    Route("/", pages.home),
    Route("/demo", pages.show_demo),
    Route("/demo/badges/{name}", pages.demo_badge),
    Route("/check", pages.show_check, methods=["GET"]),
    Route("/check", pages.check_files, methods=["POST"]),
    Route("/wallet/open/{ticket}", pages.open_wallet),
    *pages.leaving.ROUTES,
    *gallery.ROUTES,
    *badge.ROUTES,
    *pages.OWNER_ROUTES,
    *pages.LINEAGE_ROUTES,
    Route("/trust", pages.show_trust),
    Route("/trust/{does}", pages.change_trust, methods=["POST"]),
    Route("/programs", pages.show_programs),
    Route("/programs/{does}", pages.change_programs, methods=["POST"]),
    Mount("/static", StaticFiles(directory=STATIC)),
    Route("/api/health", health.health),
    Route("/api/openapi.json", openapi.describe),
    Route("/api/pair", pair.pair, methods=["POST"]),
    Route("/api/paired", pair.paired, methods=["GET"]),
    Route("/api/verify", verify.verify, methods=["POST"]),
    Route("/api/verify/batch", verify.verify_batch, methods=["POST"]),
    Route("/api/wallet/credentials", wallet.list_credentials, methods=["GET"]),
    Route("/api/wallet/credentials", wallet.add_credential, methods=["POST"]),
    Route("/api/wallet/credentials/{id}", wallet.get_credential, methods=["GET"]),
    Route("/api/wallet/credentials/{id}", wallet.delete_credential, methods=["DELETE"]),
    *cards.ROUTES,
    Route(_LINEAGE, lineage.show_lineage, methods=["GET"]),
    Route(_LINEAGE, lineage.change_lineage, methods=["POST"]),
    Route(_LINEAGE, lineage.part_lineage, methods=["DELETE"]),
    Route("/api/wallet/owner", owner.show_owner, methods=["GET"]),
    Route("/api/wallet/owner", owner.change_owner, methods=["PUT"]),
    Route("/api/wallet/pictures", wallet.forget_pictures, methods=["DELETE"]),
    Route("/api/wallet/open", wallet.open_wallet, methods=["POST"]),
    *leaving.ROUTES,
)
#: For outside programs, and only where the operator opened them.
VC_API_ROUTES = (
    Route("/credentials/verify", vc_api.verify_credential, methods=["POST"]),
    Route("/presentations/verify", vc_api.verify_presentation, methods=["POST"]),
)


def create(settings: Settings, database: Database) -> Starlette:
    """The application. Raises `Malformed` for an issuer list or documents it can't read."""
    opened = VC_API_ROUTES if settings.vc_api else ()
    door = Middleware(
        Door,
        database=database,
        allowed_hosts=settings.allowed_hosts,
        vc_api=tuple(route.path for route in opened),
    )
    return Starlette(
        routes=[*ROUTES, *opened],
        middleware=[door],
        exception_handlers={
            Refusal: refuse,
            HTTPException: refuse_http,
            500: refuse_fault,
        },
        lifespan=_lifespan(settings, database),
    )


def _lifespan(settings: Settings, database: Database) -> Lifespan:
    """What is open while the server runs."""
    lists = Lists(settings.trust, settings.lists, with_default=settings.default_trust)
    sightings = Sightings(database.plainly())
    shown = demo.load()
    folder = settings.documents and DocumentsFolder(settings.documents, now=now())

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            fetcher: Fetcher
            cache = None
            if folder:
                fetcher = folder
            else:
                web = await stack.enter_async_context(WebFetcher())
                fetcher = cache = CachedFetcher(Mannerly(web))
            workers = ProcessWorkers()
            app.state.services = Services(
                bench=Bench(fetcher, workers, ()),
                cache=cache,
                database=database,
                demo=shown,
                limiter=anyio.CapacityLimiter(AT_ONCE),
                lists=lists,
                sightings=sightings,
            )
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(workers.run, warmed_up)
                if cache is not None:
                    tasks.start_soon(refreshing, lists.folder, Anew(cache))
                yield
                tasks.cancel_scope.cancel()

    return lifespan
