"""Rasa's tracker store seam over `bot.store.tracker_rows`. Named in `endpoints.yml`.

The turn channel writes state and reply together and does not pass through here; Rasa's own doors
(`rasa shell`, its HTTP API) do.
"""

from __future__ import annotations

import asyncio
from typing import Any, Iterable, Optional

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.tracker_state import state_of, tracker_from_state
from bot.foundation.settings import read_settings
from bot.store.tracker_rows import TrackerRow, TrackerRows, tracker_database


class ConversationTrackerStore(TrackerStore):
    """One row per conversation: its slots and its last turns."""

    def __init__(
        self,
        domain: Optional[Domain] = None,
        host: Optional[str] = None,
        event_broker: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self.rows = TrackerRows(host or tracker_database(read_settings()))

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        """The conversation, or None when it is new. Raises TrackerRowsError when the database fails."""
        row = await asyncio.to_thread(self.rows.read, sender_id)
        return tracker_from_state(sender_id, row.state, self.domain) if row else None

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the last turns. Events go to the broker, if one is set, before."""
        await self.stream_events(tracker)
        row = TrackerRow(tracker.sender_id, state_of(tracker))
        await asyncio.to_thread(self.rows.write, row)

    async def keys(self) -> Iterable[str]:
        """The ids of all conversations."""
        return await asyncio.to_thread(self.rows.conversations)
