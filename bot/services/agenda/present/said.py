"""What is said around the cards of a turn: what was understood, what is missing, what has changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.foundation.choices import ACTIVITIES, HUMAN, MORE_ACTIVITIES, topic_choice
from bot.foundation.reply import Cards, Choice, Choices, Link, Part, Text
from bot.services.agenda.activity import CANCELLED, Activity
from bot.services.agenda.agenda import AgendaState
from bot.services.agenda.closest import Closest
from bot.services.agenda.horizon import BRUSSELS
from bot.services.agenda.present.address import page_address
from bot.services.agenda.present.cards import card_of
from bot.services.agenda.present.filter_words import filter_words, words_of
from bot.services.agenda.present.moments import day_words, when
from bot.services.agenda.present.words import Speaker, joined, number, plain
from bot.services.agenda.request.filters import Filters

#: The topic that says which kinds of activities there are, whatever the dates.
KINDS_TOPIC = "centre/group_activities"
#: From here on visitors are told how old the agenda is.
OLD = timedelta(days=1)


class Teller:
    """Says one turn in one language."""

    def __init__(self, speaker: Speaker, language: str, now: datetime, state: AgendaState) -> None:
        self._speaker, self._language, self._now, self._state = speaker, language, now, state

    def page(
        self, filters: Filters, activities: Sequence[Activity], before: int, total: int, said: Sequence[str]
    ) -> tuple[Part, ...]:
        """One page of a list; `before` counts those of the pages before it."""
        has_more = before + len(activities) < total
        intro = self._following(before, len(activities), total) if before else self._first(filters, total)
        choices = [self._choice(MORE_ACTIVITIES, "agenda_more")] if has_more else []
        if filter_words(filters, self._now, self._language, self._speaker):
            choices.append(self._choice(ACTIVITIES, "agenda_all"))
        elif not before:
            # Who asked for nothing in particular may have meant the kinds of workshops.
            choices.append(self._choice(topic_choice(KINDS_TOPIC), "agenda_kinds"))
        link = [Link(self._say("agenda_open_page"), page_address(filters, self._language))] if has_more else []
        return (
            *self._words((*said, intro), activities),
            self._cards(activities),
            *link,
            *([Choices(tuple(choices))] if choices else []),
        )

    def nothing(self, filters: Filters, near: Closest, said: Sequence[str]) -> tuple[Part, ...]:
        """Nothing fits: which filter is to blame, and what comes closest."""
        if not near.activities:
            return (*self._words((*said, self._say("agenda_empty"))), self._ways_on())
        asked = filter_words(filters, self._now, self._language, self._speaker)
        nothing = f"{self._say('agenda_nothing', filters=asked)} {self._because(filters, near)}"
        # Its last words lead to the cards.
        return (
            *self._words((*said, *self.cautions(near.activities), nothing)),
            self._cards(near.activities),
            self._ways_on(),
        )

    def no_more(self, said: Sequence[str]) -> tuple[Part, ...]:
        """The list is at its end."""
        return (*self._words((*said, self._say("agenda_no_more"))), self._ways_on())

    def one(self, activity: Activity, said: Sequence[str]) -> tuple[Part, ...]:
        """All that is known of one activity."""
        words = list(said)
        if activity.status == CANCELLED:
            words.append(self._say("agenda_is_cancelled"))
        elif activity.end <= self._now:
            words.append(self._say("agenda_is_over"))
        description = activity.descriptions.get(self._language) or next(iter(activity.descriptions.values()), "")
        words.extend(plain(line) for line in description.splitlines() if line.strip())
        if activity.organisers:
            names = joined([plain(name) for name in activity.organisers], self._say("agenda_and"))
            words.append(self._say("agenda_with", names=names))
        card = card_of(activity, self._now, self._language, self._speaker, is_alone=True)
        return (*self._words(words, [activity]), Cards((card,)), self._ways_on())

    def gone(self, activities: Sequence[Activity], total: int, said: Sequence[str]) -> tuple[Part, ...]:
        """An activity that was shown once is in the agenda no more."""
        return self.page(Filters(), activities, 0, total, [*said, self._say("agenda_gone")])

    def no_such_number(self, number_asked: int, said: Sequence[str]) -> tuple[Part, ...]:
        """ "The seventh" of a list of five."""
        asked = number_asked + 1 if number_asked >= 0 else -number_asked
        return (*self._words([*said, self._say("agenda_no_such_number", number=str(asked))]), self._ways_on())

    def change(self, activity: Activity) -> str:
        """An activity that the person has seen is cancelled or takes place at another moment."""
        key = "agenda_cancelled_since" if activity.status == CANCELLED else "agenda_moved_since"
        moment = when(activity, self._now, self._language, self._speaker)
        return self._say(key, when=moment, title=plain(activity.title(self._language)))

    def not_understood(self, pieces: Sequence[str]) -> tuple[str, ...]:
        """The pieces that looked like a filter and could not be read."""
        if not pieces:
            return ()
        quoted = [self._say("agenda_words", words=plain(piece)) for piece in pieces]
        return (self._say("agenda_not_understood", words=joined(quoted, self._say("agenda_and"))),)

    def _first(self, filters: Filters, total: int) -> str:
        asked = filter_words(filters, self._now, self._language, self._speaker)
        if asked:
            key = "agenda_found_one" if total == 1 else "agenda_found_many"
            return self._say(key, count=number(total, self._language), filters=asked)
        key = "agenda_next_one" if total == 1 else "agenda_next"
        return self._say(key, count=number(total, self._language))

    def _following(self, before: int, shown: int, total: int) -> str:
        if shown == 1:
            return self._say("agenda_page_of_one", count=number(total, self._language))
        first, last = number(before + 1, self._language), number(before + shown, self._language)
        return self._say("agenda_page", first=first, last=last, count=number(total, self._language))

    def _because(self, filters: Filters, near: Closest) -> str:
        if near.is_past:
            return self._say("agenda_nothing_past")
        blamed = [words_of(name, filters, self._now, self._language, self._speaker) for name in near.without]
        if len(blamed) == 1:
            return self._say("agenda_nothing_because", filter=blamed[0])
        return self._say("agenda_nothing_together", filters=joined(blamed, self._say("agenda_and")))

    def _words(self, said: Sequence[str], activities: Sequence[Activity] = ()) -> tuple[Part, ...]:
        paragraphs = [words for words in (*said, *self.cautions(activities)) if words]
        return (Text("\n\n".join(paragraphs)),) if paragraphs else ()

    def cautions(self, activities: Sequence[Activity]) -> list[str]:
        """Invented activities and an old agenda are said wherever activities are shown."""
        cautions = []
        if any(one.is_sample for one in activities):
            cautions.append(self._say("agenda_is_sample"))
        elif activities and self._state.age is not None and self._state.age > OLD:
            read_on = (self._now - self._state.age).astimezone(BRUSSELS).date()
            today = self._now.astimezone(BRUSSELS).date()
            cautions.append(self._say("agenda_is_old", day=day_words(read_on, today, self._language)))
        return cautions

    def _cards(self, activities: Sequence[Activity]) -> Cards:
        return Cards(tuple(card_of(one, self._now, self._language, self._speaker) for one in activities))

    def _ways_on(self) -> Choices:
        return Choices((self._choice(ACTIVITIES, "agenda_all"), self._choice(HUMAN, "choice_human")))

    def _choice(self, choice: str, key: str) -> Choice:
        return Choice(choice, self._say(key))

    def _say(self, key: str, **names: str) -> str:
        # "12 u." brings its own full stop to the end of a sentence.
        return self._speaker.say(key, self._language, **names).replace("..", ".")
