"""`/api/sweeps`: looking through a list of people and badges."""

from __future__ import annotations

from starlette.routing import Route

ROUTES: tuple[Route, ...] = ()
