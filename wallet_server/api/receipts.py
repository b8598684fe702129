"""`/api/receipts`: a check with a signed receipt, and a receipt replayed."""

from __future__ import annotations

from starlette.routing import Route

ROUTES: tuple[Route, ...] = ()
