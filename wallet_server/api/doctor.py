"""`/api/wallet/doctor`: the owner's public page held against the wallet."""

from __future__ import annotations

from starlette.routing import Route

ROUTES: tuple[Route, ...] = ()
