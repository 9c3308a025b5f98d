"""What nobody should send: a clear status and code, words in the visitor's language, and no harm to others."""

from __future__ import annotations

import json
import socket
import time
from typing import Any

import httpx
import jwt
import pytest

from bot.foundation.kept_secrets import read_token_secret
from bot.foundation.settings import read_settings
from tests.gateway.running_gateway import RunningGateway, Visitor, new_id

GOOD_ID = "abcdefgh12345678"


def send(gateway: RunningGateway, content: bytes, **headers: str) -> httpx.Response:
    return httpx.post(f"{gateway.url}/chat/messages", content=content, headers=headers, timeout=30)


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({}, "invalid", "text"),
        ({"text": "x", "choice": "human"}, "invalid", "text"),
        ({"text": 7}, "invalid", "text"),
        ({"text": ["x"]}, "invalid", "text"),
        ({"text": {"a": 1}}, "invalid", "text"),
        ({"text": ""}, "empty", "text"),
        ({"text": " \n\t "}, "empty", "text"),
        ({"text": "\x00\x01\x1b"}, "empty", "text"),
        ({"text": "\u200b\u2060\ufeff"}, "empty", "text"),
        ({"text": "x" * 1001}, "too_long", "text"),
        ({"choice": "/restart"}, "invalid", "choice"),
        ({"choice": "topic:../../x"}, "invalid", "choice"),
        ({"choice": 1}, "invalid", "choice"),
        ({"choice": "human", "choice_title": "x" * 201}, "invalid", "choice_title"),
        ({"text": "x", "language": "de"}, "invalid", "language"),
        ({"text": "x", "language": 1}, "invalid", "language"),
        ({"text": "x", "language": []}, "invalid", "language"),
        ({"text": "x", "page": "/" * 301}, "invalid", "page"),
        ({"text": "x", "sender": "me"}, "invalid", "sender"),
        ({"text": "x", "client_id": "short"}, "invalid", "client_id"),
        ({"text": "x", "client_id": "a" * 65}, "invalid", "client_id"),
        ({"text": "x", "client_id": "é" * 10}, "invalid", "client_id"),
        ({"text": "x", "client_id": GOOD_ID + "\n"}, "invalid", "client_id"),
        ({"text": "x", "client_id": None}, "invalid", "client_id"),
    ],
)
def test_a_wrong_body_is_refused_with_code_and_field(
    gateway: RunningGateway, body: dict[str, Any], code: str, field: str
) -> None:
    response = send(gateway, json.dumps({"client_id": GOOD_ID, **body}).encode())

    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert (response.json()["code"], response.json()["field"]) == (code, field)
    assert response.json()["retryable"] is False


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"hello", b"[" * 10_000, b'{"text": NaN', b"\x00"])
def test_a_body_that_is_no_json_is_refused(gateway: RunningGateway, content: bytes) -> None:
    response = send(gateway, content)

    assert (response.status_code, response.json()["code"]) == (400, "not_json")


@pytest.mark.parametrize("content", [b"[]", b'"x"', b"null", b"7", b"NaN"])
def test_json_that_is_no_object_is_refused(gateway: RunningGateway, content: bytes) -> None:
    assert send(gateway, content).json()["code"] in {"invalid", "not_json"}


def test_a_body_that_is_too_large_is_refused_before_it_is_read(gateway: RunningGateway) -> None:
    response = send(gateway, b'{"text": "' + b"x" * 20_000 + b'"}')

    assert (response.status_code, response.json()["code"]) == (413, "too_large")


