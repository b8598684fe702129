"""The documents of all checks as one documents folder (contract, section 3): of each address the
newest answer, so that what is unpacked can be checked again without a network.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.model import ACCEPT
from wallet_server.documents import ERRORS, key
from wallet_server.leaving.layout import document_path

_EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


class Web:
    """What `urls.json` will say, gathered document by document."""

    def __init__(self) -> None:
        self._newest: dict[tuple[str, str], tuple[tuple[str, ...], dict[str, Any]]] = {}

    def note(self, document: Mapping[str, Any]) -> None:
        """Take the row of a document in."""
        url, final = document["url"], document["final_url"] or document["url"]
        error = document["error"]
        if error is not None:
            if error in ERRORS:
                self._put(url, document, {"error": error})
            return
        if key(final) != key(url):
            self._put(url, document, {"redirect": final})
        entry = {name: document[name] for name in ("status", "content_type")}
        if document["sha256"] == _EMPTY:
            entry["file"] = None
        else:
            entry["file"] = document_path(document["sha256"]).split("/")[1]
            entry["sha256"] = document["sha256"]
        self._put(final, document, entry)

    def index(self) -> dict[str, list[dict[str, Any]]]:
        """The object that `urls.json` is."""
        found: dict[str, list[dict[str, Any]]] = {}
        for url, accept in sorted(self._newest):
            _, entry = self._newest[url, accept]
            found.setdefault(url, []).append({**entry, "accept": accept})
        for entries in found.values():
            if len(entries) == 1 and entries[0]["accept"] == ACCEPT:
                del entries[0]["accept"]
        return found

    def _put(self, url: str, document: Mapping[str, Any], entry: dict[str, Any]) -> None:
        """Keep the newest answer; of two at one moment, always the same one."""
        at, where = document["at"], (key(url), document["accept"])
        newer = (at, "redirect" not in entry, document["sha256"], document["url"])
        rank = tuple(str(one) for one in newer)
        if where not in self._newest or self._newest[where][0] < rank:
            self._newest[where] = (rank, {**entry, "at": at})
