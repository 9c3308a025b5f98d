"""What the parts of the hand-off share: the words, the hours, the clock and the numbers that were set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.foundation import clock
from bot.services.agenda.present.words import Speaker
from bot.services.callback.word_lists import WordLists
from bot.services.opening_hours.hours import Hours

#: A counsellor without a sign of life for so long is away.
AWAY_AFTER = timedelta(minutes=5)


@dataclass(frozen=True)
class Setting:
    """`hours` gives None as long as the centre has entered none; `answer_hours` is the promise for a callback;
    `offers_person` says whether a topic's card wants a person to be offered. Who waits does so for `wait` at most,
    and loses the place after being `gone` so long; a talk that is passed on is `kept` so long for the colleague;
    a counsellor who does nothing for `idle` is away."""

    speaker: Speaker
    lists: Callable[[], WordLists]
    hours: Callable[[], Hours | None]
    answer_hours: Callable[[], int]
    offers_person: Callable[[str], bool]
    wait: timedelta = timedelta(minutes=10)
    kept: timedelta = timedelta(minutes=3)
    gone: timedelta = timedelta(minutes=5)
    idle: timedelta = timedelta(minutes=15)
    now: Callable[[], datetime] = clock.now
