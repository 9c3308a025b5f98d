"""What the routes of the desk share: the services behind, and who is signed in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from bot.desk.admin_parts import AdminParts
from bot.desk.letter_parts import LetterParts
from bot.desk.tool_parts import ToolParts
from bot.services.callback.callbacks import Callbacks
from bot.services.content.model import Content
from bot.services.handoff.handoffs import Handoffs
from bot.services.handoff.presence import Presence
from bot.services.handoff.signs import Signs
from bot.services.staff.accounts import Accounts
from bot.services.staff.sessions import Sessions
from bot.services.talks.talks import Talks

T = TypeVar("T")

#: Whoever shows the inbox listens to this name, as a visitor's stream listens to a contact.
EVERYBODY = "desk"


class Words(Protocol):
    """Texts by their key; the public door has one."""

    @property
    def content(self) -> Content:
        """Titles of topics and themes."""

    def say(self, key: str, language: str, **names: str) -> str:
        """One text. Raises KeyError."""


class Listener(Protocol):
    """Somebody who is told at once that something is new; `should_look` when it is in the database."""

    woken: asyncio.Event
    should_look: bool

    def take(self) -> list[Any]:
        """Forget what was told; among it, something of kind `closing` when the server stops."""


class Streams(Protocol):
    """Wakes whoever listens, here and at other gateways."""

    def listen(self, contact_id: str) -> Any:
        """A new Listener; hand it back with `leave`."""

    def leave(self, listener: Any) -> None:
        """Listen no more."""

    def wake(self, contact_id: str) -> None:
        """Something is new in the database."""

    def tell_passing(self, contact_id: str, kind: str, data: dict[str, Any]) -> None:
        """Tell the person's stream what is not kept, or what it need not look for."""


@dataclass(frozen=True)
class Desk:
    """Put together in `bot.app`. `html_of` makes safe HTML of Markdown; `shared_styles` go before our own; `untold`
    counts the notices to staff that each way, `email` or `slack`, has failed to tell so far."""

    accounts: Accounts
    sessions: Sessions
    handoffs: Handoffs
    presence: Presence
    signs: Signs
    callbacks: Callbacks
    letters: LetterParts
    talks: Talks
    admin: AdminParts
    tools: ToolParts
    words: Words
    streams: Streams
    html_of: Callable[[str], str]
    shared_styles: bytes
    untold: Callable[[], Mapping[str, int]]

    async def call(self, function: Callable[..., T], *arguments: Any) -> T:
        """Run a service in a thread."""
        return await asyncio.to_thread(function, *arguments)

    def tell(self, contact_id: str | None = None) -> None:
        """Something changed: the person's widget and every counsellor's page look at once."""
        if contact_id:
            self.streams.wake(contact_id)
        self.streams.wake(EVERYBODY)
