"""What nobody should send: a clear status and code, words in the visitor's language, and no harm to others."""

from __future__ import annotations

import json
import socket
from typing import Any

import httpx
import pytest

from tests.gateway.running_gateway import RunningGateway, Visitor, new_id, send

GOOD_ID = "abcdefgh12345678"


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
