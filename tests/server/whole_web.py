"""A server for which a few made-up issuers are the whole web."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.made.folder import Web, as_json, write, write_web
from tests.made.issuers import issuer_list
from tests.server.conftest import Served, options_for, start
from tests.server.stores import Store


@contextmanager
def started(folder: Path, web: Web, store: Store | None = None) -> Iterator[Served]:
    """One under `folder` that is there meanwhile, knows the made-up issuers, and complains of
    nothing; `web` is all that it can reach.
    """
    write_web(folder / "web", web)
    write(folder, "trust.json", as_json(issuer_list()))
    server = start(folder, *options_for(folder), store=store)
    try:
        yield server
    finally:
        errors = server.stop()
    assert errors == "", "the server complained"
