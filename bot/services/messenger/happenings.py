"""What can happen in a Messenger thread, in our own words. The gateway reads Meta's events into these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Thread:
    """Who, at which page, and when by Meta's clock (None: it was not said).

    `is_standby` says that another app has the thread and we only look on.
    """

    page_id: str
    psid: str
    at: datetime | None = None
    is_standby: bool = False


@dataclass(frozen=True)
class Said:
    """The person wrote or took a button. `language` is one that they chose by a link, or plainly write in."""

    thread: Thread
    client_id: str
    text: str | None = None
    choice: str | None = None
    choice_title: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class CameBy:
    """The person came by a link or an advertisement that names a language."""

    thread: Thread
    language: str | None


@dataclass(frozen=True)
class Edited:
    """The person changed the words of a message; `choice` where the new ones cannot be read."""

    thread: Thread
    client_id: str
    text: str | None
    choice: str | None = None


@dataclass(frozen=True)
class Unsent:
    """A message was taken back."""

    thread: Thread
    client_id: str


@dataclass(frozen=True)
class Reacted:
    """The person gave a sign to a message: `value` is up, down, or None for a sign that is no vote."""

    thread: Thread
    mid: str
    value: str | None


@dataclass(frozen=True)
class Seen:
    """All that was sent before `until` was read, or (not `is_read`) has reached the person's device."""

    thread: Thread
    until: datetime
    is_read: bool


@dataclass(frozen=True)
class Sent:
    """Meta repeats a piece that we sent: it has come."""

    thread: Thread
    mid: str
    seq: int
    part: int


@dataclass(frozen=True)
class StaffWrote:
    """Staff wrote from the page's inbox, or another app did. `what` names what came without words."""

    thread: Thread
    client_id: str
    text: str | None
    what: str = "other"


@dataclass(frozen=True)
class ThreadMoved:
    """The thread is now another app's, or (`is_ours`) ours."""

    thread: Thread
    is_ours: bool


@dataclass(frozen=True)
class NotificationsSet:
    """The person allowed messages unasked, or stopped them."""

    thread: Thread
    is_allowed: bool


@dataclass(frozen=True)
class PageReturned:
    """This app answers a page's threads by default now, so those that were elsewhere are ours."""

    page_id: str
    at: datetime | None = None


OfPerson = Said | CameBy | Edited | Unsent | Reacted | Seen | Sent | StaffWrote | ThreadMoved | NotificationsSet


@dataclass(frozen=True)
class Happenings:
    """All that one call of Meta told, in its order. `passed_over` counts events by kind that mean nothing to us."""

    of_people: tuple[OfPerson, ...] = ()
    returned: tuple[PageReturned, ...] = ()
    passed_over: dict[tuple[str, str], int] = field(default_factory=dict)


def together(several: Iterable[Happenings]) -> Happenings:
    """What several calls told, as if it were one."""
    of_people, returned = list[OfPerson](), list[PageReturned]()
    passed_over: Counter[tuple[str, str]] = Counter()
    for one in several:
        of_people += one.of_people
        returned += one.returned
        passed_over.update(one.passed_over)
    return Happenings(tuple(of_people), tuple(returned), dict(passed_over))
