"""What a sync did, source by source, for the operator's report."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.services.agenda.changes import Changes
from bot.services.agenda.sources.reading import Reading


@dataclass(frozen=True)
class SourceOutcome:
    """One source. `problem` says why it could not be read; then what it gave before stays, last good at `good_at`.

    `is_unread` tells that it is the same as the time before, so that nothing had to be read.
    """

    name: str
    where: str
    changes: Changes = field(default_factory=Changes)
    reading: Reading = field(default_factory=Reading)
    problem: str | None = None
    good_at: datetime | None = None
    is_unread: bool = False


@dataclass(frozen=True)
class SyncOutcome:
    """All sources, and the names of those that are gone with their activities."""

    sources: tuple[SourceOutcome, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def has_problem(self) -> bool:
        """Whether a source could not be read or an entry was rejected."""
        return any(one.problem or one.reading.rejected for one in self.sources)
