"""The states of a hand-off and which may follow which. Pure."""

from __future__ import annotations

WAITING, WITH_COUNSELLOR, CLOSED, EXPIRED, CANCELLED, CALLBACK_OPEN, CALLBACK_DONE, CALLBACK_MISSED = (
    "waiting",
    "with_counsellor",
    "closed",
    "expired",
    "cancelled",
    "callback_open",
    "callback_done",
    "callback_missed",
)

#: None is the beginning. Passed on to a colleague, a talk waits until they take it. A callback that came too
#: late is better than none, so a missed one can still be done, and with an appointment it is open again.
FOLLOWING: dict[str | None, frozenset[str]] = {
    None: frozenset({WAITING, CALLBACK_OPEN}),
    WAITING: frozenset({WITH_COUNSELLOR, EXPIRED, CANCELLED}),
    WITH_COUNSELLOR: frozenset({WAITING, CLOSED}),
    EXPIRED: frozenset({CALLBACK_OPEN}),
    CALLBACK_OPEN: frozenset({CALLBACK_DONE, CALLBACK_MISSED, CANCELLED}),
    CALLBACK_MISSED: frozenset({CALLBACK_DONE, CALLBACK_OPEN}),
    CLOSED: frozenset(),
    CANCELLED: frozenset(),
    CALLBACK_DONE: frozenset(),
}

#: Why a person was wanted: said so, two failures, a thumb down, danger, a topic that offers it.
ASKED, FAILURES, THUMB_DOWN, CRISIS, TOPIC = "asked", "failures", "thumb_down", "crisis", "topic"

#: Who changed a state, besides members of staff by their id.
VISITOR, SYSTEM = "visitor", "system"


class NotPossible(ValueError):
    """This state does not follow that one. A retry does not help."""


def check_change(before: str | None, after: str) -> None:
    """Raise NotPossible unless `after` may follow `before`."""
    if after not in FOLLOWING[before]:
        raise NotPossible(f"a hand-off that is {before or 'new'} cannot become {after}")
