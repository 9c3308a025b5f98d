"""A small agenda and somebody who talks about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.foundation.choices import read_choice
from bot.foundation.reply import Card, Cards, Choices, Link, Text
from bot.services.agenda.activity import Activity
from bot.services.agenda.agenda import Agenda
from bot.services.agenda.conversation import AgendaAnswer, AgendaTurn, answer
from bot.services.agenda.shown import Shown, shown_or_none
from bot.services.agenda.stored import row_of
from bot.store import activity_rows, agenda_rows
from bot.store.database import Database
from bot.store.migrate import migrate
from tests.services.agenda.builders import moment, store
from tests.services.agenda.present.sample_activity import WORDS

#: Monday 23 November 2026, ten in the morning.
NOW = moment("2026-11-23 10:00")


class Talk:
    """One person's turns; between two of them the list is kept as JSON, as in a slot."""

    def __init__(self, database: Database, language: str = "fr") -> None:
        self.database, self.agenda = database, Agenda(database)
        self.language, self.now = language, NOW
        self.kept: dict[str, object] | None = None
        self.last: AgendaAnswer | None = None

    def asks(self, text: str) -> str:
        """A request for a list (`list_activities`)."""
        return self._take(AgendaTurn(self.language, text=text))

    def adds(self, text: str) -> str:
        """A follow-up (`refine_activities`)."""
        return self._take(AgendaTurn(self.language, text=text, is_follow_up=True))

    def takes(self, choice: str) -> str:
        """A button."""
        return self._take(AgendaTurn(self.language, choice=read_choice(choice)))

    @property
    def cards(self) -> list[Card]:
        assert self.last
        return [card for part in self.last.parts if isinstance(part, Cards) for card in part.items]

    @property
    def titles(self) -> list[str]:
        return [card.title for card in self.cards]

    @property
    def ids(self) -> list[str]:
        """What was shown on all pages of the list."""
        return list(self.shown.ids)

    @property
    def choices(self) -> list[str]:
        assert self.last
        return [item.id for part in self.last.parts if isinstance(part, Choices) for item in part.items]

    @property
    def links(self) -> list[str]:
        assert self.last
        return [part.url for part in self.last.parts if isinstance(part, Link)]

    @property
    def shown(self) -> Shown:
        assert self.last
        return self.last.shown

    def _take(self, turn: AgendaTurn) -> str:
        turn = AgendaTurn(turn.language, turn.text, turn.choice, turn.is_follow_up, shown_or_none(self.kept))
        self.last = answer(turn, self.agenda, self.now, WORDS)
        self.kept = self.last.shown.as_dict()
        return "\n".join(part.markdown for part in self.last.parts if isinstance(part, Text))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An agenda without activities."""
    url = f"sqlite:///{tmp_path / 'agenda.sqlite'}"
    migrate(url)
    opened = Database(url)
    yield opened
    opened.close()


@pytest.fixture
def talk(database: Database) -> Talk:
    """Somebody who speaks French."""
    return Talk(database)


def change(database: Database, *activities: Activity) -> None:
    """What a sync does when the source has changed."""
    with database.writing() as connection:
        activity_rows.change(connection, [row_of(one) for one in activities])
        agenda_rows.raise_stamp(connection)


def remove(database: Database, *ids: str) -> None:
    """What a sync does when the source has dropped them."""
    with database.writing() as connection:
        activity_rows.remove(connection, list(ids))
        agenda_rows.raise_stamp(connection)


def put_source(database: Database, read_at: datetime, reason: str | None = None) -> None:
    """A source, last read whole at some moment, that fails since for this reason."""
    with database.writing() as connection:
        agenda_rows.write_source(
            connection,
            agenda_rows.SourceRow(
                *("centre", "ical", False, 1, NOW, read_at),
                failing_since=read_at if reason else None,
                reason=reason,
                read_from=None,
            ),
        )


__all__ = ["NOW", "Talk", "change", "moment", "put_source", "remove", "store"]
