"""The address of the deployment as people type it, checked. Links to staff begin with it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|[0-9a-f:]+", re.IGNORECASE)
#: Only on this machine is a link without encryption no danger.
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


def parse_public_url(raw: str) -> str:
    """`https://bot.example.org` without a slash at the end; also http on this machine. Raises ValueError.

    A path has no place in it: the cookies of the desk hold for /desk of the site.
    """
    parts = urlsplit(raw.strip())
    host, port = parts.hostname or "", parts.port
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and host in _THIS_MACHINE)
    is_bare = parts.path in ("", "/") and not parts.query and not parts.fragment and "@" not in parts.netloc
    if not is_safe or not is_bare or not _HOST.fullmatch(host):
        raise ValueError("not an address of a site")
    return f"{parts.scheme}://{bracketed(host)}" + (f":{port}" if port else "")


def bracketed(host: str) -> str:
    """A host as it stands in an address."""
    return f"[{host}]" if ":" in host else host
