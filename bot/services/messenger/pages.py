"""Whether Meta takes messages for our pages, as every gateway and the operator should know."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from bot.foundation import clock
from bot.store import messenger_page_rows, messenger_sending_rows
from bot.store.database import Database
from bot.store.messenger_rows import OK
from bot.store.messenger_sending_rows import Backlog


@dataclass(frozen=True)
class PageStanding:
    """A page's state (`ok`, or what hinders), since when, and how many people wait for a next try."""

    page_id: str
    state: str
    since: datetime | None
    waiting: int


class MessengerPages:
    """One per process. Every call raises DatabaseError when the database fails."""

    def __init__(self, database: Database, now: Callable[[], datetime] = clock.now) -> None:
        self._database, self._now = database, now

    def mark(self, page_id: str, state: str) -> None:
        """Note what hinders sending for a page."""
        with self._database.writing() as connection:
            messenger_page_rows.mark_state(connection, page_id, state, self._now())

    def mark_working(self, page_id: str) -> None:
        """Something was sent for a page again: nobody has to wait any more."""
        with self._database.writing() as connection:
            messenger_page_rows.mark_state(connection, page_id, OK, self._now())
            messenger_sending_rows.let_go_on(connection, page_id)

    def working(self, page_ids: Collection[str]) -> list[str]:
        """Those of the pages that work, as far as any gateway knows."""
        with self._database.reading() as connection:
            rows = messenger_page_rows.all_pages(connection)
        return [row.page_id for row in rows if row.page_id in page_ids and row.state == OK]

    def standings(self, page_ids: Collection[str]) -> list[PageStanding]:
        """How each of these pages is."""
        with self._database.reading() as connection:
            rows = {row.page_id: row for row in messenger_page_rows.all_pages(connection)}
            backlogs: dict[str, Backlog] = {one.page_id: one for one in messenger_sending_rows.backlogs(connection)}
        return [
            PageStanding(
                page_id=page_id,
                state=rows[page_id].state if page_id in rows else OK,
                since=rows[page_id].state_at if page_id in rows else None,
                waiting=backlogs[page_id].people if page_id in backlogs else 0,
            )
            for page_id in page_ids
        ]
