"""Callbacks as staff see them: by what is due first, one by its reference, done or missed. Used by `faqbot callbacks`
and the desk.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.foundation import clock
from bot.services.callback.addresses import shown_telephone
from bot.services.callback.due import due_of
from bot.services.callback.form import TELEPHONE
from bot.services.handoff.changes import change_state
from bot.services.handoff.states import CALLBACK_DONE, CALLBACK_MISSED, CALLBACK_OPEN
from bot.services.privacy.mask import EMAIL, PHONE, mask
from bot.store import callback_act_rows, callback_rows, contact_rows, handoff_rows
from bot.store.callback_act_rows import ActRow
from bot.store.callback_rows import CallbackRow
from bot.store.database import Connection, Database
from bot.store.handoff_rows import ChangeRow, HandoffRow

#: What still has to be done, also when it is late.
TO_DO: tuple[str, ...] = (CALLBACK_OPEN, CALLBACK_MISSED)
ALL: tuple[str, ...] = (CALLBACK_OPEN, CALLBACK_MISSED, CALLBACK_DONE)


class UnknownReference(LookupError):
    """No callback has this reference; perhaps the person has erased it."""


@dataclass(frozen=True)
class Callback:
    """One callback. `address` as people read it; `suits` is the id of a moment or the person's own words.

    `acts` are what staff did besides changes of the state: appointments, words to the person.
    """

    reference: str
    state: str
    reason: str
    theme: str | None
    language: str
    name: str
    way: str
    address: str
    suits: str
    question: str
    asked_at: datetime
    deadline: datetime
    outcome: str | None
    appointed_at: datetime | None = None
    heard_at: datetime | None = None
    changes: tuple[ChangeRow, ...] = ()
    acts: tuple[ActRow, ...] = ()

    @property
    def due(self) -> datetime:
        """The deadline, or the appointed moment once the person has heard from us."""
        return due_of(self)

    def is_late(self, now: datetime) -> bool:
        """Whether the promise is broken."""
        return self.state in TO_DO and self.due <= now

    def masked(self) -> Callback:
        """For lists that stay on a screen: without what leads to the person."""
        address = PHONE if self.way == TELEPHONE else EMAIL
        shown = {"name": f"{self.name[:1]}…", "address": address, "question": mask(self.question)}
        return Callback(**{**self.__dict__, **shown, "suits": mask(self.suits), "acts": ()})

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready form."""
        return {
            **self.__dict__,
            "asked_at": self.asked_at.isoformat(),
            "deadline": self.deadline.isoformat(),
            "appointed_at": self.appointed_at.isoformat() if self.appointed_at else None,
            "heard_at": self.heard_at.isoformat() if self.heard_at else None,
            "due": self.due.isoformat(),
            "acts": [{**act.__dict__, "at": act.at.isoformat()} for act in self.acts],
            "changes": [{**change.__dict__, "at": change.at.isoformat()} for change in self.changes],
        }


class Callbacks:
    """One per process. `by` is the member of staff; every change is recorded with it."""

    def __init__(self, database: Database, now: Callable[[], datetime] = clock.now) -> None:
        self._database, self._now = database, now

    def list(self, states: tuple[str, ...] = TO_DO) -> list[Callback]:
        """Those in these states, what is due first at the top."""
        with self._database.reading() as connection:
            found = [_callback(*pair) for pair in callback_rows.in_states(connection, states)]
        return sorted(found, key=lambda one: (one.due, one.reference))

    def show(self, reference: str) -> Callback:
        """One, with its history. Raises UnknownReference."""
        with self._database.reading() as connection:
            row, handoff = find_callback(connection, reference)
            acts = callback_act_rows.of_handoff(connection, handoff.id)
            return _callback(row, handoff, tuple(handoff_rows.history(connection, handoff.id)), tuple(acts))

    def done(self, reference: str, by: str, outcome: str) -> Callback:
        """The person was reached. Raises UnknownReference, NotPossible."""
        return self._end(reference, CALLBACK_DONE, by, outcome)

    def missed(self, reference: str, by: str, why: str) -> Callback:
        """The promise cannot be kept; it can still be done later. Raises UnknownReference, NotPossible."""
        return self._end(reference, CALLBACK_MISSED, by, why)

    def _end(self, reference: str, state: str, by: str, note: str) -> Callback:
        now = self._now()
        with self._database.writing() as connection:
            _, seen = find_callback(connection, reference)
            contact_rows.lock(connection, seen.contact_id)
            row, handoff = find_callback(connection, reference)
            values = {"outcome": note[:32], "ended_at": now} if state == CALLBACK_DONE else {}
            change_state(connection, handoff, state, now, by[:64], note[:128], **values)
        return self.show(row.reference)


def find_callback(connection: Connection, reference: str) -> tuple[CallbackRow, HandoffRow]:
    """One callback as it is stored, however the reference is written. Raises UnknownReference."""
    signs = reference.strip().upper().replace("-", "").replace(" ", "")
    found = callback_rows.by_reference(connection, f"{signs[:3]}-{signs[3:]}")
    if found is None:
        raise UnknownReference(f"no callback has the reference {reference.strip()[:20]!r}")
    return found


def _callback(
    row: CallbackRow, handoff: HandoffRow, changes: tuple[ChangeRow, ...] = (), acts: tuple[ActRow, ...] = ()
) -> Callback:
    return Callback(
        reference=row.reference,
        state=handoff.state,
        reason=handoff.reason,
        theme=handoff.theme,
        language=row.language,
        name=row.name,
        way=row.way,
        address=shown_telephone(row.address) if row.way == TELEPHONE else row.address,
        suits=row.suits,
        question=row.question,
        asked_at=row.consented_at,
        deadline=row.deadline,
        outcome=handoff.outcome,
        appointed_at=row.appointed_at,
        heard_at=row.heard_at,
        changes=changes,
        acts=acts,
    )
