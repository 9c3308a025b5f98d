"""A webhook of the tests: keeps what it was sent, and whether it was signed."""

from __future__ import annotations

import hashlib
import hmac
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from tests.messenger_payloads import SECRET


class Callback:
    """A webhook of a test: answers with `status`, keeps what it was sent."""

    def __init__(self) -> None:
        self.status, self.bodies, self.is_signed = 200, list[Any](), True
        callback = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers["Content-Length"]))
                expected = "sha256=" + hmac.new(SECRET.encode(), raw, hashlib.sha256).hexdigest()
                callback.is_signed &= self.headers["X-Hub-Signature-256"] == expected
                callback.bodies.append(json.loads(raw))
                self.send_response(callback.status)
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/"

    def events(self) -> list[dict[str, Any]]:
        """All events of `messaging` and `standby` in the order in which they came."""
        entries = [entry for body in self.bodies for entry in body["entry"]]
        return [event for entry in entries for event in (*entry.get("messaging", ()), *entry.get("standby", ()))]

    def close(self) -> None:
        """Stop answering."""
        self.server.shutdown()
        self.server.server_close()
