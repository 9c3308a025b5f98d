"""Fetches a source from the web: within a time and a size, with retries, redirects one by one, only what is new."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import requests

from bot.services.agenda.sources.addresses import AddressRefused, LookUp, allowed_addresses, check_host, look_up
from bot.services.agenda.sources.connection import GuardedAdapter, Watch
from bot.services.agenda.sources.copies import Copy, place_of
from bot.services.agenda.sources.reading import Source

_CHUNK_BYTES = 65_536
_REDIRECTS = {301, 302, 303, 307, 308}
_TRY_AGAIN = {408, 425, 429, 500, 502, 503, 504}
_ACCEPT = "text/calendar, text/csv, application/json, text/html;q=0.9, */*;q=0.5"


class NotFetched(Exception):
    """A source could not be fetched; the text says why, without the password that an address may hold."""


class _TryAgain(NotFetched):
    """It may work a moment later."""


@dataclass(frozen=True)
class Limits:
    """`seconds` for everything, `wait_seconds` for a connection and for each byte, `pauses` before each retry."""

    seconds: float = 40
    wait_seconds: float = 10
    most_bytes: int = 30_000_000
    most_redirects: int = 5
    pauses: tuple[float, ...] = (1, 4)


@dataclass(frozen=True)
class Fetcher:
    """Fetches one source at a time; holds nothing between two."""

    limits: Limits = field(default_factory=Limits)
    look: LookUp = look_up
    sleep: Callable[[float], None] = time.sleep

    def fetch(self, source: Source, known: Copy | None = None) -> Copy:
        """The source as it is now; `known` itself when the server says that nothing changed. Raises NotFetched."""
        with Watch(self.limits.seconds) as watch:
            for pause in (*self.limits.pauses, None):
                try:
                    return self._try(source, known, watch)
                except _TryAgain as error:
                    if pause is None or watch.seconds_left <= pause:
                        raise NotFetched(str(error)) from None
                    self.sleep(pause)
        raise AssertionError("the last try returns or raises")

    def _try(self, source: Source, known: Copy | None, watch: Watch) -> Copy:
        def allowed(host: str, port: int) -> list[str]:
            return allowed_addresses(source, host, port, self.look)

        with requests.Session() as session:
            session.trust_env = False  # a proxy would connect where we have not looked
            session.mount("http://", GuardedAdapter(allowed, watch))
            session.mount("https://", GuardedAdapter(allowed, watch))
            try:
                return self._follow(session, source, known, watch)
            except AddressRefused as error:
                raise NotFetched(str(error)) from None
            except requests.exceptions.SSLError:
                raise NotFetched("the server's certificate cannot be trusted") from None
            except (requests.RequestException, OSError) as error:
                if watch.is_over:
                    raise NotFetched(self._too_slow()) from None
                reason = "did not answer in time" if isinstance(error, requests.Timeout) else "cannot be reached"
                raise _TryAgain(f"the server {reason}") from None
            except ValueError:  # of an address that has no form
                raise NotFetched("the source leads to something that is no address") from None

    def _follow(self, session: requests.Session, source: Source, known: Copy | None, watch: Watch) -> Copy:
        address = source.address or ""
        for _ in range(self.limits.most_redirects + 1):
            _check_address(source, address)
            headers = {"Accept": _ACCEPT, "User-Agent": "faqbot-agenda", **_conditions(known)}
            wait = min(self.limits.wait_seconds, watch.seconds_left) or 0.001
            with session.get(
                address, headers=headers, stream=True, allow_redirects=False, timeout=(wait, wait)
            ) as answer:
                if answer.status_code in _REDIRECTS and answer.headers.get("Location"):
                    address = urljoin(address, answer.headers["Location"])
                    continue
                return self._taken(answer, source, known, watch)
        raise NotFetched(f"more than {self.limits.most_redirects} redirects")

    def _taken(self, answer: requests.Response, source: Source, known: Copy | None, watch: Watch) -> Copy:
        if answer.status_code == 304 and known:
            return known
        if answer.status_code in _TRY_AGAIN:
            raise _TryAgain(f"the server answers with {answer.status_code}")
        if answer.status_code != 200:
            raise NotFetched(f"the server answers with {answer.status_code}")
        content = self._content(answer, watch)
        return Copy(content, place_of(source), answer.headers.get("ETag"), answer.headers.get("Last-Modified"))

    def _content(self, answer: requests.Response, watch: Watch) -> bytes:
        length = answer.headers.get("Content-Length", "")
        if length.isdigit() and int(length) > self.limits.most_bytes:
            raise NotFetched(self._too_large())
        content = bytearray()
        for chunk in answer.iter_content(_CHUNK_BYTES):
            content += chunk
            if len(content) > self.limits.most_bytes:
                raise NotFetched(self._too_large())
        if watch.is_over:  # a connection that we shut looks like one that ended
            raise NotFetched(self._too_slow())
        return bytes(content)

    def _too_large(self) -> str:
        return f"the source is larger than {self.limits.most_bytes / 1e6:g} MB"

    def _too_slow(self) -> str:
        return f"the source did not come within {self.limits.seconds:g} seconds"


def _check_address(source: Source, address: str) -> None:
    """Before each hop: http or https, a host on the list. Raises ValueError for what is no address."""
    parts = urlsplit(address)
    host, scheme = parts.hostname or "", parts.scheme.lower()
    if scheme not in {"http", "https"}:
        raise NotFetched(f"only http and https are fetched, not {scheme or 'nothing'}")
    check_host(source, host)


def _conditions(known: Copy | None) -> dict[str, str]:
    if known is None:
        return {}
    asked = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in asked.items() if value}
