"""One turn about the agenda: what was asked, what is found, what is said. Used by action_list_activities and
`faqbot agenda ask`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.foundation.choices import ChoiceId
from bot.foundation.reply import Part
from bot.services.agenda.activity import CANCELLED, Activity
from bot.services.agenda.agenda import Agenda
from bot.services.agenda.closest import closest
from bot.services.agenda.present.said import Teller
from bot.services.agenda.present.words import Speaker
from bot.services.agenda.request.filters import Filters
from bot.services.agenda.request.follow_up import follow_up
from bot.services.agenda.request.read import read_request
from bot.services.agenda.shown import MOST_REMEMBERED, Shown, changed_since

#: So many activities are shown at a time.
PAGE = 5


@dataclass(frozen=True)
class AgendaTurn:
    """What the person did: `text` or `choice`. `shown` is the list on the screen, None without one."""

    language: str
    text: str | None = None
    choice: ChoiceId | None = None
    is_follow_up: bool = False
    shown: Shown | None = None


@dataclass(frozen=True)
class AgendaAnswer:
    """`parts` to say, `shown` to keep. `activities` fit the `filters`, `total` counts them on all pages;
    when there is none, `alternatives` come closest."""

    parts: tuple[Part, ...]
    shown: Shown
    filters: Filters
    activities: tuple[Activity, ...] = ()
    total: int = 0
    alternatives: tuple[Activity, ...] = ()


@dataclass(frozen=True)
class _Wish:
    """What a turn asks for: a list with filters, its next page, or one activity. `number` is one that the list on the
    screen does not have."""

    filters: Filters
    wants_next_page: bool = False
    activity: str | None = None
    number: int | None = None


def answer(turn: AgendaTurn, agenda: Agenda, now: datetime, speaker: Speaker, page_size: int = PAGE) -> AgendaAnswer:
    """Answer one turn. Raises DatabaseError when the agenda cannot be read."""
    teller = Teller(speaker, turn.language, now, agenda.state(now))
    shown, changed = _changed(turn.shown, agenda)
    wish = _wish_of(replace(turn, shown=shown), agenda, now)
    # What is told in full says by itself what has become of it.
    news = tuple(teller.change(one) for one in changed if one.end > now and one.id != wish.activity)
    if wish.activity is not None:
        return _one(wish.activity, shown or Shown(Filters()), agenda, now, teller, news)
    if wish.number is not None:
        return AgendaAnswer(teller.no_such_number(wish.number, news), shown or Shown(Filters()), wish.filters)
    if wish.wants_next_page and shown and shown.ids:
        return _next_page(shown, agenda, now, teller, page_size, news, wish.filters.not_understood)
    return _first_page(wish.filters, agenda, now, teller, page_size, news)


def _changed(shown: Shown | None, agenda: Agenda) -> tuple[Shown | None, list[Activity]]:
    """What has been cancelled or moved since it was shown; the list is given back as one that knows."""
    if shown is None or not shown.ids:
        return shown, []
    changed = changed_since(shown, agenda.by_ids(shown.ids))
    return shown.knowing(changed), changed


def _wish_of(turn: AgendaTurn, agenda: Agenda, now: datetime) -> _Wish:
    before = turn.shown.filters if turn.shown else Filters()
    if turn.choice is not None:
        if turn.choice.kind == "activity":
            return _Wish(before, activity=turn.choice.value)
        if turn.choice.value == "more" and turn.shown:
            return _Wish(before, wants_next_page=True)
        return _Wish(Filters())
    text = turn.text or ""
    if not turn.is_follow_up or turn.shown is None:
        return _Wish(read_request(text, turn.language, now, agenda.vocabulary()))
    read = follow_up(text, turn.language, now, before, agenda.vocabulary())
    if read.pick is not None:
        page = turn.shown.page
        if -len(page) <= read.pick < len(page):
            return _Wish(before, activity=page[read.pick])
        return _Wish(before, number=read.pick)
    if read.start_over:
        return _Wish(read.filters)
    return _Wish(read.filters, wants_next_page=read.page)


def _first_page(
    filters: Filters, agenda: Agenda, now: datetime, teller: Teller, page_size: int, news: tuple[str, ...]
) -> AgendaAnswer:
    found = agenda.find(filters, now, page_size)
    kept = Shown(replace(filters, not_understood=()))
    said = (*news, *teller.not_understood(filters.not_understood))
    if not found.activities:
        near = closest(agenda, filters, now, page_size)
        # They can be picked, and the filters stay for the next follow-up.
        parts = teller.nothing(filters, near, said)
        return AgendaAnswer(parts, kept.followed_by(near.activities), filters, alternatives=tuple(near.activities))
    parts = teller.page(filters, found.activities, 0, found.total, said)
    return AgendaAnswer(parts, kept.followed_by(found.activities), filters, tuple(found.activities), found.total)


def _next_page(
    shown: Shown,
    agenda: Agenda,
    now: datetime,
    teller: Teller,
    page_size: int,
    news: tuple[str, ...],
    not_understood: tuple[str, ...],
) -> AgendaAnswer:
    if len(shown.ids) >= MOST_REMEMBERED:
        return _first_page(shown.filters, agenda, now, teller, page_size, news)
    # Those that have ended or were cancelled since are not found any more: they must not be counted.
    seen = {one.id for one in agenda.by_ids(shown.ids) if one.end > now and one.status != CANCELLED}
    found = agenda.find(shown.filters, now, page_size + len(seen))
    fresh = [one for one in found.activities if one.id not in seen][:page_size]
    said = (*news, *teller.not_understood(not_understood))
    if not fresh:
        return AgendaAnswer(teller.no_more(said), shown, shown.filters, total=found.total)
    before = sum(one.id in seen for one in found.activities)
    parts = teller.page(shown.filters, fresh, before, found.total, said)
    return AgendaAnswer(parts, shown.followed_by(fresh), shown.filters, tuple(fresh), found.total)


def _one(
    wanted: str, shown: Shown, agenda: Agenda, now: datetime, teller: Teller, news: tuple[str, ...]
) -> AgendaAnswer:
    """All about one activity; the list on the screen stays what follow-ups are about."""
    found = agenda.by_ids([wanted])
    if found:
        return AgendaAnswer(teller.one(found[0], news), shown, shown.filters, (found[0],), 1)
    upcoming = agenda.find(Filters(), now, PAGE)
    parts = teller.gone(upcoming.activities, upcoming.total, news)
    return AgendaAnswer(parts, Shown(Filters()).followed_by(upcoming.activities), Filters(), total=upcoming.total)
