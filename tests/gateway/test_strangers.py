"""Who may not: false tokens, other sites, somebody else's conversation."""

from __future__ import annotations

import json
import time
from typing import Any

import httpx
import jwt
import pytest

from bot.foundation.kept_secrets import read_token_secret
from bot.foundation.settings import read_settings
from tests.gateway.running_gateway import RunningGateway, Visitor, new_id, send


def forged(gateway: RunningGateway, secret: str | None = None, **claims: Any) -> str:
    settings = read_settings(gateway.environment)
    claims = {"sub": "somebody", "exp": time.time() + 1000, **claims}
    return jwt.encode(
        {key: value for key, value in claims.items() if value is not None}, secret or read_token_secret(settings)
    )


@pytest.mark.parametrize(
    "method_path", ["GET /chat/history", "GET /chat/events", "GET /chat/transcript", "DELETE /chat"]
)
def test_only_a_true_token_opens_a_conversation(gateway: RunningGateway, method_path: str) -> None:
    method, path = method_path.split()
    tokens = [
        None,
        "",
        "x",
        "Bearer",
        "Bearer x.y.z",
        "Basic abc",
        f"Bearer {forged(gateway, secret='another secret that is long enough')}",
        f"Bearer {forged(gateway, exp=time.time() - 1)}",
        f"Bearer {forged(gateway, exp=None)}",
        f"Bearer {forged(gateway, exp='soon')}",
        f"Bearer {forged(gateway, sub=None)}",
        f"Bearer {forged(gateway, sub='nobody')}",
        f"Bearer {jwt.encode({'sub': 'x', 'exp': time.time() + 99}, '', algorithm='none')}",
        f"Bearer {'x' * 4000}",
    ]
    for token in tokens:
        headers = {} if token is None else {"Authorization": token}
        response = httpx.request(method, gateway.url + path, headers=headers)

        assert (response.status_code, response.json()["code"]) == (401, "session_over"), token


def test_a_message_with_a_false_token_begins_nothing(gateway: RunningGateway) -> None:
    content = json.dumps({"client_id": new_id(), "text": "x"}).encode()

    response = send(gateway, content, Authorization="Bearer x.y.z")

    assert (response.status_code, response.json()["code"]) == (401, "session_over")


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "https://www.example.org.evil.example", "x" * 500]
)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_other_sites_may_not_use_the_chat(gateway: RunningGateway, origin: str, method: str) -> None:
    response = httpx.request(method, f"{gateway.url}/chat/start", headers={"Origin": origin})

    assert (response.status_code, response.json()["code"]) == (403, "origin")
    assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize("origin", ["https://www.example.org", "http://localhost:3000"])
def test_allowed_sites_may_use_the_chat_also_when_it_refuses(gateway: RunningGateway, origin: str) -> None:
    before = httpx.options(f"{gateway.url}/chat/messages", headers={"Origin": origin})
    refused = send(gateway, b"{", Origin=origin)

    assert before.status_code == 204
    assert "Last-Event-ID" in before.headers["access-control-allow-headers"]
    assert refused.headers["access-control-allow-origin"] == origin
    assert "access-control-allow-credentials" not in refused.headers


def test_somebody_elses_answer_cannot_be_rated(gateway: RunningGateway, visitor: Visitor) -> None:
    other = Visitor(gateway.url)
    other.post(text="private")
    other.wait_for_answers(1)
    answer = next(e["data"]["id"] for e in other.history() if e["data"].get("role") == "bot")
    visitor.post(text="mine")

    response = visitor.client.put(f"/chat/messages/{answer}/rating", json={"value": "up"}, headers=visitor.headers)

    assert response.status_code == 404
