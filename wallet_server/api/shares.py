"""`/api/wallet/shares`: what the owner hands on under addresses of this server."""

from __future__ import annotations

from starlette.routing import Route

ROUTES: tuple[Route, ...] = ()
