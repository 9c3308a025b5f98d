"""Meta's request to erase somebody is opened only when its signature is right and of the one kind."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest

from bot.gateway.messenger.signed_request import InvalidSignedRequest, open_signed_request

GOOD = {"user_id": "218471", "algorithm": "HMAC-SHA256", "issued_at": 1291836800}


def request(payload: Any = GOOD, secret: bytes = b"secret", padding: bool = False, digest: str = "sha256") -> str:
    raw = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    encoded = base64.urlsafe_b64encode(raw).decode()
    body = encoded if padding else encoded.rstrip("=")
    signature = base64.urlsafe_b64encode(hmac.new(secret, body.encode(), digest).digest()).decode()
    return f"{signature if padding else signature.rstrip('=')}.{body}"


@pytest.mark.parametrize("padding", [True, False])
def test_a_request_of_meta_is_opened(padding: bool) -> None:
    assert open_signed_request(request(padding=padding), "secret") == GOOD


@pytest.mark.parametrize(
    "raw",
    [
        "",
        ".",
        "abc",
        "a.b.c",
        "é.é",
        "%%%.%%%",
        request(secret=b"other"),
        request(digest="sha1"),
        request({**GOOD, "algorithm": "HMAC-SHA1"}),
        request({"user_id": "218471"}),
        request(["user_id"]),
        request(b"not json"),
        request(b"[" * 5000),
        request({**GOOD, "padding": "x" * 9000}),
        request().partition(".")[2],
        request() + "x",
    ],
)
def test_anything_else_is_refused(raw: str) -> None:
    with pytest.raises(InvalidSignedRequest):
        open_signed_request(raw, "secret")


def test_the_signature_is_over_the_encoded_payload() -> None:
    raw = json.dumps(GOOD).encode()
    encoded = base64.urlsafe_b64encode(raw).decode().rstrip("=")
    over_raw = base64.urlsafe_b64encode(hmac.new(b"secret", raw, hashlib.sha256).digest()).decode().rstrip("=")

    with pytest.raises(InvalidSignedRequest):
        open_signed_request(f"{over_raw}.{encoded}", "secret")
