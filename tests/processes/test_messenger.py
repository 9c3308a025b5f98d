"""The whole journey of the web chat on Messenger, in three languages: gateway, Rasa, actions and Meta's double as
processes, a counsellor at the desk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from bot.foundation.languages import LANGUAGES
from tests.browser.test_activities import DIALOGUE
from tests.browser.test_desk import NOT_UNDERSTOOD
from tests.browser.test_journey import OTHER, QUESTION
from tests.gateway.running_gateway import wait_until
from tests.graph_double.running_double import RunningDouble
from tests.messenger_payloads import deletion_request
from tests.processes.messenger_talk import ANSWER_SECONDS, TEXTS, Running, Talk, contact_of, rows
from tests.processes.running_bot import RunningBot

UNCLEAR = {"fr": "travail", "nl": "diploma", "en": "certificate"}
NAMES = {"fr": "Ada Zorgvrij", "nl": "Bea Zorgvrij", "en": "Cleo Zorgvrij"}


@pytest.fixture(scope="module")
def running(releases: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("messenger")
    double, bot = RunningDouble(folder), RunningBot(folder, releases)
    bot.environment.update(double.gateway_settings())
    bot.environment["FAQBOT_MESSAGES_PER_ADDRESS"] = "10000"
    try:
        double.start()
        double.send_webhooks_to(f"{bot.settings.door.local_url}/messenger/webhook")
        bot.start()
        yield Running(bot, double)
    finally:
        bot.stop()
        double.stop()


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_journey_of_the_web_chat(running: Running, language: str) -> None:
    talk = Talk(running, language)

    greeting = talk.do("get_started", title="Get Started")
    assert "Astra" in greeting
    assert talk.payloads(), "the greeting offers where to begin"

    answer = talk.says(QUESTION[language])
    assert "**" not in answer
    assert "feedback:up" in talk.payloads()
    assert rows(running, "SELECT language FROM contact WHERE id = ?", contact_of(running, talk)) == [(language,)]
    assert talk.takes("feedback:up"), "a thumb is thanked for"
    wait_until(
        lambda: (
            rows(
                running,
                "SELECT rating FROM message WHERE contact_id = ? AND role = 'bot' AND rating IS NOT NULL",
                contact_of(running, talk),
            )
            == [("up",)]
        ),
        20,
    )

    talk.says(UNCLEAR[language])
    offered = [payload for payload in talk.payloads() if payload.startswith("topic:")]
    assert len(offered) >= 2, "several topics to choose from"
    assert talk.takes(offered[0])

    talk.says(DIALOGUE[language][0])
    cards = carousel(talk)
    assert 2 <= len(cards) <= 10
    assert all(one["buttons"] for one in cards)
    talk.says(DIALOGUE[language][3])

    other = OTHER[language]
    talk.says(QUESTION[other])
    assert rows(running, "SELECT language FROM contact WHERE id = ?", contact_of(running, talk)) == [(other,)]
    talk.says(QUESTION[language])

    states = [call["parameters"].get("sender_action") for call in running.double.calls()]
    assert {"mark_seen", "typing_on"} <= set(states)
    assert all(call["status"] == 200 for call in running.double.calls()), "Meta refused something"


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_counsellor_at_the_desk_takes_over_and_a_score_is_given(running: Running, language: str) -> None:
    zoe, talk = running.staff("zoe"), Talk(running, language)
    zoe.come()
    talk.says(QUESTION[language])
    for words in NOT_UNDERSTOOD[language]:
        talk.says(words)
    assert "human" in talk.payloads()

    talk.takes("human")
    (handoff,) = zoe.waiting()
    zoe.act(handoff, "claim")
    talk.person.wait_for(lambda said: "Zoe" in said[-1], ANSWER_SECONDS)
    zoe.act(handoff, "say", words="Bonjour & dag, hier Zoé")
    talk.person.wait_for(lambda said: said[-1] == "Bonjour & dag, hier Zoé", ANSWER_SECONDS)
    answers = len(talk.person.words())
    talk.person.say(QUESTION[language])
    wait_until(lambda: zoe.words_of(handoff).count(QUESTION[language]) >= 2, 20)
    assert len(talk.person.words()) == answers, "the bot is silent while a counsellor has the conversation"

    zoe.act(handoff, "close", outcome="answered")
    talk.person.wait_for(lambda said: len(said) > answers, ANSWER_SECONDS)
    talk.settles()
    if "score:5" not in talk.payloads():
        talk.says(QUESTION[language])
    talk.takes("score:5")
    assert rows(running, "SELECT score FROM handoff WHERE id = ?", handoff) == [(5,)]
    assert "feedback:up" in talk.payloads() or talk.says(QUESTION[language])
    zoe.form("/desk/", "/desk/presence", act="leave")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_callback_is_left_and_then_everything_erased(running: Running, language: str) -> None:
    talk = Talk(running, language)
    talk.says(QUESTION[language])
    talk.do("text", text=NOT_UNDERSTOOD[language][0])
    talk.do("text", text=NOT_UNDERSTOOD[language][1])
    talk.takes("human")
    assert "callback:start" in talk.payloads()

    talk.takes("callback:start")
    name = NAMES[language]
    talk.says(name)
    talk.takes("callback:way/telephone")
    talk.says("+32 470 12 34 56")
    talk.takes("callback:when/any")
    talk.says("Kan iemand mij helpen kiezen")
    talk.takes(f"callback:language/{language}")
    said = talk.takes("callback:send")
    reference = re.search(r"[0-9A-Z]{3}-[0-9A-Z]{3}", said)
    assert reference, said
    zoe = running.staff("zoe")
    listed = zoe.get("/desk/callbacks").text
    assert reference[0] in listed
    assert name in listed

    contact = contact_of(running, talk)
    asked = talk.says(TEXTS["messenger_erase_words"][language].split(",")[0])
    assert talk.word("messenger_erase") in asked
    assert talk.word("messenger_erased") in talk.takes("erase:yes")
    assert_erased(running, contact)
    assert name not in zoe.get("/desk/callbacks").text
    talk.says(QUESTION[language])
    assert contact_of(running, talk) != contact


@pytest.mark.timeout(300)
def test_meta_asks_for_somebody_to_be_erased(running: Running) -> None:
    talk = Talk(running, "nl")
    talk.says(QUESTION["nl"])
    contact, user = contact_of(running, talk), talk.person.seen()["app_scoped_id"]

    answer = httpx.post(
        f"{running.url}/messenger/data-deletion", data={"signed_request": deletion_request(user)}, timeout=60
    )

    assert answer.status_code == 200, answer.text
    assert_erased(running, contact)
    page = answer.json()["url"].replace(running.bot.settings.door.site_url, running.url)
    for language in LANGUAGES:
        said = httpx.get(page, params={"language": language}).text
        assert talk.word("messenger_deletion_done", language).split(".")[0] in said


def assert_erased(running: Running, contact: str) -> None:
    """Nothing of a contact stands in the database."""
    for table in (
        "contact",
        "conversation",
        "message",
        "outbox",
        "messenger_person",
        "messenger_piece",
        "messenger_unsent",
        "callback",
    ):
        key = "id" if table == "contact" else "contact_id"
        assert rows(running, f"SELECT count(*) FROM {table} WHERE {key} = ?", contact) == [(0,)], table


def carousel(talk: Talk) -> list[dict[str, Any]]:
    """The cards of the newest carousel."""
    for line in reversed(talk.person.lines("app")):
        payload = (line["body"].get("attachment") or {}).get("payload", {})
        if payload.get("template_type") == "generic":
            found: list[dict[str, Any]] = payload["elements"]
            return found
    raise AssertionError("no carousel was sent")
