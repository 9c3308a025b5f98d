"""Connections of `requests` that go only where they may, and that end when their time is over.

`requests` limits each wait for a byte; a server that drips a byte a second would hold it for hours. A watch shuts the
connection down when the time of the whole fetch is over.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

#: Gives the addresses of a host and port, or raises.
Allowed = Callable[[str, int], list[str]]


class Watch:
    """The time of one fetch, all its tries and redirects together."""

    def __init__(self, seconds: float) -> None:
        self._ends_at = time.monotonic() + seconds
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True

    def __enter__(self) -> Watch:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    @property
    def seconds_left(self) -> float:
        """0 when the time is over."""
        return max(0.0, self._ends_at - time.monotonic())

    @property
    def is_over(self) -> bool:
        return self.seconds_left == 0.0

    def over(self, opened: socket.socket) -> None:
        """Shut this connection too when the time is over."""
        with self._lock:
            self._sockets.append(opened)
        if self.is_over:
            self._shut()

    def _shut(self) -> None:
        with self._lock:
            for opened in self._sockets:
                with contextlib.suppress(OSError):
                    opened.shutdown(socket.SHUT_RDWR)


class GuardedAdapter(HTTPAdapter):
    """For one fetch: asks `allowed` before each connection and puts it under the watch."""

    def __init__(self, allowed: Allowed, watch: Watch) -> None:
        self._allowed, self._watch = allowed, watch
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        allowed, watch = self._allowed, self._watch

        class Guarded:
            """What both kinds of connection do differently."""

            sock: Any

            def _new_conn(self: Any) -> socket.socket:
                return _connect(self, allowed, watch)

            def connect(self) -> None:
                super().connect()  # type: ignore[misc]
                watch.over(self.sock)  # after the handshake of TLS it is another object

        class Plain(Guarded, HTTPConnection):
            pass

        class Secure(Guarded, HTTPSConnection):
            pass

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}


def _connect(connection: Any, allowed: Allowed, watch: Watch) -> socket.socket:
    failure: Exception | None = None
    for address in allowed(connection.host, connection.port):
        try:
            seconds = min(connection.timeout, watch.seconds_left) or 0.001
            opened = socket.create_connection((address, connection.port), timeout=seconds)
        except TimeoutError:
            failure = ConnectTimeoutError(connection, f"{connection.host} did not answer")
        except OSError as error:
            failure = NewConnectionError(connection, f"no connection ({error.strerror or error})")
        else:
            watch.over(opened)
            return opened
    raise failure or NewConnectionError(connection, f"{connection.host} has no address")
