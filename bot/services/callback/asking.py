"""Words and buttons of the callback form: each step, what does not fit, the summary, how it ends.

What a person typed is shown to them as it is: nothing in it is read as Markdown.
"""

from __future__ import annotations

from datetime import datetime

from bot.foundation.choices import CALL_BACK, HELP, HUMAN
from bot.foundation.languages import LANGUAGES, OWN_NAMES
from bot.foundation.reply import Choice, Choices, Part, Text
from bot.services.agenda.present.moments import day_words, time_words
from bot.services.agenda.present.words import Speaker, plain
from bot.services.callback import form as steps
from bot.services.callback.addresses import shown_telephone
from bot.services.callback.form import CORRECTABLE, EMAIL, MOMENTS, TELEPHONE, VIDEO, WAYS, Form
from bot.services.opening_hours.hours import BRUSSELS

_UNFIT_ADDRESS = {EMAIL: "email", VIDEO: "video", TELEPHONE: "telephone"}


class Asking:
    """Says it in one language."""

    def __init__(self, speaker: Speaker, language: str) -> None:
        self._speaker, self._language = speaker, language

    def step(self, form: Form) -> tuple[Part, ...]:
        """The question of the step that is asked now, with its buttons."""
        step = form.step
        if step == steps.CONSENT:
            words = f"{self.say('callback_summary')}\n\n{self.summary(form)}\n\n{self.say('callback_ask_consent')}"
            verbs = ("send", "correct", "refuse")
            return Text(words), Choices(tuple(self._button(verb) for verb in verbs))
        key = form.answers[steps.WAY] if step == steps.ADDRESS else step
        ways_out = (self._button("back"), self._button("cancel")) if form.answers else (self._button("cancel"),)
        return Text(self.say(f"callback_ask_{key}")), Choices((*self._values(step), *ways_out))

    def unfit(self, form: Form, problem: str) -> tuple[Part, ...]:
        """What does not fit, then the step again."""
        key = _UNFIT_ADDRESS.get(problem, problem)
        if problem == steps.ADDRESS:
            key = _UNFIT_ADDRESS[form.answers[steps.WAY]]
        return Text(self.say(f"callback_unfit_{key}")), *self.step(form)

    def again(self, form: Form) -> tuple[Part, ...]:
        """The step again, after something else was said."""
        return Text(self.say("callback_step_again")), *self.step(form)

    def what_to_correct(self, form: Form) -> tuple[Part, ...]:
        """One button for each answer."""
        asked = [step for step in CORRECTABLE if step in form.answers]
        if form.answers.get(steps.WAY) == EMAIL:
            asked = [step for step in asked if step != steps.WHEN]
        buttons = tuple(Choice(f"callback:change/{step}", self.say(f"callback_label_{step}")) for step in asked)
        return Text(self.say("callback_what_to_correct")), Choices((*buttons, self._button("resume")))

    def summary(self, form: Form) -> str:
        """Every answer on a line of its own."""
        shown = {
            **form.answers,
            steps.WAY: self.say(f"callback_way_{form.answers[steps.WAY]}"),
            steps.ADDRESS: shown_address(form.answers[steps.WAY], form.answers[steps.ADDRESS]),
            steps.WHEN: self.moment(form.answers[steps.WHEN]),
            steps.LANGUAGE: OWN_NAMES[form.answers[steps.LANGUAGE]],
        }
        lines = [f"- {self._line(step, plain(shown[step]))}" for step in self._shown(form)]
        return "\n".join(lines)

    def moment(self, when: str) -> str:
        """When it suits: a button's title or the person's own words."""
        return self.say(f"callback_when_{when}") if when in MOMENTS else when

    def ended(self, key: str, **names: str) -> tuple[Part, ...]:
        """How the form ended, and ways on."""
        return Text(self.say(key, **names)), Choices((self._choice_human(), self._help()))

    def on_hold(self) -> tuple[Part, ...]:
        """The form waits, because something else is more important."""
        return Text(self.say("callback_on_hold")), Choices((self._button("resume"), self._button("cancel")))

    def confirmed(self, reference: str, deadline: datetime, now: datetime) -> tuple[Part, ...]:
        """It is with the team."""
        words = self.say("callback_confirmed", reference=reference, deadline=self._day_and_time(deadline, now))
        return Text(words), Choices((self._help(), self._button("withdraw")))

    def open_already(
        self, reference: str, deadline: datetime, now: datetime, appointed_at: datetime | None = None
    ) -> tuple[Part, ...]:
        """It has been with the team for some time, perhaps with an appointment."""
        key, moment = ("callback_appointed", appointed_at) if appointed_at else ("callback_open_already", deadline)
        words = self.say(key, reference=reference, deadline=self._day_and_time(moment, now))
        return Text(words), Choices((self._button("withdraw"), self._help()))

    def nothing_open(self) -> tuple[Part, ...]:
        """A button of a form that is gone."""
        return Text(self.say("callback_nothing_open")), Choices((self.start_button(), self._help()))

    def start_button(self) -> Choice:
        """The button that begins the form."""
        return Choice(CALL_BACK, self.say("callback_button_start"))

    def say(self, key: str, **names: str) -> str:
        """One text."""
        return self._speaker.say(key, self._language, **names)

    def _line(self, step: str, value: str) -> str:
        # The value last: what looks like a placeholder in it is not filled any more.
        return self.say("callback_line", label=self.say(f"callback_label_{step}"), value=value)

    def _values(self, step: str) -> tuple[Choice, ...]:
        if step == steps.WAY:
            return tuple(Choice(f"callback:way/{way}", self.say(f"callback_way_{way}")) for way in WAYS)
        if step == steps.WHEN:
            return tuple(Choice(f"callback:when/{each}", self.say(f"callback_when_{each}")) for each in MOMENTS)
        if step == steps.LANGUAGE:
            return tuple(Choice(f"callback:language/{code}", OWN_NAMES[code]) for code in LANGUAGES)
        return ()

    def _shown(self, form: Form) -> tuple[str, ...]:
        with_email = form.answers[steps.WAY] == EMAIL
        return tuple(step for step in CORRECTABLE if not (with_email and step == steps.WHEN))

    def _day_and_time(self, moment: datetime, now: datetime) -> str:
        local, today = moment.astimezone(BRUSSELS), now.astimezone(BRUSSELS).date()
        day = day_words(local.date(), today, self._language)
        time = time_words(local.time(), self._language, self._speaker)
        return self._speaker.say("agenda_at", self._language, day=day, time=time)

    def _button(self, verb: str) -> Choice:
        return Choice(f"callback:{verb}", self.say(f"callback_button_{verb}"))

    def _choice_human(self) -> Choice:
        return Choice(HUMAN, self.say("choice_human"))

    def _help(self) -> Choice:
        return Choice(HELP, self.say("choice_help"))


def shown_address(way: str, address: str) -> str:
    """An address or number as people read it."""
    return shown_telephone(address) if way == TELEPHONE else address
