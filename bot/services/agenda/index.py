"""What is searched: the agenda's activities as columns of numbers, in the order in which they are shown.

Made once per change of the agenda; a search touches each column once, so its time hardly grows with the agenda.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import numpy as np

from bot.foundation.languages import LANGUAGES
from bot.services.agenda.activity import AUDIENCES, EVERYONE, MODES, ON_SITE, ONLINE, THEMES
from bot.services.agenda.horizon import BRUSSELS
from bot.services.agenda.title_words import TitleWords, folded_words, has_weight
from bot.store.activity_rows import SearchedRow

#: Longer ones cover several days and belong to each of them.
LONG_SECONDS = 24 * 3600

_BITS = {
    name: 1 << number
    for number, name in enumerate(
        [
            *(f"mode:{mode}" for mode in MODES),
            *(f"language:{language}" for language in LANGUAGES),
            *(f"theme:{theme}" for theme in THEMES),
            *(f"audience:{audience}" for audience in AUDIENCES),
            *(f"weekday:{weekday}" for weekday in range(7)),
        ]
    )
}


def bit(kind: str, value: str | None) -> int:
    """The bit of a property, as in `bit("mode", "online")`; 0 for one that nothing can have."""
    return _BITS.get(f"{kind}:{value}", 0)


class AgendaIndex:
    """Columns over the activities that are not cancelled, by start, then id; each activity has a row number."""

    def __init__(self, rows: Sequence[SearchedRow], stamp: int) -> None:
        """`rows` in that order; `stamp` names the state of the agenda that they are of."""
        self.stamp = stamp
        self.ids = [row.id for row in rows]
        self.starts = np.asarray([row.starts_at.timestamp() for row in rows], dtype=np.float64)
        self.ends = np.asarray([row.ends_at.timestamp() for row in rows], dtype=np.float64)
        self.is_long = self.ends - self.starts >= LONG_SECONDS
        # Minutes since midnight in Brussels; an activity of the whole day has no hour.
        self.minutes = np.asarray([_minute(row) for row in rows], dtype=np.int32)
        self.bits = np.asarray([_bits(row) for row in rows], dtype=np.int64)
        self._index_titles(rows)

    def _index_titles(self, rows: Sequence[SearchedRow]) -> None:
        numbers: dict[tuple[str, ...], int] = {}
        of_row = [numbers.setdefault((*row.titles, *row.organisers), len(numbers)) for row in rows]
        self.title_of_row = np.asarray(of_row, dtype=np.int64)
        self.title_words = TitleWords([folded_words(texts) for texts in numbers])
        self.vocabulary = tuple(word for word in self.title_words.words if has_weight(word))


def _minute(row: SearchedRow) -> int:
    if row.is_all_day:
        return -1
    start = row.starts_at.astimezone(BRUSSELS)
    return start.hour * 60 + start.minute


def _bits(row: SearchedRow) -> int:
    found = bit("theme", row.theme) | bit("mode", row.mode) | _weekdays(row)
    if row.is_online_too:
        found |= bit("mode", ONLINE)  # on site, and can be followed from afar
    elif row.has_place and not row.mode:
        found |= bit("mode", ON_SITE)
    for language in row.languages:
        found |= bit("language", language)
    for audience in row.audience or (EVERYONE,):
        found |= bit("audience", audience)
    return found


def _weekdays(row: SearchedRow) -> int:
    """The day of the week on which it begins; of one that covers several days, each of them."""
    first = row.starts_at.astimezone(BRUSSELS).date()
    days = 1
    if (row.ends_at - row.starts_at).total_seconds() >= LONG_SECONDS:
        last = (row.ends_at - timedelta(seconds=1)).astimezone(BRUSSELS).date()
        days = min(7, (last - first).days + 1)
    return sum(bit("weekday", str((first.weekday() + day) % 7)) for day in range(days))
