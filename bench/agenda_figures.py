"""How long `action_list_activities` takes on an agenda of 20,000 activities, beside one of 200.

Both agendas are of the same kind, on SQLite files; the same requests in three languages go to both in turns, through
the action itself. Some find nothing, some are misspelt: then more of the agenda has to be looked at.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from rich.progress import Progress

from actions.action_list_activities import ActionListActivities
from bench.figures import MILLISECONDS, OURS, TIMES, Figure, figure_of, median
from bench.parts import AGENDA, Size
from bot.foundation.languages import LANGUAGES
from bot.foundation.names import LANGUAGE_SLOT, LIST_ACTIVITIES
from bot.services.agenda.activity import AUDIENCES, MODES, THEMES, Activity
from bot.services.agenda.agenda import Agenda
from bot.services.agenda.horizon import BRUSSELS, DAYS_AHEAD, DAYS_BACK
from bot.services.agenda.stored import row_of
from bot.store import activity_rows, agenda_rows
from bot.store.database import Database
from bot.store.migrate import migrate

SMALL, LARGE = 200, 20_000
#: A moment that stays, so that the same is found in every run.
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=BRUSSELS)
_SEED = 20_200_407
_REQUESTS: dict[str, tuple[str, ...]] = {
    "fr": (
        "Quels ateliers y a-t-il cette semaine ?",
        "un atelier CV en ligne la semaine prochaine",
        "quelque chose pour devenir infirmier en décembre",
        "une activité en néerlandais jeudi soir",
        "un atelier infirmere",
        "un cours de boulangerie demain matin",
    ),
    "nl": (
        "Welke activiteiten zijn er deze week?",
        "een workshop cv online volgende week",
        "iets over verpleegkundige in december",
        "een activiteit in het Frans donderdagavond",
        "een workshop verplegkundige",
        "een bakkersopleiding morgenvoormiddag",
    ),
    "en": (
        "What is coming up this week?",
        "a CV workshop online next week",
        "something about becoming a nurse in December",
        "an activity in Dutch on Thursday evening",
        "a workshop for a nures",
        "a bakery course tomorrow morning",
    ),
}
_VERBS = {
    "fr": ("Découvrir", "Devenir", "Préparer", "Comprendre", "Choisir", "Rencontrer"),
    "nl": ("Ontdekken:", "Worden:", "Voorbereiden:", "Begrijpen:", "Kiezen:", "Ontmoeten:"),
    "en": ("Discovering", "Becoming", "Preparing", "Understanding", "Choosing", "Meeting"),
}
_SUBJECTS = {
    "fr": ("le CV", "infirmier", "enseignant", "la police", "l'alternance", "indépendant", "le réseau", "l'aéroport"),
    "nl": (
        "cv",
        "verpleegkundige",
        "leraar",
        "politie",
        "alternerend leren",
        "zelfstandige",
        "netwerk",
        "luchthaven",
    ),
    "en": (
        "the CV",
        "a nurse",
        "a teacher",
        "the police",
        "work-linked training",
        "self-employed",
        "the network",
        "the airport",
    ),
}


def measure_agenda(folder: Path, size: Size, progress: Progress) -> list[Figure]:
    """Median times of the action on both agendas, and how many times longer the large one takes."""
    folder.mkdir(parents=True, exist_ok=True)
    actions = {count: ActionListActivities(_holding(folder, count), now=lambda: NOW) for count in (SMALL, LARGE)}
    trackers = [_tracker(text, language) for language in LANGUAGES for text in _REQUESTS[language]]
    task = progress.add_task("Agenda", total=size.agenda_rounds * len(trackers))
    times: dict[int, list[float]] = {count: [] for count in actions}
    for tracker in trackers:  # what is made at the first request is not counted
        for action in actions.values():
            _milliseconds(action, tracker)
    for _ in range(size.agenda_rounds):
        for tracker in trackers:
            for count, action in actions.items():
                times[count].append(_milliseconds(action, tracker))
            progress.advance(task)
    small, large = median(times[SMALL]), median(times[LARGE])
    return [
        figure_of(AGENDA, f"list of activities, {SMALL} in the agenda", MILLISECONDS, {OURS: small}),
        figure_of(AGENDA, f"list of activities, {LARGE:,} in the agenda", MILLISECONDS, {OURS: large}),
        figure_of(AGENDA, f"{LARGE:,} activities beside {SMALL}", TIMES, {OURS: large / small}),
    ]


def _milliseconds(action: ActionListActivities, tracker: Tracker) -> float:
    begun = time.perf_counter()
    asyncio.run(action.run(CollectingDispatcher(), tracker, {}))
    return (time.perf_counter() - begun) * 1000


def _tracker(text: str, language: str) -> Tracker:
    message: dict[str, Any] = {"text": text, "intent": {"name": LIST_ACTIVITIES, "confidence": 1.0}, "entities": []}
    return Tracker("bench", {LANGUAGE_SLOT: language}, message, [], False, None, {}, "action_listen")


def _holding(folder: Path, count: int) -> Any:
    path = folder / f"agenda_{count}.sqlite"
    path.unlink(missing_ok=True)
    migrate(f"sqlite:///{path}")
    database = Database(f"sqlite:///{path}")
    activities = made_activities(count)
    with database.writing() as connection:
        activity_rows.add(connection, [row_of(one) for one in activities])
        agenda_rows.raise_stamp(connection)
    agenda = Agenda(database)
    return lambda: agenda


def made_activities(count: int) -> Sequence[Activity]:
    """So many activities over the whole horizon, always the same ones; a tenth as many titles as activities."""
    chance = random.Random(_SEED)
    titles = [_title(chance, number) for number in range(max(1, count // 10))]
    return [_activity(chance, number, chance.choice(titles)) for number in range(count)]


def _title(chance: random.Random, number: int) -> dict[str, str]:
    verb, subject = chance.randrange(6), chance.randrange(8)
    spoken = chance.sample(LANGUAGES, chance.randint(1, 3))
    return {one: f"{_VERBS[one][verb]} {_SUBJECTS[one][subject]} {_word(number)}" for one in spoken}


def _word(number: int) -> str:
    """A word that only one title has, as a place or a partner would be."""
    return "".join("bdfglmnprst"[digit] + "aeiou"[digit % 5] for digit in map(int, f"{number:04}"))


def _activity(chance: random.Random, number: int, titles: dict[str, str]) -> Activity:
    day = NOW + timedelta(days=chance.randrange(-DAYS_BACK, DAYS_AHEAD))
    start = day.replace(hour=chance.randrange(9, 19), minute=chance.choice((0, 30)))
    mode = chance.choice(MODES)
    return Activity(
        id=f"{number:024}",
        uid=f"uid-{number}",
        source="bench",
        titles=titles,
        descriptions=dict.fromkeys(titles, "Une description de quelques lignes. " * 6),
        start=start,
        end=start + timedelta(hours=2),
        theme=chance.choice(THEMES),
        languages=tuple(titles),
        mode=mode,
        platform="Whereby" if mode == "online" else None,
        place="Astro" if mode != "online" else None,
        audience=(chance.choice(AUDIENCES),),
        capacity=20,
        places_left=chance.randrange(20),
    )
