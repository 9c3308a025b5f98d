"""Turns against real processes: each is answered once, whatever dies in the middle."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import threading
import time
import uuid
from typing import Any

import httpx
import pytest

from tests.processes.running_bot import RunningBot

QUESTIONS = {
    "fr": "Quelle est l'adresse de la Cité des métiers ?",
    "nl": "Wat is het adres van Beroepenpunt?",
    "en": "What is the address of the centre?",
}


@pytest.mark.parametrize("language", QUESTIONS)
def test_a_question_is_answered_in_its_own_language(bot: RunningBot, language: str) -> None:
    result = bot.turn(text=QUESTIONS[language]).json()

    assert result["reply"]["language"] == language
    assert result["reply"]["topic"] == "centre/address_and_access"
    assert result["report"]["decision"] == "answer"
    assert result["report"]["release"]


def test_the_same_turn_twice_gives_the_stored_reply(bot: RunningBot) -> None:
    conversation, turn = uuid.uuid4().hex, uuid.uuid4().hex

    first = bot.turn(conversation=conversation, turn=turn, text="bonjour").json()
    second = bot.turn(conversation=conversation, turn=turn, text="bonjour").json()

    assert (first["repeated"], second["repeated"]) == (False, True)
    assert first["reply"] == second["reply"]
    assert turns_in(bot, conversation) == ["bonjour"]


def test_killed_before_its_save_a_turn_is_answered_after_the_restart(bot: RunningBot) -> None:
    conversation, turn = uuid.uuid4().hex, uuid.uuid4().hex
    bot.turn(conversation=conversation, text="bonjour")
    blocker = sqlite3.connect(bot.settings.data_folder / "trackers.sqlite", isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    sender = threading.Thread(target=send_and_lose, args=(bot, conversation, turn, "merci beaucoup"))
    sender.start()
    time.sleep(2)  # by now the turn stands before its write, which waits for the lock

    bot.kill("rasa run")
    blocker.rollback()
    blocker.close()
    sender.join()
    assert turns_in(bot, conversation) == ["bonjour"]
    bot.wait_until_ready()
    result = bot.turn(conversation=conversation, turn=turn, text="merci beaucoup").json()

    assert not result["repeated"]
    assert result["report"]["intent"] == "smalltalk/thanks"
    assert turns_in(bot, conversation) == ["bonjour", "merci beaucoup"]


def test_killed_after_its_save_a_turn_gets_the_stored_reply_after_the_restart(bot: RunningBot) -> None:
    conversation, turn = uuid.uuid4().hex, uuid.uuid4().hex
    send_without_reading(bot, conversation, turn)
    deadline = time.monotonic() + 20
    while (row := bot.row(conversation)) is None or row.turn_id != turn:
        assert time.monotonic() < deadline
        time.sleep(0.02)

    bot.kill("rasa run")
    bot.wait_until_ready()
    result = bot.turn(conversation=conversation, turn=turn, text="bonjour").json()

    assert result["repeated"]
    assert result["reply"]["parts"]
    assert turns_in(bot, conversation) == ["bonjour"]


def test_without_the_action_server_there_is_an_apology_with_the_contact_ways(bot: RunningBot) -> None:
    (supervisor,) = bot.process_ids("supervisor.supervisord")
    os.kill(supervisor, signal.SIGSTOP)  # or it would restart the action server at once
    bot.kill("rasa_sdk")
    try:
        reply = bot.turn(text="ik wil met een mens praten").json()["reply"]
    finally:
        os.kill(supervisor, signal.SIGCONT)

    words = " ".join(part.get("markdown", "") for part in reply["parts"])
    assert "0800 555 66" in words
    assert "info@cdm-bp.brussels" in words
    assert reply["language"] == "nl"


def test_an_action_server_that_hangs_is_given_up(bot: RunningBot) -> None:
    hanging = bot.process_ids("rasa_sdk")
    for process in hanging:
        os.kill(process, signal.SIGSTOP)
    conversation = uuid.uuid4().hex
    try:
        reply = bot.turn(conversation=conversation, text="give me a human please").json()["reply"]
    finally:
        for process in hanging:
            os.kill(process, signal.SIGCONT)
    after = bot.turn(conversation=conversation, text="thank you").json()

    assert "0800 555 66" in reply["parts"][0]["markdown"]
    assert after["report"]["intent"] == "smalltalk/thanks"
    assert after["reply"]["parts"]


@pytest.mark.parametrize(
    ("headers", "body", "status", "code"),
    [
        ({"Authorization": "Bearer wrong"}, {"text": "x"}, 403, "forbidden"),
        ({"Authorization": ""}, {"text": "x"}, 403, "forbidden"),
        ({}, {"text": "x", "choice": "human"}, 422, "text_or_choice"),
        ({}, {}, 422, "text_or_choice"),
        ({}, {"text": 7}, 422, "invalid_text"),
        ({}, {"choice": "topic:centre/nothing"}, 422, "unknown_choice"),
        ({}, {"choice": "/restart"}, 422, "invalid_choice"),
        ({}, {"text": "x", "sender": "y"}, 422, "unknown_field"),
        ({}, {"text": "x", "turn": ""}, 422, "invalid_turn"),
        ({}, {"text": "x", "conversation": "a\nb"}, 422, "invalid_conversation"),
    ],
)
def test_a_bad_request_gets_a_clear_code(
    bot: RunningBot, headers: dict[str, str], body: dict[str, Any], status: int, code: str
) -> None:
    body = {"conversation": "c", "turn": "t", **body}

    answer = httpx.post(bot.address, json=body, headers={**bot.headers, **headers}, timeout=30)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b'"x"', b"null"])
def test_a_body_that_is_no_json_object_is_refused(bot: RunningBot, content: bytes) -> None:
    answer = httpx.post(bot.address, content=content, headers=bot.headers, timeout=30)

    assert answer.status_code == 422


def turns_in(bot: RunningBot, conversation: str) -> list[str]:
    row = bot.row(conversation)
    assert row is not None
    return [event["text"] for event in row.state["events"] if event["event"] == "user"]


def send_and_lose(bot: RunningBot, conversation: str, turn: str, text: str) -> None:
    with pytest.raises(httpx.HTTPError):
        bot.turn(conversation=conversation, turn=turn, text=text)


def send_without_reading(bot: RunningBot, conversation: str, turn: str) -> None:
    body = f'{{"conversation": "{conversation}", "turn": "{turn}", "text": "bonjour"}}'.encode()
    head = (
        f"POST /webhooks/turn/turns HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n"
        f"Authorization: {bot.headers['Authorization']}\r\nContent-Type: application/json\r\n\r\n"
    )
    with socket.create_connection((bot.settings.host, bot.settings.brain_port)) as connection:
        connection.sendall(head.encode() + body)
        time.sleep(0.5)