def test_an_endless_body_is_refused(gateway: RunningGateway) -> None:
    head = b"POST /chat/messages HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"1000\r\n" + b"x" * 4096 + b"\r\n"
    with socket.create_connection(("127.0.0.1", gateway.port), timeout=10) as connection:
        connection.sendall(head + chunk * 5)
        answer = connection.recv(4096)

    assert b" 413 " in answer.splitlines()[0]


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("fr-BE,fr;q=0.9", "Votre message est vide"),
        ("nl", "Je bericht is leeg"),
        ("de, en;q=0.5", "Your message is empty"),
        ("zh", "Votre message est vide"),
        ("x" * 5000, "Votre message est vide"),
    ],
)
def test_a_refusal_speaks_the_language_of_the_browser(gateway: RunningGateway, header: str, words: str) -> None:
    response = send(gateway, json.dumps({"client_id": GOOD_ID, "text": " "}).encode(), **{"Accept-Language": header})

    assert words in response.json()["title"]


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "trop long"), ("nl", "te lang"), ("en", "too long"), ("de", "trop long")]
)
def test_a_refused_message_is_told_in_its_own_language(gateway: RunningGateway, language: str, words: str) -> None:
    content = json.dumps({"client_id": GOOD_ID, "text": "x" * 1001, "language": language}).encode()

    response = send(gateway, content, **{"Accept-Language": "fr"})

    assert words in response.json()["title"]


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


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("🙂🙂🙂", "🙂🙂🙂"),
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("line\r\nnext", "line\nnext"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("**bold** [x](javascript:alert(1))", "**bold** [x](javascript:alert(1))"),
        ("x" * 1000, "x" * 1000),
        ("été 你好 العربية", "été 你好 العربية"),
    ],
)
def test_a_persons_words_stay_plain_text(visitor: Visitor, text: str, shown: str) -> None:
    assert visitor.post(text=text).status_code == 202
    visitor.wait_for_answers(1)

    told = visitor.history()[0]["data"]
    assert told["text"] == shown
    assert "parts" not in told
    assert "<script" not in visitor.answers()[0]
    assert 'href="javascript' not in visitor.answers()[0]


def test_half_characters_are_replaced_and_answered(gateway: RunningGateway, visitor: Visitor) -> None:
    content = b'{"client_id": "%s", "text": "a\\ud800b"}' % new_id().encode()
    response = send(gateway, content)
    visitor.token = response.json()["token"]

    visitor.wait_for_answers(1)

    assert visitor.history()[0]["data"]["text"] == "a\ufffdb"


@pytest.mark.parametrize("number", ["-1", "x", "1e3", "99999999999", "١"])
def test_a_last_event_that_is_no_number_is_refused(visitor: Visitor, number: str) -> None:
    visitor.post(text="hello")
    headers = [(b"Authorization", visitor.headers["Authorization"].encode()), (b"Last-Event-ID", number.encode())]

    response = visitor.client.get("/chat/events", headers=headers)

    assert (response.status_code, response.json()["code"]) == (422, "invalid")


def test_a_last_event_from_the_future_misses_nothing_new(gateway: RunningGateway, visitor: Visitor) -> None:
    visitor.post(text="hello")
    visitor.wait_for_answers(1)
    headers = {**visitor.headers, "Last-Event-ID": "999"}

    with visitor.client.stream("GET", "/chat/events", headers=headers) as response:
        lines = response.iter_lines()
        assert next(lines) == ": welcome"
        httpx.post(
            f"{gateway.url}/chat/messages",
            json={"client_id": new_id(), "text": "again"},
            headers=visitor.headers,
        )
        told = next(line for line in lines if line.startswith("data: "))

    assert json.loads(told.removeprefix("data: "))["text"] == "again"


def test_unknown_addresses_and_methods_are_problems_too(gateway: RunningGateway) -> None:
    assert httpx.get(f"{gateway.url}/chat/nothing").json()["code"] == "not_found"
    assert httpx.get(f"{gateway.url}/chat/messages").json()["code"] == "method"


def test_somebody_elses_answer_cannot_be_rated(gateway: RunningGateway, visitor: Visitor) -> None:
    other = Visitor(gateway.url)
    other.post(text="private")
    other.wait_for_answers(1)
    answer = next(e["data"]["id"] for e in other.history() if e["data"].get("role") == "bot")
    visitor.post(text="mine")

    response = visitor.client.put(f"/chat/messages/{answer}/rating", json={"value": "up"}, headers=visitor.headers)

    assert response.status_code == 404
