"""Takes what is between a person and the staff, before the bot sees it: asking for somebody, the queue, the
callback form, the score. Called by the gateway's dispatcher through `asyncio.to_thread`.

Each call is one transaction. A message that was taken to its end before changes nothing and says nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from bot.foundation.choices import HUMAN, read_choice
from bot.foundation.languages import DEFAULT_LANGUAGE
from bot.foundation.names import CRISIS
from bot.foundation.reply import Part, Reply, Text
from bot.services.callback.asking import Asking
from bot.services.conversations import answers
from bot.services.conversations.records import Told, Waiting
from bot.services.handoff.asked import ask_for_person, wait_no_longer
from bot.services.handoff.form_turns import ForBot, FormTurn
from bot.services.handoff.offers import Offers
from bot.services.handoff.setting import Setting
from bot.services.handoff.states import CLOSED
from bot.store import contact_rows, handoff_rows, message_rows
from bot.store.contact_rows import FORM, SCORING, ContactRow
from bot.store.database import Connection, Database
from bot.understanding.result import ANSWER, CLARIFY

#: The decision in the turn report of what is answered here.
OWN = "own"

_KINDS = frozenset({"handoff", "callback", "score"})
_SCORE = re.compile(r"\s*([1-5])\s*")


@dataclass(frozen=True)
class Checked:
    """What the bot said about danger in an answer to the form: none, or a note that goes before the next step."""

    note: str | None = None


class PersonTurns:
    """One per process."""

    def __init__(self, database: Database, setting: Setting) -> None:
        self._database, self._setting = database, setting

    @staticmethod
    def knows(choice: str) -> bool:
        """Whether a button is answered here, also while Rasa is down."""
        return choice == HUMAN or read_choice(choice).kind in _KINDS

    def concerns(self, waiting: Waiting) -> bool:
        """Whether `take` should see the message before the bot. Asks nothing."""
        return waiting.handoff in (FORM, SCORING) or bool(waiting.choice and self.knows(waiting.choice))

    def take(
        self,
        waiting: Waiting,
        milliseconds: dict[str, Any],
        worker: str | None = None,
        checked: Checked | None = None,
    ) -> Told | ForBot:
        """Answer the message, or say what the bot should read first. Raises DatabaseError; then a retry is safe."""
        with self._database.writing() as connection:
            contact = _held_for(connection, waiting)
            if contact is None:
                return answers.answer_apart(connection, waiting, None, self._setting.now(), worker)
            if waiting.choice == HUMAN or (waiting.choice and waiting.choice.startswith("handoff:")):
                return self._asked(connection, contact, waiting, milliseconds, worker)
            found = self._apart(connection, contact, waiting, checked)
            if isinstance(found, ForBot):
                return found
            return answers.answer_apart(connection, waiting, self._reply(waiting, found), self._setting.now(), worker)

    def ask_in_words(
        self, waiting: Waiting, report: dict[str, Any], milliseconds: dict[str, Any], worker: str | None = None
    ) -> Told:
        """The bot has understood that the person wants somebody: offer what can be kept."""
        with self._database.writing() as connection:
            contact = _held_for(connection, waiting)
            if contact is None:
                return answers.answer_apart(connection, waiting, None, self._setting.now(), worker)
            language = report.get("language") or _language_of(waiting)
            parts = ask_for_person(connection, self._setting, contact, waiting.conversation_id, language)
            return self._answer(connection, waiting, language, parts, report, milliseconds, worker)

    def after_bot(
        self,
        waiting: Waiting,
        reply: dict[str, Any],
        report: dict[str, Any],
        milliseconds: dict[str, Any],
        worker: str | None = None,
    ) -> Told:
        """Keep the bot's answer to something said while the form asks, and ask the step again below it.

        Where somebody is in danger the form waits, and nothing is asked.
        """
        with self._database.writing() as connection:
            contact = _held_for(connection, waiting)
            if contact is None:
                return answers.answer_apart(connection, waiting, None, self._setting.now(), worker)
            language = reply.get("language") or _language_of(waiting)
            if contact.handoff == FORM:
                below = self._below(connection, contact, waiting, language, report)
                reply = {**reply, "parts": _joined(reply["parts"], below, report)}
            return answers.answer(connection, waiting, reply, report, milliseconds, self._setting.now(), worker)

    def offer_after_thumb_down(self, contact_id: str, message_id: str) -> bool:
        """A person has voted an answer down: offer somebody, unless the answer does so itself, and once until they
        write again; whether it was said."""
        now = self._setting.now()
        with self._database.writing() as connection:
            contact = contact_rows.lock(connection, contact_id)
            answer = message_rows.find(connection, message_id)
            newest = message_rows.newest(connection, contact_id)
            if contact is None or contact.handoff is not None or answer is None or newest is None:
                return False
            if newest.role != message_rows.BOT or answer.contact_id != contact_id or _offers_person(answer.reply):
                return False
            language = contact.language or DEFAULT_LANGUAGE
            reply = Reply(language, Offers(self._setting.speaker, language).after_thumb_down()).as_dict()
            answers.say(connection, contact_id, reply, message_rows.SYSTEM, now)
            return True

    def without_bot(self, waiting: Waiting, worker: str | None = None) -> Told:
        """The bot is away: say so and ask the step again, so that the form goes on."""
        with self._database.writing() as connection:
            contact = _held_for(connection, waiting)
            if contact is None:
                return answers.answer_apart(connection, waiting, None, self._setting.now(), worker)
            language = _language_of(waiting)
            away = Text(self._setting.speaker.say("callback_bot_away", language))
            parts = (away, *FormTurn(connection, self._setting, contact, waiting, language).again())
            return answers.answer_apart(connection, waiting, self._reply(waiting, parts), self._setting.now(), worker)

    def _asked(
        self,
        connection: Connection,
        contact: ContactRow,
        waiting: Waiting,
        milliseconds: dict[str, Any],
        worker: str | None,
    ) -> Told:
        language, choice = _language_of(waiting), str(waiting.choice)
        parts: tuple[Part, ...] = ()
        if choice == "handoff:cancel":
            parts = wait_no_longer(connection, self._setting, contact, language)
        elif contact.handoff == FORM and choice == HUMAN:
            parts = FormTurn(connection, self._setting, contact, waiting, language).again()
        if not parts:
            _, _, wanted = choice.partition("handoff:wait/")
            conversation = waiting.conversation_id
            parts = ask_for_person(connection, self._setting, contact, conversation, language, wanted or None)
        report = {"language": language, "intent": choice, "decision": OWN}
        return self._answer(connection, waiting, language, parts, report, milliseconds, worker)

    def _apart(
        self, connection: Connection, contact: ContactRow, waiting: Waiting, checked: Checked | None
    ) -> tuple[Part, ...] | ForBot:
        if waiting.choice and waiting.choice.startswith("score:"):
            return self._score(connection, contact, waiting, int(waiting.choice[-1]))
        if contact.handoff == SCORING and not waiting.choice:
            typed = _SCORE.fullmatch(waiting.text or "")
            if typed:
                return self._score(connection, contact, waiting, int(typed[1]))
            contact_rows.change(connection, contact.id, handoff=None)
            return ForBot()
        if contact.handoff != FORM and not (waiting.choice and self.knows(waiting.choice)):
            return ForBot()
        note = checked.note if checked else None
        language, is_checked = _language_of(waiting), checked is not None
        return FormTurn(connection, self._setting, contact, waiting, language, is_checked, note).take()

    def _score(self, connection: Connection, contact: ContactRow, waiting: Waiting, value: int) -> tuple[Part, ...]:
        closed = handoff_rows.last_of(connection, contact.id, CLOSED)
        is_new = closed is not None and closed.score is None
        if closed and is_new:
            handoff_rows.score(connection, closed.id, value)
        if contact.handoff == SCORING:
            contact_rows.change(connection, contact.id, handoff=None)
        return Offers(self._setting.speaker, _language_of(waiting)).thanks(is_new)

    def _below(
        self, connection: Connection, contact: ContactRow, waiting: Waiting, language: str, report: dict[str, Any]
    ) -> list[dict[str, Any]]:
        if is_danger(report):
            contact_rows.change(connection, contact.id, handoff=None)
            parts = Asking(self._setting.speaker, language).on_hold()
        else:
            parts = FormTurn(connection, self._setting, contact, waiting, language).again()
        return [part.as_dict() for part in parts]

    def _answer(
        self,
        connection: Connection,
        waiting: Waiting,
        language: str,
        parts: tuple[Part, ...],
        report: dict[str, Any],
        milliseconds: dict[str, Any],
        worker: str | None,
    ) -> Told:
        reply = Reply(language, parts).as_dict()
        return answers.answer(connection, waiting, reply, report, milliseconds, self._setting.now(), worker)

    def _reply(self, waiting: Waiting, parts: tuple[Part, ...]) -> dict[str, Any]:
        return Reply(_language_of(waiting), parts).as_dict()


def is_danger(report: dict[str, Any]) -> bool:
    """Whether the bot has read in a message that somebody is in danger or despair."""
    return bool(report.get("intent") == CRISIS and report.get("decision") == ANSWER)


def _offers_person(reply: dict[str, Any] | None) -> bool:
    parts = (reply or {}).get("parts", [])
    return any(item["id"] == HUMAN for part in parts if part["kind"] == "choices" for item in part["items"])


def _held_for(connection: Connection, waiting: Waiting) -> ContactRow | None:
    """The contact, held, as long as the message waits; None when it was taken to its end, claimed by a counsellor
    or erased meanwhile: then nothing may change because of it."""
    contact = contact_rows.lock(connection, waiting.contact_id)
    row = message_rows.find(connection, waiting.message_id)
    return contact if row and row.state == message_rows.WAITING else None


def _language_of(waiting: Waiting) -> str:
    return waiting.language or DEFAULT_LANGUAGE


def _joined(said: list[dict[str, Any]], below: list[dict[str, Any]], report: dict[str, Any]) -> list[dict[str, Any]]:
    """The bot's words, then those of the form, then all buttons in one group, which is what doors can show.

    The bot's own buttons stay only where it asks back or somebody needs help; else the form's are enough.
    """
    keeps = report.get("decision") == CLARIFY or is_danger(report)
    words = [part for part in (*said, *below) if part["kind"] != "choices"]
    buttons = {
        item["id"]: item
        for part in (*(said if keeps else ()), *below)
        if part["kind"] == "choices"
        for item in part["items"]
    }
    return [*words, {"kind": "choices", "items": list(buttons.values())}] if buttons else words
