"""Answering a challenge: badges presented under the owner's own key."""

from __future__ import annotations

from starlette.routing import Route

ROUTES: tuple[Route, ...] = ()
