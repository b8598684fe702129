"""A stand between the browser and the server: it passes everything on, and remembers it.

It also serves one page of its own, so that a test can see what of that page reaches the server.
"""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct, field

#: What a page loads by itself; a request of the extension says `empty`, or nothing.
_OF_PAGES = {"document", "image", "style", "script", "iframe", "font"}
_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}


class Heard(Struct):
    """One request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def is_ours(self) -> bool:
        """Whether the extension made it, and not a page."""
        return self.headers.get("sec-fetch-dest", "empty") not in _OF_PAGES

    @property
    def members(self) -> set[str]:
        """The members of its JSON body, as PRIVACY.md writes them: `items[].url`."""
        return set(_members(json.loads(self.body))) if self.body else set()


class Recorder(Struct):
    """Where it listens, what it heard, and the page it serves: path → HTML."""

    address: str
    heard: list[Heard] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)


def _members(value: Any, at: str = "") -> Iterator[str]:  # noqa: ANN401 whatever JSON holds
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _members(inner, f"{at}.{name}" if at else name)
    elif isinstance(value, list):
        if not value:
            yield f"{at}[]"
        for inner in value:
            yield from _members(inner, f"{at}[]")
    else:
        yield at


@contextmanager
def recorder(server: str) -> Iterator[Recorder]:
    """A running recorder before the server at `server`."""
    there = urlsplit(server)

    class Handler(BaseHTTPRequestHandler):
        """Passes on, and remembers."""

        protocol_version = "HTTP/1.0"

        def do_GET(self) -> None:
            """One request, of any method."""
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            record.heard.append(Heard(self.command, self.path, headers, body))
            page = record.pages.get(self.path.split("?")[0])
            if page is not None:
                self._say(200, [("Content-Type", "text/html; charset=utf-8")], page.encode())
                return
            onward = http.client.HTTPConnection(str(there.hostname), there.port, timeout=60)
            passed = {name: value for name, value in headers.items() if name not in _HOP}
            onward.request(self.command, self.path, body or None, passed)
            answer = onward.getresponse()
            kept = [pair for pair in answer.getheaders() if pair[0].lower() not in _HOP]
            self._say(answer.status, kept, answer.read())
            onward.close()

        do_POST = do_DELETE = do_OPTIONS = do_GET

        def _say(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
            self.send_response_only(status)
            for name, value in headers:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: Any) -> None:  # noqa: ANN401 its base's
            """Keep the test's output to the test."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    record = Recorder(f"http://127.0.0.1:{listening.server_port}")
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    yield record
    listening.shutdown()
    listening.server_close()
