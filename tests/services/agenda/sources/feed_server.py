"""A real HTTP server on this machine that behaves as badly as a test wants."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

#: What a path answers: takes the request and writes.
Answer = Callable[[BaseHTTPRequestHandler], None]


class FeedServer:
    """`answers` by path; `seen` are the requests that came, with their headers."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.seen: list[tuple[str, dict[str, str]]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.seen.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
                with suppress(OSError):  # a reader that has had enough hangs up
                    outer.answers[self.path](self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_port

    def address(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    @contextmanager
    def running(self) -> Iterator[FeedServer]:
        thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()


def says(content: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("Content-Length", str(len(content)))
        request.end_headers()
        request.wfile.write(content)

    return answer


def redirects(address: str) -> Answer:
    return says(b"", 302, Location=address)


def one_after_the_other(*answers: Answer) -> Answer:
    left = list(answers)

    def answer(request: BaseHTTPRequestHandler) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(request)

    return answer


def unless_known(etag: str, content: bytes) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        if request.headers.get("If-None-Match") == etag:
            says(b"", 304, ETag=etag)(request)
        else:
            says(content, ETag=etag, Last_Modified="Mon, 23 Nov 2026 09:00:00 GMT")(request)

    return answer


def endless(megabytes: int, with_length: bool) -> Answer:
    """A feed of so many megabytes."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        if with_length:
            request.send_header("Content-Length", str(megabytes * 1_000_000))
        request.end_headers()
        block = b"X" * 1_000_000
        for _ in range(megabytes):
            request.wfile.write(block)

    return answer


def dripping(seconds: float, in_headers: bool = False) -> Answer:
    """A byte now and then, never silent for long."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        if in_headers:
            request.wfile.write(b"HTTP/1.0 200 OK\r\nX-Slow: ")
        else:
            request.send_response(200)
            request.end_headers()
        ends_at = time.monotonic() + seconds
        while time.monotonic() < ends_at:
            request.wfile.write(b".")
            request.wfile.flush()
            time.sleep(0.05)

    return answer


def silent(seconds: float) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        time.sleep(seconds)

    return answer
