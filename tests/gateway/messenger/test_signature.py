"""Calls of Meta are known by their signature: SHA-256 in small letters over the very bytes, and nothing else."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from bot.gateway.messenger.signature import has_form, is_signed

BODY = b'{"object":"page"}'
GOOD = hmac.new(b"secret", BODY, hashlib.sha256).hexdigest()


def test_the_right_signature_is_taken() -> None:
    assert is_signed(BODY, f"sha256={GOOD}", "secret")


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        GOOD,
        f"sha256={GOOD.upper()}",
        f"SHA256={GOOD}",
        f"sha256={GOOD} ",
        f"sha256={GOOD}\n",
        f"sha256={GOOD}0",
        f"sha256={GOOD[:-1]}",
        f"sha1={hmac.new(b'secret', BODY, hashlib.sha1).hexdigest()}",
        f"sha512={hmac.new(b'secret', BODY, hashlib.sha512).hexdigest()}",
        f"md5={hmac.new(b'secret', BODY, hashlib.md5).hexdigest()}",
        "sha256=" + "é" * 64,
        "foo=1",
    ],
)
def test_any_other_form_is_refused(header: str | None) -> None:
    assert not has_form(header)
    assert not is_signed(BODY, header, "secret")


def test_other_bytes_another_secret_and_an_empty_body_are_refused() -> None:
    empty = hmac.new(b"secret", b"", hashlib.sha256).hexdigest()

    assert not is_signed(BODY + b" ", f"sha256={GOOD}", "secret")
    assert not is_signed(BODY, f"sha256={GOOD}", "Secret")
    assert not is_signed(b"", f"sha256={empty}", "secret")
