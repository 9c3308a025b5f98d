"""What time does to the hand-off: nobody came, a counsellor is gone, a callback is near or past its deadline, a
half-filled form is forgotten. Called every few seconds by the gateway; several may do it at once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.foundation.languages import DEFAULT_LANGUAGE
from bot.foundation.reply import Reply
from bot.services.callback.due import REMINDERS, due_of
from bot.services.conversations import answers
from bot.services.handoff import passing_on
from bot.services.handoff.absence import Absence
from bot.services.handoff.asked import counsellors_there
from bot.services.handoff.changes import change_state
from bot.services.handoff.form_turns import LAPSE
from bot.services.handoff.handoffs import Handoffs
from bot.services.handoff.offers import Offers
from bot.services.handoff.records import Changed
from bot.services.handoff.setting import AWAY_AFTER, Setting
from bot.services.handoff.states import CALLBACK_MISSED, CALLBACK_OPEN, EXPIRED, SYSTEM, WAITING, WITH_COUNSELLOR
from bot.services.notify import pending
from bot.store import callback_rows, contact_rows, handoff_rows, presence_rows
from bot.store.contact_rows import FORM
from bot.store.database import Connection, Database
from bot.store.handoff_rows import HandoffRow
from bot.store.message_rows import SYSTEM as SYSTEM_ROLE
from bot.store.presence_rows import PresenceRow


class Upkeep:
    """One per process. Every single change is a transaction of its own, so one that fails stops no other."""

    def __init__(self, database: Database, setting: Setting, handoffs: Handoffs) -> None:
        self._database, self._setting, self._handoffs = database, setting, handoffs
        self._absence = Absence(database, setting)

    def run(self) -> list[Changed]:
        """Do all that is due; what people were told. Raises DatabaseError; the next run does the rest."""
        self._absence.idle_counsellors()
        changed = [*self.gone_counsellors(), *self._absence.gone_people(), *self.expire_due()]
        self.callbacks_due()
        self.forget_forms()
        return changed

    def expire_due(self) -> list[Changed]:
        """Whoever has waited too long, or for whom nobody is there any more, is told so and offered a callback."""
        now = self._setting.now()
        with self._database.reading() as connection:
            rows = handoff_rows.waiting(connection)
            kept = {row.id for row in rows if passing_on.kept(connection, row, now)}
            spoken = {language for one in counsellors_there(connection, now) for language in one.languages}
        due = [row for row in rows if _is_over(row, now) or (row.language not in spoken and row.id not in kept)]
        return self._each(due, WAITING, self._expire)

    def gone_counsellors(self) -> list[Changed]:
        """Counsellors without a sign of life are away, and whom they had goes back into the queue."""
        now = self._setting.now()
        with self._database.reading() as connection:
            silent = presence_rows.silent_since(connection, now - AWAY_AFTER)
            seen = {one.staff for one in presence_rows.present_since(connection, now - AWAY_AFTER)}
            held = [row for row in handoff_rows.held(connection) if self._is_alone(connection, row, seen, now)]
        for one in silent:
            with self._database.writing() as connection:
                as_it_is = presence_rows.find(connection, one.staff)
                if as_it_is and as_it_is.seen_at == one.seen_at:
                    presence_rows.put(connection, PresenceRow(**{**one.__dict__, "is_present": False}))
        return self._each(held, WITH_COUNSELLOR, self._queue_again)

    def callbacks_due(self) -> None:
        """Remind staff as a deadline or an appointment nears, and mark what is past it."""
        now = self._setting.now()
        with self._database.reading() as connection:
            found = callback_rows.in_states(connection, (CALLBACK_OPEN,))
        for callback, handoff in found:
            left = due_of(callback) - now
            if left <= timedelta(0):
                self._each([handoff], CALLBACK_OPEN, self._miss)
            elif callback.reminders < len(REMINDERS) and left <= REMINDERS[callback.reminders]:
                with self._database.writing() as connection:
                    if callback_rows.reminded(connection, handoff.id, callback.reminders):
                        args = (handoff.id, handoff.language, now, callback.reference)
                        pending.tell_staff(connection, pending.REMINDER, *args)

    def forget_forms(self) -> None:
        """Half-filled forms that nobody has touched for long hold personal data and nothing more."""
        moment = self._setting.now() - LAPSE
        with self._database.reading() as connection:
            contacts = callback_rows.drafts_before(connection, moment)
        for contact_id in contacts:
            with self._database.writing() as connection:
                contact = contact_rows.lock(connection, contact_id)
                draft = callback_rows.draft_of(connection, contact_id)
                if contact is None or draft is None or draft.changed_at >= moment:
                    continue
                callback_rows.drop_draft(connection, contact_id)
                if contact.handoff == FORM:
                    contact_rows.change(connection, contact_id, handoff=None)

    def _each(
        self, rows: list[HandoffRow], state: str, change: Callable[[Connection, HandoffRow, datetime], Changed]
    ) -> list[Changed]:
        """Change each hand-off that is still in the state in which it was seen."""
        changed, now = [], self._setting.now()
        for row in rows:
            with self._database.writing() as connection:
                contact = contact_rows.lock(connection, row.contact_id)
                as_it_is = handoff_rows.find(connection, row.id) if contact else None
                if as_it_is and as_it_is.state == state and as_it_is.staff == row.staff:
                    changed.append(change(connection, as_it_is, now))
        return changed

    def _expire(self, connection: Connection, row: HandoffRow, now: datetime) -> Changed:
        change_state(connection, row, EXPIRED, now, SYSTEM, ended_at=now, expires_at=None)
        contact_rows.change(connection, row.contact_id, handoff=None)
        contact = contact_rows.find(connection, row.contact_id)
        language = (contact.language if contact else None) or DEFAULT_LANGUAGE
        reply = Reply(language, Offers(self._setting.speaker, language).expired()).as_dict()
        return Changed(row.contact_id, (answers.say(connection, row.contact_id, reply, SYSTEM_ROLE, now),))

    def _queue_again(self, connection: Connection, row: HandoffRow, now: datetime) -> Changed:
        contact = contact_rows.find(connection, row.contact_id)
        assert contact is not None  # locked by the caller
        return self._handoffs.queue_again(connection, row, contact, SYSTEM, now)

    def _miss(self, connection: Connection, row: HandoffRow, now: datetime) -> Changed:
        change_state(connection, row, CALLBACK_MISSED, now, SYSTEM)
        found = callback_rows.of_handoff(connection, row.id)
        reference = found[0].reference if found else None
        pending.tell_staff(connection, pending.MISSED, row.id, row.language, now, reference)
        return Changed(row.contact_id, ())

    def _is_alone(self, connection: Connection, row: HandoffRow, seen: set[str], now: datetime) -> bool:
        """Whether the counsellor who has it gives no sign of life. Who has left the queue to others is there all
        the same, as long as there are signs."""
        if row.staff in seen:
            return False
        presence = presence_rows.find(connection, row.staff or "")
        last = max(moment for moment in (row.claimed_at, presence and presence.seen_at) if moment)
        return last < now - AWAY_AFTER


def _is_over(row: HandoffRow, now: datetime) -> bool:
    return row.expires_at is not None and row.expires_at <= now
