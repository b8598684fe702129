"""`/api/wallet/present` and `/api/challenges`: presenting badges, and asking for it."""

from __future__ import annotations

from starlette.routing import Route

ROUTES: tuple[Route, ...] = ()
