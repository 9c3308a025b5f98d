"""The hand-off on an empty database, with the project's own words, an example schedule and a clock that tests set."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.foundation.settings import PROJECT_FOLDER
from bot.services.agenda.present.words import AgendaWords
from bot.services.callback.callbacks import Callbacks
from bot.services.callback.word_lists import WORDS_FILE, read_word_lists
from bot.services.conversations.records import Accepted, Told, Waiting
from bot.services.handoff.form_turns import ForBot
from bot.services.handoff.handoffs import Handoffs
from bot.services.handoff.person_turns import Checked, PersonTurns
from bot.services.handoff.presence import Presence
from bot.services.handoff.setting import Setting
from bot.services.handoff.upkeep import Upkeep
from bot.services.opening_hours.hours import Hours
from bot.services.releases.active import ActiveContent
from bot.store import callback_rows, contact_rows, staff_notice_rows
from bot.store.callback_rows import DraftRow
from bot.store.database import Database
from bot.store.handoff_rows import ChangeRow
from bot.store.migrate import migrate
from tests.databases import Door, empty_url

__all__ = ["empty_url"]

DATA = PROJECT_FOLDER / "data"
LISTS = read_word_lists(DATA / WORDS_FILE)
WORDS = AgendaWords(ActiveContent(Path("nowhere"), DATA))


def setting_for(door_clock: Any, hours: Hours | None = None) -> Setting:
    """The setting of the tests: 48 hours, ten minutes, and one topic that offers a person."""
    return Setting(
        speaker=WORDS,
        lists=lambda: LISTS,
        hours=lambda: hours,
        answer_hours=lambda: 48,
        offers_person=lambda topic: topic == "centre/one_to_one_counselling",
        wait=timedelta(minutes=10),
        now=door_clock,
    )


class HandoffDoor(Door):
    """The hand-off beside the conversations, with short words for what tests do often."""

    def __init__(self, url: str, trackers_url: str) -> None:
        super().__init__(url, trackers_url)
        self.use(None)

    def use(self, hours: Hours | None) -> None:
        """Go on with these opening hours."""
        setting = setting_for(self.clock, hours)
        self.turns = PersonTurns(self.database, setting)
        self.handoffs = Handoffs(self.database, setting)
        self.presence = Presence(self.database, setting)
        self.upkeep = Upkeep(self.database, setting, self.handoffs)
        self.callbacks = Callbacks(self.database, self.clock)

    def waiting_message(self, accepted: Accepted) -> Waiting:
        waiting = self.service.waiting(accepted.message_id)
        assert waiting is not None
        return waiting

    def sends(
        self,
        contact: str | None = None,
        text: str | None = None,
        choice: str | None = None,
        checked: Checked | None = None,
        language: str = "en",
    ) -> Told | ForBot:
        """A message of the visitor as the dispatcher hands it over."""
        accepted = self.says(contact, text, choice=choice, language=language)
        return self.turns.take(self.waiting_message(accepted), {}, checked=checked)

    def told(self, *args: Any, **fields: Any) -> str:
        """The words that come back; without words, nothing was said."""
        return words_of(self.sends(*args, **fields))

    def new_contact(self, language: str = "en") -> str:
        contact = self.says(None, "hello", language=language).contact_id
        self.answers(contact, language)
        return contact

    def mode(self, contact: str) -> str | None:
        with self.database.reading() as connection:
            row = contact_rows.find(connection, contact)
        assert row is not None
        return row.handoff

    def draft(self, contact: str) -> DraftRow | None:
        with self.database.reading() as connection:
            return callback_rows.draft_of(connection, contact)

    def history(self, handoff_id: str) -> list[ChangeRow]:
        return self.handoffs.history(handoff_id)

    def notices(self) -> list[str]:
        """Kinds of the notices to staff by e-mail, in their order."""
        with self.database.reading() as connection:
            rows = staff_notice_rows.due(connection, self.clock(), 1000)
        return [row.kind for row in sorted(rows, key=lambda row: row.id) if row.channel == "email"]


def words_of(told: Told | ForBot) -> str:
    """All words and buttons of what was told, a line each."""
    assert isinstance(told, Told), "it went to the bot"
    lines: list[str] = []
    for event in told.events:
        for part in (event.payload.get("reply") or {}).get("parts", []):
            if part["kind"] == "text":
                lines.append(part["markdown"])
            elif part["kind"] == "choices":
                lines.extend(f"({item['id']})" for item in part["items"])
    return "\n".join(lines)


@pytest.fixture
def desk(empty_url: str, tmp_path: Path) -> Iterator[HandoffDoor]:
    """On SQLite and on PostgreSQL."""
    migrate(empty_url)
    is_file = empty_url.startswith("sqlite")
    opened = HandoffDoor(empty_url, f"sqlite:///{tmp_path / 'trackers.sqlite'}" if is_file else empty_url)
    yield opened
    opened.close()


@pytest.fixture
def light(tmp_path: Path) -> Iterator[HandoffDoor]:
    """On SQLite alone, for what is the same on every database."""
    url = f"sqlite:///{tmp_path / 'faqbot.sqlite'}"
    migrate(url)
    opened = HandoffDoor(url, f"sqlite:///{tmp_path / 'trackers.sqlite'}")
    yield opened
    opened.close()


def open_database(url: str) -> Database:
    """Another connection to the same database."""
    return Database(url)


@pytest.fixture
def staffed(light: HandoffDoor) -> HandoffDoor:
    """Two counsellors are there: Jan speaks Dutch and English, Zoé French."""
    light.presence.come("jan", "Jan", ["nl", "en"])
    light.presence.come("zoe", "Zoé", ["fr"], ["employment"])
    return light
