"""Takes one turn through Rasa's agent: language, understanding, rules, words; then state and reply in one write.

Used by the turn channel (server) and by the verbs that need no server.
"""

from __future__ import annotations

import asyncio
import time
import weakref
from dataclasses import dataclass
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.action_answers import keep_the_validator
from bot.engine.below_an_answer import read_below_an_answer
from bot.engine.list_context import read_below_a_list
from bot.engine.parse_data import FIELD, fields_of_choice
from bot.engine.remembered_predictions import remember_predictions
from bot.engine.reply_channel import CHANNEL_NAME, ReplyChannel
from bot.engine.tracker_state import new_tracker, state_of, tracker_from_state
from bot.engine.turn import InvalidTurn, Turn, TurnResult
from bot.engine.understanding_component import PRIOR_KEY
from bot.foundation.choices import NONE_OF_THESE, ChoiceId
from bot.foundation.languages import DEFAULT_LANGUAGE
from bot.foundation.logging import log_problem
from bot.foundation.names import CLARIFY, DENY, FAILED_TURNS_SLOT, FALLBACK, LANGUAGE_SLOT, OUT_OF_SCOPE
from bot.foundation.reply import Reply, Text
from bot.services.releases.active import ActiveContent
from bot.services.replies.compose import text as text_of
from bot.store.tracker_rows import TrackerRow, TrackerRows
from bot.understanding.message_text import clean

#: An action that takes longer is given up; the person gets an apology and the contact ways.
ACTION_SECONDS = 8.0

_FAILURES = frozenset({FALLBACK, OUT_OF_SCOPE, DENY})
#: A leading slash would make Rasa read typed text as a command; this mark is invisible and no space.
_NEUTRAL_MARK = "\u2060"


@dataclass(frozen=True)
class _Begun:
    """A turn whose message has been read."""

    tracker: DialogueStateTracker
    parse_data: dict[str, Any]
    parse_milliseconds: float


