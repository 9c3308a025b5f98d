"""Keeps Meta's calls as they came, and works them off in their order.

To store a call costs a fraction of what it tells to be done, so Meta can be answered at once, however many come.
Every method is called in a thread and raises DatabaseError; then nothing was done, and the same call again is safe.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.foundation import clock
from bot.foundation.choices import ERASE_NOW
from bot.foundation.logging import log_problem
from bot.services.messenger.happenings import Happenings, Said, together
from bot.services.messenger.intake import MessengerIntake, TakenIn
from bot.store import messenger_call_rows
from bot.store.database import Database, DatabaseError
from bot.store.messenger_call_rows import CallRow

#: A call that breaks us so often is set aside, so that the next ones go on.
ATTEMPTS = 3

#: What a call, received at a moment, told; never raises for what Meta sends.
Read = Callable[[bytes, datetime], Happenings]


@dataclass
class WorkedOff:
    """`count` calls are worked off, with what came of each transaction. `held` are calls that stay until the erasing
    that they ask for is done; then they are to be removed."""

    count: int = 0
    taken: list[TakenIn] = field(default_factory=list)
    held: list[int] = field(default_factory=list)


class Calls:
    """One per process; several processes on one database share the work."""

    def __init__(
        self, database: Database, intake: MessengerIntake, read: Read, now: Callable[[], datetime] = clock.now
    ) -> None:
        self._database, self._intake, self._read, self._now = database, intake, read, now

    def keep(self, bodies: Sequence[bytes]) -> None:
        """Store calls in this order, all or none."""
        with self._database.writing(urgent=True) as connection:
            messenger_call_rows.add(connection, bodies, self._now())

    def waiting(self) -> int:
        """How many are not worked off yet."""
        with self._database.reading() as connection:
            return messenger_call_rows.count(connection)

    def work_off(self, most: int, worker: str, lease_seconds: float) -> WorkedOff:
        """Take in what the oldest calls told, together; one that breaks us spoils no other."""
        with self._database.reading() as connection:
            rows = messenger_call_rows.oldest(connection, most)
        if not rows:
            return WorkedOff()
        done = WorkedOff(len(rows))
        try:
            self._take(rows, worker, lease_seconds, done)
        except DatabaseError:
            raise
        except Exception:
            for row in rows:
                self._take_alone(row, worker, lease_seconds, done)
        return done

    def _take_alone(self, row: CallRow, worker: str, lease_seconds: float, done: WorkedOff) -> None:
        try:
            self._take([row], worker, lease_seconds, done)
        except DatabaseError:
            raise
        except Exception as error:
            is_last = row.attempts + 1 >= ATTEMPTS
            # Which kind of fault, and nothing of what somebody wrote.
            log_problem("messenger_call_failed", cause=type(error).__name__, is_set_aside=is_last)
            with self._database.writing() as connection:
                if is_last:
                    messenger_call_rows.take(connection, [row.id])
                else:
                    messenger_call_rows.failed(connection, row.id)

    def remove(self, call_ids: Sequence[int]) -> None:
        """What these calls asked for is done."""
        with self._database.writing() as connection:
            messenger_call_rows.take(connection, call_ids)

    def _take(self, rows: list[CallRow], worker: str, lease_seconds: float, done: WorkedOff) -> None:
        told: dict[int, Happenings] = {}
        erasing: list[int] = []
        for row in rows:
            told[row.id] = self._read(row.body, row.received_at)
            if any(isinstance(one, Said) and one.choice == ERASE_NOW for one in told[row.id].of_people):
                # What comes behind is not to be erased with it.
                erasing = [row.id]
                break
        with self._database.writing() as connection:
            kept = messenger_call_rows.take(connection, [one for one in told if one not in erasing])
            happenings = together(told[one] for one in told if one in kept or one in erasing)
            taken = self._intake.take_in(connection, happenings, worker, lease_seconds)
        self._intake.forget(taken)
        done.taken.append(taken)
        done.held += erasing
