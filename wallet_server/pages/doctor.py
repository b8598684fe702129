"""The owner's public page held against the wallet: what to mend there."""

from __future__ import annotations

from starlette.routing import Route

ROUTES: tuple[Route, ...] = ()
