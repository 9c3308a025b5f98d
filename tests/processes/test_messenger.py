"""The whole journey of the web chat on Messenger, in three languages: gateway, Rasa, actions and Meta's double as
processes, a counsellor at the desk."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from bot.foundation.languages import LANGUAGES
from bot.foundation.settings import PROJECT_FOLDER
from bot.services.content.draft import read_draft
from tests.browser.test_activities import DIALOGUE
from tests.browser.test_desk import NOT_UNDERSTOOD
from tests.browser.test_journey import OTHER, QUESTION
from tests.desk.counsellor import StaffMember, account
from tests.gateway.running_gateway import wait_until
from tests.graph_double.running_double import Messenger, RunningDouble, buttons_of
from tests.messenger_payloads import deletion_request
from tests.processes.running_bot import RunningBot

LOCALES = {"fr": "fr_FR", "nl": "nl_BE", "en": "en_GB"}
UNCLEAR = {"fr": "travail", "nl": "diploma", "en": "certificate"}
NAMES = {"fr": "Ada Zorgvrij", "nl": "Bea Zorgvrij", "en": "Cleo Zorgvrij"}
_ANSWER_SECONDS = 60
_TEXTS = read_draft(PROJECT_FOLDER / "data").texts


@dataclass(frozen=True)
class _Door:
    """What a member of staff needs of a gateway."""

    url: str


@dataclass(frozen=True)
class Running:
    """The bot and the double."""

    bot: RunningBot
    double: RunningDouble

    @property
    def url(self) -> str:
        return self.bot.settings.door.local_url

    def staff(self, name: str) -> StaffMember:
        """A counsellor who has signed in."""
        account(f"sqlite:///{self.bot.settings.data_folder / 'faqbot.sqlite'}", name)
        member = StaffMember(_Door(self.url))  # type: ignore[arg-type]
        assert member.sign_in(name).status_code == 303
        return member


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


class Talk:
    """One person in one language, who waits for what comes before going on."""

    def __init__(self, running: Running, language: str) -> None:
        self._running, self.language = running, language
        self.person: Messenger = running.double.person(locale=LOCALES[language], reads=True)
        self._heard = 0

    def do(self, what: str, **given: Any) -> str:
        """Do something, and wait for the next answer; its words."""
        self._heard = len(self.person.lines("app"))
        self.person.do(what, **given)
        return self.hears()

    def says(self, words: str) -> str:
        """Write, and wait for the answer."""
        return self.do("text", text=words)

    def takes(self, payload: str) -> str:
        """Tap what has this payload, and wait for the answer."""
        self._heard = len(self.person.lines("app"))
        self.person.tap_payload(payload)
        return self.hears()

    def hears(self) -> str:
        """What comes next: all pieces of it, with the buttons under the last."""
        self.person.wait_for_answers(self._heard + 1, _ANSWER_SECONDS)
        wait_until(self._has_all, _ANSWER_SECONDS)
        said = self.person.words()
        words, self._heard = "\n".join(said[self._heard :]), len(said)
        return words

    def _has_all(self) -> bool:
        """Whether nothing waits for the bot, and nothing on its way to the person."""
        query = (
            "SELECT delivered_seq, sending_seq, (SELECT max(event) FROM message WHERE role != 'visitor' AND "
            "contact_id = person.contact_id), (SELECT count(*) FROM message WHERE state = 'waiting' AND "
            "contact_id = person.contact_id), (SELECT count(*) FROM messenger_call) "
            "FROM messenger_person AS person WHERE psid = ?"
        )
        ((delivered, sending, newest, waiting, calls),) = rows(self._running, query, self.person.psid)
        return bool(sending is None and waiting + calls == 0 and delivered >= (newest or 0))

    def payloads(self) -> list[str]:
        """Payloads under the newest message and on the newest cards."""
        lines = [line["body"] for line in self.person.lines("app")]
        last = lines[-1]
        return [*self.person.offered().values(), *(one["payload"] for one in buttons_of(last) if "payload" in one)]

    def word(self, key: str, language: str | None = None) -> str:
        """A text of the bot, in this language where no other is named."""
        return _TEXTS[key][language or self.language]


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
    talk.person.wait_for(lambda said: "Zoe" in said[-1], _ANSWER_SECONDS)
    zoe.act(handoff, "say", words="Bonjour & dag, hier Zoé")
    talk.person.wait_for(lambda said: said[-1] == "Bonjour & dag, hier Zoé", _ANSWER_SECONDS)
    answers = len(talk.person.words())
    talk.person.say(QUESTION[language])
    wait_until(lambda: zoe.words_of(handoff).count(QUESTION[language]) >= 2, 20)
    assert len(talk.person.words()) == answers, "the bot is silent while a counsellor has the conversation"

    zoe.act(handoff, "close", outcome="answered")
    talk.person.wait_for(lambda said: len(said) > answers, _ANSWER_SECONDS)
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
    asked = talk.says(_TEXTS["messenger_erase_words"][language].split(",")[0])
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


def contact_of(running: Running, talk: Talk) -> str:
    """The contact behind a person."""
    ((contact,),) = rows(running, "SELECT contact_id FROM messenger_person WHERE psid = ?", talk.person.psid)
    return str(contact)


def rows(running: Running, query: str, *values: object) -> list[tuple[Any, ...]]:
    """What stands in the database."""
    path = running.bot.settings.data_folder / "faqbot.sqlite"
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30) as connection:
        return connection.execute(query, values).fetchall()
