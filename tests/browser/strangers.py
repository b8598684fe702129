"""Servers that are not the one the extension fits."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@contextmanager
def other_version(speaks: list[int] | None) -> Iterator[str]:
    """A Touchstone that refuses our version; `speaks` is what it says of its own, if anything."""

    class Handler(BaseHTTPRequestHandler):
        """Answers 412 to whoever names a version, as a server does."""

        def do_GET(self) -> None:
            """Answer."""
            refused = "X-Touchstone-Api" in self.headers
            health = {"app": "touchstone", "status": "ok", **({"api": speaks} if speaks else {})}
            body = {"error": {"code": "version", "says": "Another version."}} if refused else health
            self.send_response(412 if refused else 200)
            self.send_header("X-Touchstone", "1")
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, format: str, *arguments: Any) -> None:  # noqa: ANN401 its base's
            """Keep the test's output to the test."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