class Brain:
    """One per process. Turns of one conversation are taken one after the other."""

    def __init__(self, agent: Agent, rows: TrackerRows, content: ActiveContent) -> None:
        self.agent, self._rows, self._content = agent, rows, content
        self._prepared: MessageProcessor | None = None
        keep_the_validator()
        self._locks: weakref.WeakValueDictionary[str, asyncio.Lock] = weakref.WeakValueDictionary()

    async def take(self, turn: Turn) -> TurnResult:
        """Answer one turn; a turn id seen last gets its stored reply again.

        Raises TrackerRowsError when the database fails and NotReady while no model is loaded (retry both),
        InvalidTurn for a button whose topic or theme does not exist.
        """
        lock = self._locks.setdefault(turn.conversation, asyncio.Lock())
        async with lock:
            started = time.perf_counter()
            # In a thread: database and encoders let other turns go on meanwhile, on the other cores.
            begun = await asyncio.to_thread(self._begin, turn)
            if isinstance(begun, TurnResult):
                return begun
            tracker = begun.tracker
            reply, report = await self._answer(turn, begun)
            report["milliseconds"] = round(1000 * (time.perf_counter() - started), 1)
            result = TurnResult(reply.as_dict(), report)
            stored = {"reply": result.reply, "report": result.report}
            new_row = TrackerRow(turn.conversation, state_of(tracker), turn.id, stored)
            await asyncio.to_thread(self._rows.write, new_row)
            return result

    def _begin(self, turn: Turn) -> _Begun | TurnResult:
        """Read the conversation, and the message; the reply of before for a turn that was answered."""
        row = self._rows.read(turn.conversation)
        if row and row.turn_id == turn.id and row.reply:
            return TurnResult(row.reply["reply"], row.reply["report"], repeated=True)
        tracker = self._tracker(turn, row)
        prior = tracker.get_slot(LANGUAGE_SLOT) or turn.language_hint
        started = time.perf_counter()
        parse_data = self._parse(turn, prior, tracker)
        return _Begun(tracker, parse_data, 1000 * (time.perf_counter() - started))

    def _processor(self) -> MessageProcessor:
        processor = self.agent.processor
        if processor is None:
            raise NotReady("no model is loaded yet")
        if processor is not self._prepared:  # the first, or after another model was loaded
            remember_predictions(processor)
            self._prepared = processor
        return processor

    def _tracker(self, turn: Turn, row: TrackerRow | None) -> DialogueStateTracker:
        processor = self._processor()
        if row:
            tracker = tracker_from_state(turn.conversation, row.state, processor.domain)
        else:
            tracker = new_tracker(turn.conversation, processor.domain)
        tracker.model_id = processor.model_metadata.model_id
        tracker.assistant_id = processor.model_metadata.assistant_id
        return tracker

    async def _answer(self, turn: Turn, begun: _Begun) -> tuple[Reply, dict[str, Any]]:
        processor, channel, started = self._processor(), ReplyChannel(), time.perf_counter()
        tracker, parse_data = begun.tracker, begun.parse_data
        self._content.current()
        failures = int(tracker.get_slot(FAILED_TURNS_SLOT) or 0)
        report = dict(parse_data[FIELD])
        language = report.get("wanted_language") or report.get("language") or DEFAULT_LANGUAGE
        tracker.update(
            UserUttered(
                parse_data["text"],
                parse_data["intent"],
                parse_data["entities"],
                parse_data,
                input_channel=CHANNEL_NAME,
                message_id=turn.id,
            ),
            processor.domain,
        )
        tracker.update(SlotSet(LANGUAGE_SLOT, language), processor.domain)
        tracker = await processor.run_action_extract_slots(channel, tracker)
        await self._act(processor, channel, tracker)
        failed = parse_data["intent"]["name"] in _FAILURES
        if parse_data["intent"]["name"] != CLARIFY:
            failures = failures + 1 if failed else 0
        tracker.update(SlotSet(FAILED_TURNS_SLOT, failures), processor.domain)
        tracker.update(SlotSet(LANGUAGE_SLOT, language), processor.domain)
        report.pop("text", None)
        rules = 1000 * (time.perf_counter() - started)
        report.update(
            language=language,
            release=self._content.release_id,
            steps={"understanding": round(begun.parse_milliseconds, 1), "rules": round(rules, 1)},
        )
        return self._reply(channel, language), report

    async def _act(self, processor: MessageProcessor, channel: ReplyChannel, tracker: DialogueStateTracker) -> None:
        """Let the policies choose and run actions until the bot listens again.

        Rasa would wait five minutes for an action server that hangs; here the person gets an apology
        after a few seconds, and the conversation goes on from a proper listening state.
        """
        try:
            await asyncio.wait_for(processor._run_prediction_loop(channel, tracker), timeout=ACTION_SECONDS)
        except asyncio.TimeoutError:
            log_problem("actions_timed_out", seconds=ACTION_SECONDS)
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME), processor.domain)

    def _parse(self, turn: Turn, prior: str | None, tracker: DialogueStateTracker) -> dict[str, Any]:
        if turn.choice:
            self._check_choice(turn.choice)
            return {"text": str(turn.choice), **fields_of_choice(turn.choice, prior or DEFAULT_LANGUAGE)}
        typed = clean(turn.text or "")
        if typed and _same_words_after_an_answer(typed, tracker):
            fields = fields_of_choice(ChoiceId(NONE_OF_THESE), prior or DEFAULT_LANGUAGE)
            fields[FIELD]["repeated_words"] = True
            return {"text": typed, **fields}
        message = UserMessage(
            _NEUTRAL_MARK + typed if typed.startswith("/") else typed,
            sender_id=turn.conversation,
            metadata={PRIOR_KEY: prior},
        )
        processor = self._processor()
        # What `parse_message` does, without its copies for a log that we keep quiet (it would hold the words).
        parsed: dict[str, Any] = processor._parse_message_with_graph(message, tracker)
        processor._update_full_retrieval_intent(parsed)
        parsed["text"] = typed
        read = read_below_a_list(parsed, tracker, prior)
        return read if read is not parsed else read_below_an_answer(parsed, tracker, self._content.current())

    def _check_choice(self, choice: ChoiceId) -> None:
        content = self._content.current()
        known = {"topic": set(content.cards), "theme": set(content.themes)}.get(choice.kind)
        if known is not None and choice.value not in known:
            raise InvalidTurn("unknown_choice", "this choice is not offered any more")

    def _reply(self, channel: ReplyChannel, language: str) -> Reply:
        reply = channel.reply(language)
        if reply.parts:
            return reply
        apology = text_of("no_answer", language, self._content.current())
        return Reply(language, (Text(apology),))


class NotReady(RuntimeError):
    """The agent has no model yet. A retry helps."""


def _same_words_after_an_answer(typed: str, tracker: DialogueStateTracker) -> bool:
    before = tracker.latest_message
    if before is None or not before.text or not before.parse_data:
        return False
    answered = bool(before.parse_data.get("response_selector"))
    topic = before.parse_data.get("intent", {}).get("name") != "smalltalk"
    return answered and topic and before.text.casefold() == typed.casefold()
