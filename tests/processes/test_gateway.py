"""The public door before the real Rasa: whatever is killed in the middle, everything is answered, nothing twice."""

from __future__ import annotations

import os
import signal
import time

import httpx

from tests.gateway.running_gateway import Visitor, wait_until
from tests.processes.running_bot import RunningBot

QUESTIONS = {
    "fr": "Quelles sont les heures d'ouverture ?",
    "nl": "Wat zijn de openingsuren?",
    "en": "What are the opening hours?",
}


def test_a_visitor_is_answered_in_each_language(bot: RunningBot) -> None:
    for language, question in QUESTIONS.items():
        visitor = Visitor(bot.settings.door.local_url)
        visitor.post(text=question, language=language)
        visitor.wait_for_answers(1)

        answer = [event["data"] for event in visitor.history() if event["data"].get("role") == "bot"][-1]
        assert answer["language"] == language
        assert answer["topic"] == "centre/opening_hours"
        assert answer["parts"][0]["html"].startswith("<p>")


def test_rasa_killed_in_the_middle_of_twenty_conversations(bot: RunningBot) -> None:
    visitors = [Visitor(bot.settings.door.local_url) for _ in range(20)]
    for number, visitor in enumerate(visitors):
        language = list(QUESTIONS)[number % 3]
        assert visitor.post(text=QUESTIONS[language], language=language).status_code == 202
    wait_until(lambda: any(visitor.answers() for visitor in visitors), 60)

    bot.kill("rasa run")
    for visitor in visitors:
        assert visitor.post(choice="topic:centre/address_and_access", choice_title="?").status_code == 202

    for visitor in visitors:
        visitor.wait_for_answers(2, seconds=120)
    time.sleep(1)
    for visitor in visitors:
        messages = [event["data"] for event in visitor.history() if event["kind"] == "message"]
        asked = [message["id"] for message in messages if message["role"] == "visitor"]
        answered = [message["in_reply_to"] for message in messages if message["role"] == "bot"]
        topics = [message.get("topic") for message in messages if message["role"] == "bot"]
        assert answered == asked
        assert topics == ["centre/opening_hours", "centre/address_and_access"]


def test_a_gateway_killed_before_the_answer_is_there_gives_it_after_its_restart(bot: RunningBot) -> None:
    visitors = [Visitor(bot.settings.door.local_url) for _ in range(5)]
    brains = bot.process_ids("rasa run")
    for process in brains:
        os.kill(process, signal.SIGSTOP)  # the answer cannot be there before
    try:
        for visitor in visitors:
            visitor.post(text=QUESTIONS["nl"], language="nl")
        bot.kill("gateway_process")
    finally:
        for process in brains:
            os.kill(process, signal.SIGCONT)
    wait_until(lambda: is_alive(bot), 60)

    for visitor in visitors:
        visitor.client = httpx.Client(base_url=bot.settings.door.local_url, timeout=30)
        visitor.wait_for_answers(1, seconds=60)
    time.sleep(1)
    assert [len(visitor.answers()) for visitor in visitors] == [1] * 5


def test_the_demo_page_shows_the_widget(bot: RunningBot) -> None:
    page = httpx.get(f"{bot.settings.door.local_url}/?lang=nl")

    assert '<html lang="nl">' in page.text
    assert "<faq-bot" in page.text
    assert bot.settings.door.local_url in bot.output.read_text(encoding="utf-8")


def is_alive(bot: RunningBot) -> bool:
    try:
        return httpx.get(f"{bot.settings.door.local_url}/health", timeout=2).status_code == 200
    except httpx.HTTPError:
        return False
