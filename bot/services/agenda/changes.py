"""What is different between the agenda that is stored and a source as it was read now. Called by the sync.

An activity that is no longer in its source is cancelled when it has not begun, so that a person to whom it was shown
hears about it. One that has begun stays as it is: many sources list only what is to come. What ended before the
horizon is removed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.services.agenda.activity import CANCELLED, MOVED, PLANNED
from bot.services.agenda.sources.reading import Reading
from bot.services.agenda.stored import row_of
from bot.store.activity_rows import ActivityRow


@dataclass(frozen=True)
class Changes:
    """Rows to write; `cancelled` and `moved` are those of `changed` that a person would want to hear about.

    `kept` counts rows that are absent from the source and stay because an entry that was rejected may be theirs.
    """

    added: tuple[ActivityRow, ...] = ()
    changed: tuple[ActivityRow, ...] = ()
    cancelled: tuple[ActivityRow, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    kept: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def changes_of(stored: Iterable[ActivityRow], reading: Reading, first: datetime, now: datetime) -> Changes:
    """Compare the rows of one source with its reading; `first` is the beginning of the horizon."""
    before = {row.id: row for row in stored}
    added: list[ActivityRow] = []
    changed: list[ActivityRow] = []
    cancelled: list[ActivityRow] = []
    unchanged = 0
    for activity in reading.activities:
        fresh = row_of(activity)
        old = before.pop(fresh.id, None)
        if old is None:
            added.append(fresh)
            continue
        fresh = _carried_over(old, fresh, now)
        if fresh == old:
            unchanged += 1
            continue
        changed.append(fresh)
        if fresh.status == CANCELLED and old.status != CANCELLED:
            cancelled.append(fresh)
    is_spared = _spared(reading)
    removed: list[str] = []
    kept = 0
    for old in before.values():  # absent from the source
        if old.ends_at < first:
            removed.append(old.id)
        elif old.status == CANCELLED or old.starts_at <= now:
            unchanged += 1
        elif is_spared(old):
            kept += 1
        else:
            gone = replace(old, status=CANCELLED)
            changed.append(gone)
            cancelled.append(gone)
    return Changes(tuple(added), tuple(changed), tuple(cancelled), tuple(removed), unchanged, kept)


def _carried_over(old: ActivityRow, fresh: ActivityRow, now: datetime) -> ActivityRow:
    """The fresh row, as moved when its source only tells the new moment."""
    if fresh.status != PLANNED or fresh.moved_from is not None or old.status == CANCELLED:
        return fresh
    if fresh.starts_at != old.starts_at:
        planned = old.moved_from or old.starts_at
        if fresh.starts_at == planned or old.starts_at <= now:
            return fresh
        return replace(fresh, status=MOVED, moved_from=planned)
    if old.status == MOVED and old.moved_from is not None:
        return replace(fresh, status=MOVED, moved_from=old.moved_from)
    return fresh


def _spared(reading: Reading) -> Callable[[ActivityRow], bool]:
    """Tells of an absent row whether it may be one that the source holds and that was rejected."""
    read = {activity.uid for activity in reading.activities}
    uids = {one.uid for one in reading.rejected} - read
    return lambda row: None in uids or row.uid in uids
