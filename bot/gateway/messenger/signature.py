"""Checks that a call comes from Meta: the app's secret over the very bytes, by SHA-256 and nothing else."""

from __future__ import annotations

import hashlib
import hmac
import re

_FORM = re.compile(r"sha256=([0-9a-f]{64})")


def has_form(header: str | None) -> bool:
    """Whether a header could be a signature at all; asked before the body is read."""
    return header is not None and _FORM.fullmatch(header) is not None


def is_signed(body: bytes, header: str | None, secret: str) -> bool:
    """Whether `header` (X-Hub-Signature-256) fits these bytes. An empty body is nobody's."""
    found = _FORM.fullmatch(header or "")
    if found is None or not body:
        return False
    expected = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, found[1])
