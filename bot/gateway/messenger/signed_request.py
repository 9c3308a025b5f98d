"""Opens Meta's `signed_request`: a signature and a payload, both in base64url, with a full stop between."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from typing import Any

_LONGEST = 8192


class InvalidSignedRequest(ValueError):
    """Not from Meta, or not as described. A retry does not help."""


def open_signed_request(raw: str, secret: str) -> dict[str, Any]:
    """The payload. Raises InvalidSignedRequest; HMAC-SHA256 is the only algorithm that counts."""
    signature, dot, payload = raw.partition(".")
    if not dot or len(raw) > _LONGEST or not raw.isascii():
        raise InvalidSignedRequest("not a signed request")
    expected = hmac.new(secret.encode(), payload.encode(), hashlib.sha256).digest()
    if not hmac.compare_digest(expected, _decoded(signature)):
        raise InvalidSignedRequest("the signature is not ours")
    try:
        content = json.loads(_decoded(payload))
    except (ValueError, RecursionError):
        raise InvalidSignedRequest("the payload is not JSON") from None
    if not isinstance(content, dict) or str(content.get("algorithm", "")).upper() != "HMAC-SHA256":
        raise InvalidSignedRequest("the payload is not as described")
    return content


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise InvalidSignedRequest("not base64") from None
