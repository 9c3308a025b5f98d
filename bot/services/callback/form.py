"""The callback form as a value: which answers it has and which step comes next. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NAME, WAY, ADDRESS, WHEN, QUESTION, LANGUAGE, CONSENT = (
    "name",
    "way",
    "address",
    "when",
    "question",
    "language",
    "consent",
)
#: In the order in which they are asked. Consent is asked last and never kept as an answer: it sends.
STEPS: tuple[str, ...] = (NAME, WAY, ADDRESS, WHEN, QUESTION, LANGUAGE, CONSENT)
#: Steps that a person may answer anew before sending.
CORRECTABLE: tuple[str, ...] = STEPS[:-1]

EMAIL, TELEPHONE, VIDEO = "email", "telephone", "video"
WAYS: tuple[str, ...] = (EMAIL, TELEPHONE, VIDEO)
#: Offered as buttons; own words are as good.
MOMENTS: tuple[str, ...] = ("any", "morning", "afternoon", "thursday")

_ANY_TIME = MOMENTS[0]


@dataclass(frozen=True)
class Form:
    """What was answered so far, by step."""

    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def step(self) -> str:
        """The step to ask: the first without an answer."""
        return next(step for step in STEPS if step not in self.answers)

    @property
    def is_complete(self) -> bool:
        """Whether only consent is missing."""
        return self.step == CONSENT

    def filled(self, **answers: str) -> Form:
        """The form with answers put in. A letter comes at any time, so with e-mail that is not asked."""
        kept = {**self.answers, **answers}
        if kept.get(WAY) == EMAIL:
            kept[WHEN] = _ANY_TIME
        return Form(kept)

    def without(self, step: str) -> Form:
        """The form with one step to be asked again; another way needs another address and time."""
        gone = {step}
        if step == WAY:
            gone |= {ADDRESS, WHEN}
        return Form({key: value for key, value in self.answers.items() if key not in gone})

    def with_way(self, way: str) -> Form:
        """The form with a way; the address stays when the new way uses the same kind."""
        before = self.answers.get(WAY)
        kept = self if before == way or {before, way} == {EMAIL, VIDEO} else self.without(WAY)
        if before == EMAIL and way == VIDEO:
            kept = kept.without(WHEN)
        return kept.filled(way=way)

    def back(self) -> Form:
        """The form one step earlier; a step that was not asked is not gone back to."""
        asked = [step for step in STEPS if not (step == WHEN and self.answers.get(WAY) == EMAIL)]
        earlier = asked[max(0, asked.index(self.step) - 1)]
        return self.without(earlier)
