"""The server as one ASGI application: the route table, and the door around it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import anyio
from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from wallet_server import pages
from wallet_server.api import (
    cards,
    doctor,
    files,
    handing,
    health,
    imports,
    leaving,
    lineage,
    openapi,
    owner,
    pair,
    presenting,
    receipts,
    shares,
    stacks,
    sweeps,
    vc_api,
    verify,
    wallet,
    watching,
)
from wallet_server.cache import Anew
from wallet_server.door import Door
from wallet_server.importing import importing
from wallet_server.opening import opening
from wallet_server.pages import STATIC
from wallet_server.refusals import ANSWERED, refuse_fault
from wallet_server.settings import Settings
from wallet_server.store.database import Database
from wallet_server.sweeping.runner import sweeping
from wallet_server.trust.fetching import refreshing
from wallet_server.watch.mail import Post
from wallet_server.watch.runner import Watch

Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]

#: Posted to more often than everything else together.
STRAIGHT = {"/api/verify": verify.verify, "/api/verify/batch": verify.verify_batch}
ROUTES: tuple[Route | Mount, ...] = (
    *(Route(path, answer, methods=["POST"]) for path, answer in STRAIGHT.items()),
    Route("/", pages.home),
    Route("/demo", pages.show_demo),
    Route("/demo/badges/{name}", pages.demo_badge),
    Route("/check", pages.show_check, methods=["GET"]),
    Route("/check", pages.check_files, methods=["POST"]),
    *pages.changes.ROUTES,
    *pages.feeds.ROUTES,
    Route("/wallet/open/{ticket}", pages.open_wallet),
    *pages.stacks.ROUTES,
    *pages.pathways.ROUTES,
    *pages.bringing.ROUTES,
    *pages.gallery.ROUTES,
    *pages.owner.ROUTES,
    *pages.leaving.ROUTES,
    *pages.lineage.ROUTES,
    *pages.files.ROUTES,
    *pages.shares.ROUTES,
    *pages.presenting.ROUTES,
    *pages.doctor.ROUTES,
    *pages.handing.ROUTES,
    *pages.badge.ROUTES,
    *pages.shared.ROUTES,
    *pages.asking.ROUTES,
    *pages.receipts.ROUTES,
    *pages.sweeps.ROUTES,
    Route("/trust", pages.show_trust),
    Route("/trust/{does}", pages.change_trust, methods=["POST"]),
    Route("/programs", pages.show_programs),
    Route("/programs/{does}", pages.change_programs, methods=["POST"]),
    Mount("/static", StaticFiles(directory=STATIC)),
    Route("/api/health", health.health),
    Route("/api/openapi.json", openapi.describe),
    Route("/api/pair", pair.pair, methods=["POST"]),
    Route("/api/paired", pair.paired, methods=["GET"]),
    Route("/api/wallet/credentials", wallet.list_credentials, methods=["GET"]),
    Route("/api/wallet/credentials", wallet.add_credential, methods=["POST"]),
    Route("/api/wallet/credentials/{id}", wallet.get_credential, methods=["GET"]),
    Route("/api/wallet/credentials/{id}", wallet.delete_credential, methods=["DELETE"]),
    *imports.ROUTES,
    *cards.ROUTES,
    *lineage.ROUTES,
    *owner.ROUTES,
    *watching.ROUTES,
    Route("/api/wallet/pictures", wallet.forget_pictures, methods=["DELETE"]),
    Route("/api/wallet/open", wallet.open_wallet, methods=["POST"]),
    *leaving.ROUTES,
    *stacks.ROUTES,
    *files.ROUTES,
    *shares.ROUTES,
    *presenting.ROUTES,
    *doctor.ROUTES,
    *handing.ROUTES,
    *receipts.ROUTES,
    *sweeps.ROUTES,
)
#: For outside programs, and only where the operator opened them.
VC_API_ROUTES = (
    Route("/credentials/verify", vc_api.verify_credential, methods=["POST"]),
    Route("/presentations/verify", vc_api.verify_presentation, methods=["POST"]),
)


def create(settings: Settings, database: Database) -> Door:
    """The application. Raises `Malformed` for an issuer list or documents it can't read."""
    opened = VC_API_ROUTES if settings.vc_api else ()
    app = Starlette(
        routes=[*ROUTES, *opened],
        exception_handlers={**ANSWERED, 500: refuse_fault},
        lifespan=_lifespan(settings, database),
    )
    return Door(
        app,
        database=database,
        allowed_hosts=settings.allowed_hosts,
        vc_api=tuple(route.path for route in opened),
        public=settings.public,
        straight=STRAIGHT,
    )


def _lifespan(settings: Settings, database: Database) -> Lifespan:
    """What is open while the server runs, and what it does unasked."""
    opened = opening(settings, database)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with opened() as parts, anyio.create_task_group() as tasks:
            watch = Watch(parts, Post.for_settings(settings))
            app.state.services, app.state.watch = parts, watch
            tasks.start_soon(watch.run)
            tasks.start_soon(importing, parts)
            tasks.start_soon(sweeping, parts)
            if parts.cache is not None:
                tasks.start_soon(refreshing, parts.lists.folder, Anew(parts.cache))
            yield
            tasks.cancel_scope.cancel()

    return lifespan
