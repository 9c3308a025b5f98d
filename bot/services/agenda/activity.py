"""One group activity at one moment: what the sources are read into, what the store keeps and every door shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

#: How one takes part.
ONLINE = "online"
ON_SITE = "on_site"
MODES = (ON_SITE, ONLINE)

#: For whom an activity is meant. No audience named means everyone.
EVERYONE = "everyone"
AUDIENCES = (
    EVERYONE,
    "jobseekers",
    "students",
    "neets",
    "newcomers",
    "people_with_a_disability",
    "teachers",
)

#: What an activity can be about, next to the words of its title.
THEMES = ("guidance", "training", "employment", "entrepreneurship", "languages", "digital")

#: Whether it takes place as planned. A moved one stands at its new moment; `moved_from` tells the old one.
PLANNED, CANCELLED, MOVED = "planned", "cancelled", "moved"
STATUSES = (PLANNED, CANCELLED, MOVED)


@dataclass(frozen=True)
class Activity:
    """One occurrence. Moments carry a time zone; `end` is exclusive and after `start`.

    `uid` is the source's stable name of the series, `id` names this occurrence for good (it survives a
    sync): letters, digits and `-` only, at most 64, so that it fits into a choice and an address.
    `titles` and `descriptions` are by language, as far as the source gives them; at least one title.
    `languages` are those it is given in ("fr", "nl", "en"; empty when the source does not tell).
    `link` is the address of the online room, only when the source gives it for everybody.
    """

    id: str
    uid: str
    source: str
    titles: dict[str, str]
    start: datetime
    end: datetime
    descriptions: dict[str, str] = field(default_factory=dict)
    theme: str | None = None
    languages: tuple[str, ...] = ()
    mode: str | None = None
    platform: str | None = None
    link: str | None = None
    place: str | None = None
    is_all_day: bool = False
    audience: tuple[str, ...] = ()
    organisers: tuple[str, ...] = ()
    capacity: int | None = None
    places_left: int | None = None
    registration_url: str | None = None
    status: str = PLANNED
    moved_from: datetime | None = None
    is_sample: bool = False

    def title(self, language: str) -> str:
        """The title in a language, else in the first language that it has one in."""
        return self.titles.get(language) or next(iter(self.titles.values()))
