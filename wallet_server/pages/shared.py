"""A share as its visitor sees it, under an address that nobody can guess."""

from __future__ import annotations

from starlette.routing import Route

ROUTES: tuple[Route, ...] = ()
