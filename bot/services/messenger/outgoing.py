"""Which events of a contact are for the person to be sent by Messenger. Pure; for the sender."""

from __future__ import annotations

from bot.services.conversations.events import MESSAGE
from bot.services.conversations.records import Event
from bot.store.message_rows import VISITOR


def is_to_be_sent(event: Event) -> bool:
    """Whether the person has not got it yet: a message, not their own, that did not come in by Messenger itself.

    What staff wrote in the page's inbox has Meta's id as `client_id`; nothing of ours has one.
    """
    payload = event.payload
    return event.kind == MESSAGE and payload.get("role") != VISITOR and not payload.get("client_id")
