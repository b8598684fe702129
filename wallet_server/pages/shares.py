"""What the owner shares: each share, and making and ending one."""

from __future__ import annotations

from starlette.routing import Route

ROUTES: tuple[Route, ...] = ()
