"""Signed receipts of checks: making one, and having one looked at."""

from __future__ import annotations

from starlette.routing import Route

ROUTES: tuple[Route, ...] = ()
