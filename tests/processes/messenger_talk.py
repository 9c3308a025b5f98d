"""People who write by Messenger to the whole bot in processes, one step after the other."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from bot.foundation.settings import PROJECT_FOLDER
from bot.services.content.draft import read_draft
from tests.desk.counsellor import StaffMember, account
from tests.gateway.running_gateway import wait_until
from tests.graph_double.running_double import Messenger, RunningDouble, buttons_of
from tests.processes.running_bot import RunningBot

LOCALES = {"fr": "fr_FR", "nl": "nl_BE", "en": "en_GB"}
ANSWER_SECONDS = 60
TEXTS = read_draft(PROJECT_FOLDER / "data").texts


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
        self.person.wait_for_answers(self._heard + 1, ANSWER_SECONDS)
        self.settles()
        said = self.person.words()
        words, self._heard = "\n".join(said[self._heard :]), len(said)
        return words

    def settles(self) -> None:
        """Wait until everything has come."""
        wait_until(self._has_all, ANSWER_SECONDS)

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
        return TEXTS[key][language or self.language]


def contact_of(running: Running, talk: Talk) -> str:
    """The contact behind a person."""
    ((contact,),) = rows(running, "SELECT contact_id FROM messenger_person WHERE psid = ?", talk.person.psid)
    return str(contact)


def rows(running: Running, query: str, *values: object) -> list[tuple[Any, ...]]:
    """What stands in the database."""
    path = running.bot.settings.data_folder / "faqbot.sqlite"
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30) as connection:
        return connection.execute(query, values).fetchall()
