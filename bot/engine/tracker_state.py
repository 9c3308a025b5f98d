"""What of a conversation is kept between turns: slots, active loop and the last turns only.

Rules look at one turn, so a message late in a long conversation costs no more than an early one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    Event,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses

#: So many turns are kept; the composer looks one answer back, the clarify ladder two.
KEPT_TURNS = 3


def new_tracker(conversation: str, domain: Domain) -> DialogueStateTracker:
    """A conversation that has just begun and waits for the person."""
    return _tracker(conversation, domain, [])


def tracker_from_state(conversation: str, state: dict[str, Any], domain: Domain) -> DialogueStateTracker:
    """The conversation as it stood after its last turn."""
    events: list[Event] = [
        SlotSet(name, value) for name, value in state["slots"].items() if name in {slot.name for slot in domain.slots}
    ]
    if state.get("loop"):
        events.append(ActiveLoop(state["loop"]))
    events.extend(_event(kept) for kept in state["events"] if kept["event"] in _kinds())
    return _tracker(conversation, domain, events)


def state_of(tracker: DialogueStateTracker) -> dict[str, Any]:
    """JSON-ready state to keep: the values of the slots and the events of the last turns."""
    return {
        "slots": {
            name: slot.value
            for name, slot in tracker.slots.items()
            if slot.value is not None and not name.startswith("session_started")
        },
        "loop": tracker.active_loop.name if tracker.active_loop else None,
        "events": [event.as_dict() for event in _last_turns(list(tracker.events))],
    }


def _tracker(conversation: str, domain: Domain, events: list[Event]) -> DialogueStateTracker:
    beginning: list[Event] = [
        ActionExecuted(ACTION_SESSION_START_NAME),
        SessionStarted(),
        ActionExecuted(ACTION_LISTEN_NAME),
    ]
    tracker = DialogueStateTracker(conversation, domain.slots)
    for event in (*beginning, *events):
        tracker.update(event, domain)
    return tracker


def _event(kept: dict[str, Any]) -> Event:
    # Rasa's own way walks through all classes of events for each event.
    return _kinds()[kept["event"]]._from_parameters(kept)


@lru_cache(maxsize=1)
def _kinds() -> dict[str, type[Event]]:
    return {kind.type_name: kind for kind in all_subclasses(Event)}


def _last_turns(events: list[Event]) -> list[Event]:
    for index in range(len(events) - 1, -1, -1):
        if isinstance(events[index], (Restarted, SessionStarted)):
            events = events[index + 1 :]
            break
    starts = [index for index, event in enumerate(events) if isinstance(event, UserUttered)]
    kept = events[starts[-KEPT_TURNS] :] if len(starts) >= KEPT_TURNS else events[starts[0] :] if starts else []
    return [event for event in kept if not isinstance(event, SlotSet)]
