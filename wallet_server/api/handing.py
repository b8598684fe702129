"""`/api/wallet/credentials/{id}/…`: the forms in which one badge is handed on."""

from __future__ import annotations

from starlette.routing import Route

ROUTES: tuple[Route, ...] = ()
