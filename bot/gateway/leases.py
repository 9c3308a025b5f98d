"""The contacts that this gateway has in its hands, so that no two gateways answer one person. Used by the dispatcher.

Every method asks the database, and is called in a thread.
"""

from __future__ import annotations

from bot.services.conversations.conversations import Conversations
from bot.services.conversations.records import Waiting

#: Prolonged at every look: when a gateway dies, another takes its contacts over after so long at most.
LEASE_SECONDS = 10.0


class Leases:
    """`worker` names this gateway, the same after a restart."""

    def __init__(self, conversations: Conversations, worker: str) -> None:
        self._conversations, self.worker = conversations, worker

    def claim(self, contact_id: str) -> bool:
        """Whether the contact is ours from now on."""
        return self._conversations.claim(contact_id, self.worker, LEASE_SECONDS)

    def claim_next(self, contact_id: str) -> Waiting | None:
        """The contact's next message, unless another gateway has the contact. In one thread, to lose no time."""
        if not self.claim(contact_id):
            return None
        waiting = self._conversations.next_waiting(contact_id)
        if waiting:
            return waiting
        self.release(contact_id)
        # Another gateway may have stored a message and found the contact still taken.
        return self.claim_next(contact_id) if self._conversations.next_waiting(contact_id) else None

    def prolong(self, contact_ids: list[str]) -> None:
        """Keep them for as long again."""
        if contact_ids:
            self._conversations.prolong(contact_ids, self.worker, LEASE_SECONDS)

    def release(self, contact_id: str) -> None:
        """Leave the contact to whoever comes first."""
        self._conversations.release(contact_id, self.worker)
