"""Handing one badge on: code, signature for e-mail, embedding, links, print, baked file."""

from __future__ import annotations

from starlette.routing import Route

ROUTES: tuple[Route, ...] = ()
