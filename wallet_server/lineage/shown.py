"""An award's lineage as it is shown: to pages, to programs and by the command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import anyio

from verifier.containers import pixels
from verifier.ports import Workers
from wallet_server.lineage.same import AGAINST, SAYS
from wallet_server.looks_alike import Look
from wallet_server.pictures import look_at
from wallet_server.store import forms, pictures, wallet
from wallet_server.store.database import Database

_PAGE = "/wallet/"


def lineage_of(database: Database, credential_id: str) -> dict[str, Any]:
    """The forms of a credential's award, the leading one first, and what may be of the same award:
    a JSON object (contract, section 4). Blocks. Raises `LookupError` where there is no such one.
    """
    return {
        "forms": [*_forms(database, forms.forms(database, credential_id))],
        "suggestions": [_suggestion(one) for one in forms.suggestions(database, credential_id)],
    }


async def with_looks(database: Database, credential_id: str, workers: Workers) -> dict[str, Any]:
    """The same; of what is only a picture it may also be those whose picture looks the same."""
    found = await anyio.to_thread.run_sync(lineage_of, database, credential_id)
    kept = await anyio.to_thread.run_sync(wallet.find, database, credential_id)
    if found["suggestions"] or kept is None or not _is_picture(kept):
        return found
    look = await look_at(kept.content, workers)
    if look is not None:
        alike = await anyio.to_thread.run_sync(_alike, database, credential_id, look)
        found["suggestions"] = [_suggestion(one) for one in alike]
    return found


def _is_picture(kept: wallet.Kept) -> bool:
    is_bare = kept.report["checks"][0]["code"] == "picture_only"
    return is_bare and pixels.recognises(kept.content)


def _alike(database: Database, credential_id: str, look: Look) -> tuple[forms.Suggestion, ...]:
    pages = (one.page for one in pictures.like(database, look))
    others = [page.removeprefix(_PAGE) for page in pages if page is not None]
    return forms.suggestions_by_look(database, credential_id, others)


def _forms(database: Database, every: Iterable[forms.Form]) -> Iterator[dict[str, Any]]:
    for form in every:
        kept = wallet.find(database, form.id)
        if kept is not None:  # it may be deleted in this very moment
            yield _form(form, kept)


def _form(form: forms.Form, kept: wallet.Kept) -> dict[str, Any]:
    said = kept.report["credential"]
    return {
        "id": form.id,
        "name": said["name"],
        "standard": said["standard"],
        "container": said["container"],
        "verdict": kept.report["verdict"],
        "headline": kept.report["headline"],
        "saved_at": kept.saved_at,
        "checked_at": kept.checked_at,
        "copies": [
            dict(zip(("source", "media_type", "received_at"), one, strict=True))
            for one in form.copies
        ],
        "why": form.why,
        "says": form.why and SAYS[form.why],
        "against": [AGAINST[one] for one in form.against],
    }


def _suggestion(one: forms.Suggestion) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "issuer": one.issuer,
        "verdict": one.verdict,
        "why": one.why,
        "says": SAYS[one.why],
    }
