"""Which activities a request finds: filters over the columns of the index.

- What has ended is never found; what is running now is, when the period holds this moment.
- An activity of some hours belongs to the day on which it begins, also when it ends past midnight; one of 24 hours
  or more belongs to every day that it covers.
- A filter on language, way, theme or audience finds what says so; what does not tell is not found.
- An activity of the whole day has no hour and is found at every time of the day.
"""

from __future__ import annotations

from datetime import datetime, time

import numpy as np
from numpy.typing import NDArray

from bot.services.agenda.index import AgendaIndex, bit
from bot.services.agenda.request.filters import Filters


def matching_rows(index: AgendaIndex, filters: Filters, now: datetime) -> NDArray[np.int64]:
    """Row numbers of the index, in its order."""
    moment = now.timestamp()
    first = filters.begins.timestamp() if filters.begins else moment
    # Starts are sorted: what begins after the period is cut off at once.
    end = int(np.searchsorted(index.starts, filters.ends.timestamp(), "right")) if filters.ends else len(index.starts)
    rows = index.ends[:end] > max(first, moment)
    if first > moment:
        rows &= (index.starts[:end] >= first) | index.is_long[:end]
    for wanted in _wanted_bits(filters):
        rows &= (index.bits[:end] & wanted) != 0
    if filters.earliest or filters.latest:
        rows &= _is_at_hour(index.minutes[:end], filters.earliest, filters.latest)
    if filters.text:
        rows &= index.title_words.having(filters.text)[index.title_of_row[:end]]
    return np.flatnonzero(rows)


def _wanted_bits(filters: Filters) -> list[int]:
    """One number a filter; an activity must have one of its bits."""
    wanted = []
    if filters.languages:
        wanted.append(sum(bit("language", language) for language in dict.fromkeys(filters.languages)))
    if filters.weekdays:
        wanted.append(sum(bit("weekday", str(weekday)) for weekday in set(filters.weekdays)))
    for kind, value in (("mode", filters.mode), ("theme", filters.theme), ("audience", filters.audience)):
        if value:
            wanted.append(bit(kind, value))
    return wanted


def _is_at_hour(minutes: NDArray[np.int32], earliest: time | None, latest: time | None) -> NDArray[np.bool_]:
    first = earliest.hour * 60 + earliest.minute if earliest else 0
    last = latest.hour * 60 + latest.minute if latest else 24 * 60
    if first <= last:
        is_within = (minutes >= first) & (minutes <= last)
    else:  # "between 10 pm and 2 am"
        is_within = (minutes >= first) | ((minutes >= 0) & (minutes <= last))
    at_hour: NDArray[np.bool_] = is_within | (minutes < 0)
    return at_hour
