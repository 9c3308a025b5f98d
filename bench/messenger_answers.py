"""Whether everybody in Messenger got every answer once and in order: our database beside what the double was sent."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Outcome:
    """Messages that were asked, and of them those that were answered once, in order, and reached the person."""

    asked: int
    right: int


class Answers:
    """Reads the database of the bot whose state is in this folder (SQLite)."""

    def __init__(self, state: Path) -> None:
        self._database = state / "faqbot.sqlite"

    def waiting(self) -> int:
        """Messages that the bot has not worked off yet."""
        found: int = self._rows("SELECT count(*) FROM message WHERE state = 'waiting'")[0][0]
        return found

    def answered(self) -> dict[str, list[int]]:
        """Numbers of all events that each person is to be sent, by PSID."""
        found: dict[str, list[int]] = defaultdict(list)
        query = (
            "SELECT psid, event FROM message JOIN messenger_person USING (contact_id) "
            "WHERE role != 'visitor' ORDER BY event"
        )
        for psid, event in self._rows(query):
            found[psid].append(event)
        return dict(found)

    def outcome(self, asked: Mapping[str, Sequence[str]], sent: Mapping[str, Sequence[str]]) -> Outcome:
        """`asked` are message ids by PSID in their order; `sent` the metadata of what reached the person."""
        ids = {
            mid: (message, event)
            for mid, message, event in self._rows("SELECT client_id, id, event FROM message WHERE role = 'visitor'")
        }
        answers: dict[str, list[int]] = defaultdict(list)
        for message, event in self._rows(
            "SELECT in_reply_to, event FROM message WHERE role = 'bot' AND in_reply_to IS NOT NULL ORDER BY event"
        ):
            answers[message].append(event)
        right = 0
        for psid, mids in asked.items():
            arrived = Counter(metadata.partition(".")[0] for metadata in dict.fromkeys(sent.get(psid, ())))
            is_single = len(set(sent.get(psid, ()))) == len(sent.get(psid, ()))
            before = 0
            for mid in mids:
                events = answers.get(ids[mid][0], []) if mid in ids else []
                if is_single and len(events) == 1 and events[0] > before and arrived[str(events[0])]:
                    right += 1
                before = max([before, *events])
        return Outcome(sum(map(len, asked.values())), right)

    def _rows(self, query: str) -> list[Any]:
        with sqlite3.connect(f"file:{self._database}?mode=ro", uri=True, timeout=30) as connection:
            return connection.execute(query).fetchall()
