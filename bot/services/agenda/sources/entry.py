"""What a source tells of one activity, before it is put on its dates. Made by every reader, completed here."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urlsplit

from bot.services.agenda.activity import MOVED, ON_SITE, ONLINE, PLANNED, Activity
from bot.services.agenda.horizon import BRUSSELS
from bot.services.agenda.sources.reading import Source, activity_id

#: Rooms on these hosts are online; named as they call themselves.
_PLATFORMS = {
    "whereby.com": "Whereby",
    "meet.google.com": "Google Meet",
    "teams.microsoft.com": "Microsoft Teams",
    "teams.live.com": "Microsoft Teams",
    "zoom.us": "Zoom",
    "webex.com": "Webex",
    "meet.jit.si": "Jitsi Meet",
}


@dataclass(frozen=True)
class Entry:
    """One activity or series; `line` is where it begins in its file. Empty means: the source does not tell."""

    uid: str
    line: int | None
    titles: dict[str, str]
    descriptions: dict[str, str] = field(default_factory=dict)
    theme: str | None = None
    languages: tuple[str, ...] = ()
    mode: str | None = None
    platform: str | None = None
    link: str | None = None
    place: str | None = None
    audience: tuple[str, ...] = ()
    organisers: tuple[str, ...] = ()
    capacity: int | None = None
    places_left: int | None = None
    registration_url: str | None = None
    status: str = PLANNED

    def completed(self, source: Source) -> Entry:
        """With the source's defaults and with what follows from the rest: an online room, the language of a title."""
        defaults = source.defaults
        platform = self.platform or platform_of(self.link)
        mode = self.mode or (ONLINE if platform or self.link else None) or (ON_SITE if self.place else defaults.mode)
        return replace(
            self,
            theme=self.theme or defaults.theme,
            languages=self.languages or defaults.languages,
            mode=mode,
            platform=platform,
            place=self.place or (defaults.place if mode != ONLINE else None),
            audience=self.audience or defaults.audience,
            organisers=self.organisers or defaults.organisers,
        )

    def named(self, uid: str) -> Entry:
        """The same under another name."""
        return replace(self, uid=uid)

    def at(
        self,
        source: Source,
        start: datetime,
        end: datetime,
        occurrence: str = "",
        is_all_day: bool = False,
        moved_from: datetime | None = None,
    ) -> Activity:
        """The activity on one date; `occurrence` tells the dates of a series apart."""
        return Activity(
            id=activity_id(source.name, self.uid, occurrence),
            uid=self.uid,
            source=source.name,
            titles=self.titles,
            descriptions=self.descriptions,
            start=start.astimezone(BRUSSELS),
            end=end.astimezone(BRUSSELS),
            theme=self.theme,
            languages=self.languages,
            mode=self.mode,
            platform=self.platform,
            link=self.link,
            place=self.place,
            is_all_day=is_all_day,
            audience=self.audience,
            organisers=self.organisers,
            capacity=self.capacity,
            places_left=self.places_left,
            registration_url=self.registration_url,
            status=MOVED if moved_from and self.status == PLANNED else self.status,
            moved_from=moved_from.astimezone(BRUSSELS) if moved_from else None,
            is_sample=source.is_sample,
        )


def platform_of(address: str | None) -> str | None:
    """The name of the platform that an online room is on, None for another address."""
    host = (urlsplit(address).hostname or "") if address else ""
    return next((name for end, name in _PLATFORMS.items() if host == end or host.endswith(f".{end}")), None)


def occurrence_keys(starts: list[datetime]) -> list[str]:
    """A name for each date of a series that stays when its hour changes: the day, and the hour for a second that day.

    `starts` are the originally planned ones, in order.
    """
    keys: list[str] = []
    days: set[str] = set()
    for start in starts:
        day = start.astimezone(BRUSSELS).strftime("%Y%m%d")
        keys.append(start.astimezone(BRUSSELS).strftime("%Y%m%dT%H%M") if day in days else day)
        days.add(day)
    return keys
