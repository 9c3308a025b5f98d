"""Where the dispatcher meets the hand-off: what is between a person and the staff never becomes a turn of the bot,
unless the bot should read it first. A message that concerns nobody costs nothing here.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from bot.foundation.clock import now
from bot.foundation.logging import log_event
from bot.foundation.names import REQUEST_HUMAN
from bot.services.conversations.records import Told, Waiting
from bot.services.handoff.form_turns import ForBot
from bot.services.handoff.person_turns import Checked, PersonTurns, is_danger
from bot.understanding.result import ANSWER

_NO_FORM = ForBot()
_DANGER_NOTE = "maybe_danger"


class HandoffSeam:
    """One per process; calls the service in threads."""

    def __init__(self, turns: PersonTurns) -> None:
        self._turns = turns

    def knows(self, choice: str) -> bool:
        """Whether a button is answered here, also while Rasa is down."""
        return self._turns.knows(choice)

    async def take(self, waiting: Waiting, worker: str | None, checked: Checked | None = None) -> Told | ForBot:
        """Answer what is not for the bot; else say what it may read. Raises DatabaseError."""
        if not self._turns.concerns(waiting):
            return _NO_FORM
        total = round(1000 * (now() - waiting.accepted_at).total_seconds(), 1)
        milliseconds = {"waiting": total, "brain": 0.0, "total": total}
        found = await asyncio.to_thread(self._turns.take, waiting, milliseconds, worker, checked)
        if isinstance(found, Told) and found.events:
            log_event("message_answered", decision="handoff", milliseconds=total)
        return found

    async def after_bot(
        self,
        waiting: Waiting,
        for_bot: ForBot,
        answered: tuple[dict[str, Any], dict[str, Any]],
        milliseconds: dict[str, float],
        worker: str | None,
    ) -> Told | None:
        """What becomes of the bot's reply and report; None when the reply stands as it is."""
        reply, report = answered
        if for_bot.is_check and not is_danger(report):
            note = _DANGER_NOTE if _DANGER_NOTE in (report.get("notes") or ()) else None
            return await self._go_on(waiting, worker, Checked(note))
        if for_bot.is_form:
            return await asyncio.to_thread(self._turns.after_bot, waiting, reply, report, milliseconds, worker)
        if report.get("intent") == REQUEST_HUMAN and report.get("decision") == ANSWER:
            return await asyncio.to_thread(self._turns.ask_in_words, waiting, report, milliseconds, worker)
        return None

    async def without_bot(self, waiting: Waiting, for_bot: ForBot, worker: str | None) -> Told:
        """The bot cannot read it now, and the form goes on without."""
        told = await self._go_on(waiting, worker, Checked()) if for_bot.is_check else None
        if told is None:
            return await asyncio.to_thread(self._turns.without_bot, waiting, worker)
        return told

    async def _go_on(self, waiting: Waiting, worker: str | None, checked: Checked) -> Told | None:
        """The form takes its answer; None when the form was forgotten meanwhile."""
        found = await self.take(waiting, worker, checked)
        return found if isinstance(found, Told) else None


def for_bot_to_read(waiting: Waiting, for_bot: ForBot) -> Waiting:
    """The message as the bot may read it: masked where it was written into a form."""
    return replace(waiting, text=for_bot.text) if for_bot.text is not None else waiting
