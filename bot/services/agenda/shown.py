"""The list that is on a person's screen, as it is kept between two turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.services.agenda.activity import CANCELLED, Activity
from bot.services.agenda.request.filters import Filters, filters_from_dict

#: So many are remembered; who has seen more begins again from the first.
MOST_REMEMBERED = 200


@dataclass(frozen=True)
class Shown:
    """`ids` of all pages shown so far, the last page from `offset` on; `starts` their beginnings (seconds)."""

    filters: Filters
    ids: tuple[str, ...] = ()
    starts: tuple[int, ...] = ()
    offset: int = 0

    @property
    def page(self) -> tuple[str, ...]:
        """The ids that were shown last, in the order of the screen."""
        return self.ids[self.offset :]

    def followed_by(self, activities: Sequence[Activity]) -> Shown:
        """The same list with one more page."""
        return Shown(
            filters=self.filters,
            ids=(*self.ids, *(one.id for one in activities)),
            starts=(*self.starts, *(_seconds(one) for one in activities)),
            offset=len(self.ids),
        )

    def knowing(self, changed: Sequence[Activity]) -> Shown:
        """The same list after the person was told of changes: nothing is told twice."""
        news = {one.id: _seconds(one) for one in changed}
        starts = tuple(news.get(one, start) for one, start in zip(self.ids, self.starts, strict=True))
        return Shown(self.filters, self.ids, starts, self.offset)

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready, for a slot."""
        return {
            "filters": self.filters.as_dict(),
            "ids": list(self.ids),
            "starts": list(self.starts),
            "offset": self.offset,
        }


def shown_or_none(data: Any) -> Shown | None:
    """The inverse of `as_dict`; None for nothing and for what another version has kept."""
    try:
        shown = Shown(
            filters_from_dict(data["filters"]), tuple(data["ids"]), tuple(data["starts"]), int(data["offset"])
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    return shown if len(shown.ids) == len(shown.starts) else None


def changed_since(shown: Shown, present: Sequence[Activity]) -> list[Activity]:
    """Which of the activities shown begin at another moment now, or do not take place."""
    starts = dict(zip(shown.ids, shown.starts, strict=True))
    return [one for one in present if _seconds(one) != starts.get(one.id)]


#: A cancelled one has no beginning, so that being cancelled is a change like being moved.
_CANCELLED_START = -1


def _seconds(activity: Activity) -> int:
    return _CANCELLED_START if activity.status == CANCELLED else int(activity.start.timestamp())
