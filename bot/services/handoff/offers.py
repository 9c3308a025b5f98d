"""Words and buttons of the hand-off: what is offered, the place in the queue, who joined, how it ended."""

from __future__ import annotations

from datetime import datetime

from bot.foundation.choices import HELP, HUMAN
from bot.foundation.languages import LANGUAGES
from bot.foundation.reply import Choice, Choices, Part, Text
from bot.services.agenda.present.moments import day_words, time_words
from bot.services.agenda.present.words import Speaker, plain
from bot.services.callback.asking import Asking
from bot.services.handoff.availability import Available, Offer
from bot.services.opening_hours.hours import BRUSSELS

_SCORES = (5, 4, 3, 2, 1)


class Offers:
    """Says it in one language."""

    def __init__(self, speaker: Speaker, language: str) -> None:
        self._speaker, self._language = speaker, language

    def in_queue(self, place: int) -> tuple[Part, ...]:
        """Somebody is here, and this is your place."""
        return (
            Text(self._say("handoff_waiting", place=str(place))),
            Choices((self._button("cancel"), self._leave_details())),
        )

    def instead(self, found: Available, now: datetime) -> tuple[Part, ...]:
        """Nobody can be waited for in this language: say why, and offer what is kept."""
        words = Text(self._why(found, now))
        if found.offer == Offer.OTHER_LANGUAGES:
            others = (self._button(f"wait/{code}") for code in LANGUAGES if code in found.languages)
            return words, Choices((*others, self._leave_details())), self._ways()
        return words, self._ways(), Choices((self._leave_details(), self._help()))

    def expired(self) -> tuple[Part, ...]:
        """Nobody came."""
        return Text(self._say("handoff_expired")), self._ways(), Choices((self._leave_details(), self._help()))

    def gone(self) -> tuple[Part, ...]:
        """The person was not there any more, and has lost the place."""
        return Text(self._say("handoff_gone")), Choices((self._human(), self._leave_details()))

    def cancelled(self, was_waiting: bool) -> tuple[Part, ...]:
        """The person waits no longer."""
        key = "handoff_cancelled" if was_waiting else "handoff_not_waiting"
        return Text(self._say(key)), Choices((self._leave_details(), self._help()))

    def joined(self, name: str) -> tuple[Part, ...]:
        """A counsellor has the conversation."""
        return (Text(self._say("handoff_joined", name=plain(name))),)

    def passed_on(self, name: str, colleague: str) -> tuple[Part, ...]:
        """The counsellor has passed the talk on; until the colleague takes it nobody has it."""
        words = Text(self._say("handoff_passed_on", name=plain(name), colleague=plain(colleague)))
        return words, Choices((self._button("cancel"), self._leave_details()))

    def in_queue_again(self) -> tuple[Part, ...]:
        """The counsellor had to leave."""
        return Text(self._say("handoff_in_queue_again")), Choices((self._button("cancel"), self._leave_details()))

    def after_thumb_down(self) -> tuple[Part, ...]:
        """An answer did not help."""
        return Text(self._say("gateway_rated_down")), Choices((self._human(), self._help()))

    def ended(self) -> tuple[Part, ...]:
        """The bot is back, and asks how it was."""
        scores = tuple(Choice(f"score:{value}", self._say(f"handoff_score_{value}")) for value in _SCORES)
        return Text(self._say("handoff_ended")), Choices(scores)

    def thanks(self, is_kept: bool) -> tuple[Part, ...]:
        """After the score."""
        return Text(self._say("handoff_score_thanks" if is_kept else "handoff_score_gone")), Choices((self._help(),))

    def _why(self, found: Available, now: datetime) -> str:
        if found.offer == Offer.OTHER_LANGUAGES:
            return self._say("handoff_other_languages")
        if found.offer != Offer.LATER:
            return self._say("handoff_nobody")
        if found.next_opening is None:
            return self._say("handoff_later_unknown")
        local = found.next_opening.astimezone(BRUSSELS)
        day = day_words(local.date(), now.astimezone(BRUSSELS).date(), self._language)
        time = time_words(local.time(), self._language, self._speaker)
        return self._say("handoff_later", opening=self._say("agenda_at", day=day, time=time))

    def _ways(self) -> Text:
        return Text(self._say("handoff_ways"))

    def _leave_details(self) -> Choice:
        return Asking(self._speaker, self._language).start_button()

    def _button(self, value: str) -> Choice:
        return Choice(f"handoff:{value}", self._say(f"handoff_button_{value.replace('/', '_')}"))

    def _human(self) -> Choice:
        return Choice(HUMAN, self._say("choice_human"))

    def _help(self) -> Choice:
        return Choice(HELP, self._say("choice_help"))

    def _say(self, key: str, **names: str) -> str:
        return self._speaker.say(key, self._language, **names)
