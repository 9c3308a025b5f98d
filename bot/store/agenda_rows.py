"""Rows about the agenda itself: its change stamp, who may bring it up to date, and the state of each source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.store.database import Connection
from bot.store.tables import agenda, agenda_source


@dataclass(frozen=True)
class SourceRow:
    """One source. `good_at`: when it was last read whole; `failing_since` and `reason` while it is not."""

    name: str
    kind: str
    is_sample: bool
    activities: int
    tried_at: datetime
    good_at: datetime | None
    failing_since: datetime | None
    reason: str | None
    read_from: str | None


_columns = [agenda_source.c[name] for name in SourceRow.__dataclass_fields__]


def stamp(connection: Connection) -> int:
    """A number that rises whenever an activity is added, changed or removed."""
    return int(connection.execute(sa.select(agenda.c.stamp)).scalar_one())


def raise_stamp(connection: Connection) -> None:
    """Tell the readers that the activities are not what they were."""
    connection.execute(sa.update(agenda).values(stamp=agenda.c.stamp + 1))


def synced_at(connection: Connection) -> datetime | None:
    """When a sync last came to its end; None before the first."""
    moment: datetime | None = connection.execute(sa.select(agenda.c.synced_at)).scalar_one()
    return moment


def set_synced(connection: Connection, now: datetime) -> None:
    """A sync has come to its end."""
    connection.execute(sa.update(agenda).values(synced_at=now))


def take_lease(connection: Connection, worker: str, now: datetime, until: datetime) -> bool:
    """Whether this worker alone may bring the agenda up to date, until then or until it gives the lease back."""
    is_free = sa.or_(agenda.c.lease_until.is_(None), agenda.c.lease_until <= now, agenda.c.worker == worker)
    taken = connection.execute(sa.update(agenda).where(is_free).values(worker=worker, lease_until=until))
    return bool(taken.rowcount)


def give_back_lease(connection: Connection, worker: str) -> None:
    """The work is done."""
    connection.execute(sa.update(agenda).where(agenda.c.worker == worker).values(worker=None, lease_until=None))


def all_sources(connection: Connection) -> list[SourceRow]:
    """Every source that was tried, by name."""
    return [SourceRow(*row) for row in connection.execute(sa.select(*_columns).order_by(agenda_source.c.name))]


def write_source(connection: Connection, row: SourceRow) -> None:
    """Insert the source or write over it."""
    values = dict(row.__dict__)
    if not connection.execute(
        sa.update(agenda_source).where(agenda_source.c.name == row.name).values(values)
    ).rowcount:
        connection.execute(sa.insert(agenda_source).values(values))


def remove_source(connection: Connection, name: str) -> None:
    """Forget a source."""
    connection.execute(sa.delete(agenda_source).where(agenda_source.c.name == name))
