"""What a verification rested on, as a documents folder to re-run it (contract, section 3)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from verifier.errors import Malformed
from verifier.json_gate import LIMIT_IN_ALL, read_object
from verifier.model import ACCEPT, Document, Request
from wallet_server.documents import ERRORS, INDEX, key
from wallet_server.wire import moment

_SUFFIXES = {
    "image/png": ".png",
    "image/svg+xml": ".svg",
    "text/html": ".html",
    "application/pdf": ".pdf",
}


def save(folder: Path, documents: Mapping[Request, Document]) -> None:
    """Write `documents` into `folder`, beside what it already holds; an answer to the same address
    and Accept header replaces the older one. Raises `Malformed` if the folder's index can't be
    read, `OSError` if it can't be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    index = _index(folder)
    for request, document in documents.items():
        if document.error is not None and document.error not in ERRORS:
            continue  # not listed, or not asked: an address that is missing says the same
        final = document.final_url or document.url
        if document.error is None and key(final) != key(request.url):
            _put(index, key(request.url), _entry(request, document, redirect=final))
            request = Request(final, request.accept)
        _put(index, key(request.url), _entry(request, document, file=_body(folder, document)))
    text = json.dumps(index, indent=1, ensure_ascii=False) + "\n"
    fresh = folder / f"{INDEX}.new"
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(folder / INDEX)


def _index(folder: Path) -> dict[str, list[dict[str, Any]]]:
    if not (folder / INDEX).exists():
        return {}
    try:
        listed = read_object((folder / INDEX).read_bytes(), limit=LIMIT_IN_ALL)
    except Malformed as error:
        raise Malformed("documents.index", f"{folder / INDEX}: {error.says}") from error
    return {url: entry if isinstance(entry, list) else [entry] for url, entry in listed.items()}


def _put(index: dict[str, list[dict[str, Any]]], url: str, entry: dict[str, Any]) -> None:
    """One entry an address, unless it answered two Accept headers: then each names its own."""
    others = [
        {**one, "accept": one.get("accept", ACCEPT)}
        for one in index.get(url, [])
        if one.get("accept", ACCEPT) != entry["accept"]
    ]
    if not others and entry["accept"] == ACCEPT:
        del entry["accept"]
    index[url] = [*others, entry]


def _entry(
    request: Request, document: Document, *, file: str | None = None, redirect: str | None = None
) -> dict[str, Any]:
    entry: dict[str, Any] = {"accept": request.accept, "at": moment(document.at)}
    if document.error is not None:
        return entry | {"error": document.error}
    if redirect is not None:
        return entry | {"redirect": redirect}
    entry |= {"file": file, "status": document.status, "content_type": document.content_type}
    return entry if file is None else entry | {"sha256": document.sha256}


def _body(folder: Path, document: Document) -> str | None:
    """Write the body under its own digest; its name, or `None` for no body."""
    if not document.content:
        return None
    media_type = (document.content_type or "").split(";", 1)[0].strip().lower()
    suffix = _SUFFIXES.get(media_type, ".json" if "json" in media_type else ".bin")
    name = document.sha256[:32] + suffix
    (folder / name).write_bytes(document.content)
    return name
