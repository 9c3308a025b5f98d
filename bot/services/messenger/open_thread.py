"""One person's thread while what happened in it is stored: what is known, what changes, what comes of it.

Lives within one transaction, which holds the contact.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.foundation.languages import DEFAULT_LANGUAGE, language_or_none
from bot.foundation.messenger_settings import MessengerPage
from bot.services.conversations import queue
from bot.services.conversations.records import Claim, Event, Waiting
from bot.services.messenger.happenings import Thread
from bot.services.messenger.silence import Silence
from bot.store import contact_rows, messenger_rows
from bot.store.contact_rows import ContactRow
from bot.store.database import Connection
from bot.store.messenger_rows import MessengerPersonRow

#: One text of ours by its key, in a language.
Say = Callable[[str, str], str]


@dataclass
class OpenThread:
    """`told` are new events, `wants_bot` says that a message waits, `is_changed` that an older one was changed.

    `voted_down` are answers that the person did not like, `forgotten` conversations whose words the engine must
    not keep. `seen_by_person` is the last event that they have read, while a counsellor has the conversation;
    `wants_erasing` that they want nothing of them to be kept; `needs_no_bot` are messages, with their choice, that
    can be answered while the bot is away.
    """

    connection: Connection
    page: MessengerPage
    person: MessengerPersonRow
    contact: ContactRow
    is_new: bool
    now: datetime
    say: Say
    told: list[Event] = field(default_factory=list)
    wants_bot: bool = False
    is_changed: bool = False
    voted_down: list[str] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    wants_erasing: bool = False
    needs_no_bot: list[tuple[str, str | None]] = field(default_factory=list)
    seen_by_person: int | None = None
    _changes: dict[str, Any] = field(default_factory=dict)

    @property
    def silence(self) -> Silence:
        """The rules of silence at this page."""
        return Silence(self.page.minutes_of_silence)

    @property
    def hint(self) -> str | None:
        """What is known of the language before the person has written or chosen: the profile's, then the page's."""
        return language_or_none(self.person.locale) or self.page.language

    @property
    def language(self) -> str:
        """The language to say something in."""
        return self.contact.language or self.hint or DEFAULT_LANGUAGE

    def moment(self, thread: Thread) -> datetime:
        """When it happened, by Meta's clock where it was said."""
        return thread.at or self.now

    def change(self, **values: Any) -> None:
        """Change columns of the person; written once, by `close`."""
        self.person = replace(self.person, **values)
        self._changes.update(values)

    def tell(self, event: Event) -> None:
        """A new event of the contact."""
        self.told.append(event)
        self.contact = replace(self.contact, last_event=max(self.contact.last_event, event.seq))

    def reread(self) -> None:
        """The contact was changed by a service that was called."""
        self.contact = contact_rows.find(self.connection, self.contact.id) or self.contact

    def close(self, claim: Claim | None) -> Waiting | None:
        """Write what changed; the message that the claiming worker may work off at once."""
        if self._changes:
            messenger_rows.change(self.connection, self.contact.id, **self._changes)
        if not self.wants_bot or claim is None or not self.contact.is_free_for(claim.worker, self.now):
            return None
        waiting = queue.next_of(self.connection, self.contact)
        if waiting:
            contact_rows.change(self.connection, self.contact.id, worker=claim.worker, lease_until=claim.until)
        return waiting
