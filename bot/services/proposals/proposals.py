"""Phrases and answers that counsellors propose to the content team, and what became of them.

For the desk and for `faqbot proposals`. Texts are masked before they are stored, and go when the person is erased.
Every call is one short transaction; raises DatabaseError.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.foundation import clock
from bot.foundation.ids import uuid7
from bot.services.handoff.form_turns import new_reference
from bot.services.privacy.mask import mask
from bot.store import contact_rows, handoff_rows, message_rows, presence_rows, proposal_rows
from bot.store.database import Connection, Database
from bot.store.message_rows import VISITOR
from bot.store.proposal_rows import OPEN, REFUSED, TAKEN, ProposalRow

#: A way of asking for a topic; what should be answered.
PHRASE, ANSWER = "phrase", "answer"
KINDS: tuple[str, ...] = (PHRASE, ANSWER)
ENDS: tuple[str, ...] = (TAKEN, REFUSED)
EVERY: tuple[str, ...] = (OPEN, TAKEN, REFUSED)
LONGEST = {PHRASE: 500, ANSWER: 4000}
LONGEST_COMMENT = 1000
_MOST = 500


class ProposalRefused(ValueError):
    """`reason` is empty, too_long, no_kind, no_topic or no_message; nothing was kept."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the proposal is refused: {reason.replace('_', ' ')}")
        self.reason = reason


class UnknownProposal(LookupError):
    """No proposal has this reference (any more)."""


class ProposalEnded(ValueError):
    """Somebody has taken or refused it already."""


@dataclass(frozen=True)
class Proposal:
    """`topic` None is one that is not there yet; `by` and `ended_by` are names; `state` is open, taken or refused."""

    reference: str
    kind: str
    topic: str | None
    language: str
    text: str
    comment: str | None
    by: str
    at: datetime
    state: str
    ended_at: datetime | None
    ended_by: str | None
    outcome: str | None

    @property
    def is_open(self) -> bool:
        """Whether nobody has taken or refused it yet."""
        return self.state == OPEN

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready form; times in UTC."""
        ended_at = self.ended_at.isoformat(timespec="seconds") if self.ended_at else None
        return {**self.__dict__, "at": self.at.isoformat(timespec="seconds"), "ended_at": ended_at}


class Proposals:
    """One per process. `is_topic` says whether the content has a topic; commands that add none need not know."""

    def __init__(
        self,
        database: Database,
        is_topic: Callable[[str], bool] = lambda topic: False,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        self._database, self._is_topic, self._now = database, is_topic, now

    def draft(self, handoff_id: str, message_id: str) -> tuple[str, str] | None:
        """The masked words of a visitor's message and their language, to begin with; None for what is no such."""
        with self._database.reading() as connection:
            found = self._message(connection, handoff_id, message_id)
        return None if found is None else (mask(found[1]), found[2])

    def add(
        self,
        handoff_id: str,
        message_id: str,
        staff: str,
        kind: str,
        topic: str,
        text: str,
        comment: str = "",
    ) -> str:
        """Keep a proposal about a visitor's message; its reference. An empty `topic` is one that is not there yet.
        Raises ProposalRefused."""
        words, note = text.strip(), comment.strip()
        if kind not in KINDS:
            raise ProposalRefused("no_kind")
        if topic and not self._is_topic(topic):
            raise ProposalRefused("no_topic")
        if not words:
            raise ProposalRefused("empty")
        if len(words) > LONGEST[kind] or len(note) > LONGEST_COMMENT:
            raise ProposalRefused("too_long")
        with self._database.writing() as connection:
            found = self._message(connection, handoff_id, message_id)
            if found is None or contact_rows.lock(connection, found[0]) is None:
                raise ProposalRefused("no_message")
            reference = new_reference()
            while proposal_rows.find(connection, reference):
                reference = new_reference()
            row = ProposalRow(
                *(uuid7(), reference, found[0], kind, topic or None, found[2], mask(words), mask(note) or None),
                staff,
                self._now(),
            )
            proposal_rows.add(connection, row)
        return reference

    def list(self, states: tuple[str, ...] = (OPEN,), count: int = _MOST) -> list[Proposal]:
        """The newest first."""
        with self._database.reading() as connection:
            return [_shown(connection, row) for row in proposal_rows.in_states(connection, states, count)]

    def show(self, reference: str) -> Proposal:
        """One. Raises UnknownProposal."""
        with self._database.reading() as connection:
            return _shown(connection, _found(connection, reference))

    def close(self, reference: str, staff: str, state: str, outcome: str = "") -> Proposal:
        """Take or refuse it, with a word why. Raises UnknownProposal, ProposalEnded, ProposalRefused."""
        why = outcome.strip()
        if state not in ENDS:
            raise ProposalRefused("no_kind")
        if len(why) > LONGEST_COMMENT:
            raise ProposalRefused("too_long")
        with self._database.writing() as connection:
            row = _found(connection, reference)
            if not proposal_rows.end(connection, row, state, self._now(), staff, mask(why) or None):
                raise ProposalEnded(f"the proposal {row.reference} is {row.state} already")
            return _shown(connection, _found(connection, reference))

    def _message(self, connection: Connection, handoff_id: str, message_id: str) -> tuple[str, str, str] | None:
        """Contact, words and language of a visitor's message in the thread of a talk."""
        handoff, message = handoff_rows.find(connection, handoff_id), message_rows.find(connection, message_id)
        if handoff is None or message is None:
            return None
        if message.contact_id != handoff.contact_id or message.role != VISITOR:
            return None
        return handoff.contact_id, message.text or message.choice_title or "", message.language or handoff.language


def _found(connection: Connection, reference: str) -> ProposalRow:
    row = proposal_rows.find(connection, reference.strip().upper())
    if row is None:
        raise UnknownProposal(f"no proposal has the reference {reference.strip()[:12]!r}")
    return row


def _shown(connection: Connection, row: ProposalRow) -> Proposal:
    return Proposal(
        *(row.reference, row.kind, row.topic, row.language, row.text, row.comment),
        _name_of(connection, row.staff),
        row.at,
        row.state,
        row.ended_at,
        _name_of(connection, row.ended_by) if row.ended_by else None,
        row.outcome,
    )


def _name_of(connection: Connection, staff: str) -> str:
    known = presence_rows.find(connection, staff)
    return known.name if known else staff
