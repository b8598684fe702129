"""Asking somebody to present badges: challenges, the page that takes answers, what came."""

from __future__ import annotations

from starlette.routing import Route

ROUTES: tuple[Route, ...] = ()
