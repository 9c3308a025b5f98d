"""What is no message: pieces that have come, receipts, reactions, and whether we may write unasked."""

from __future__ import annotations

from datetime import timedelta

from bot.services.conversations import ratings
from bot.services.messenger.happenings import NotificationsSet, Reacted, Seen, Sent
from bot.services.messenger.open_thread import OpenThread
from bot.store import message_changes, messenger_piece_rows, messenger_rows
from bot.store.message_rows import BOT
from bot.store.messenger_piece_rows import PieceRow

#: Meta's clock and ours may differ by so much.
_CLOCKS_APART = timedelta(seconds=10)


def take_sent(thread: OpenThread, sent: Sent) -> str:
    """Meta has the piece: it is not sent again. One of a contact that was erased since says nothing of this one."""
    is_early = sent.thread.at is not None and sent.thread.at < thread.person.created_at - _CLOCKS_APART
    if sent.seq > thread.contact.last_event or is_early:
        return "unknown"
    messenger_rows.mark_delivered(thread.connection, thread.contact.id, sent.seq, sent.part)
    piece = PieceRow(thread.contact.id, sent.seq, sent.part, sent.mid)
    messenger_piece_rows.add(thread.connection, piece)
    return "noted"


def take_seen(thread: OpenThread, seen: Seen) -> str:
    """Receipts only ever move forward."""
    before = thread.person.read_until if seen.is_read else thread.person.got_until
    if before is None or seen.until > before:
        thread.change(**{"read_until" if seen.is_read else "got_until": seen.until})
    return "noted"


def take_reacted(thread: OpenThread, reacted: Reacted) -> str:
    """A thumb on an answer of the bot is a vote, as the buttons below it are."""
    at, last = thread.moment(reacted.thread), thread.person.last_from_person_at
    if last is None or at > last:
        thread.change(last_from_person_at=at)
    piece = messenger_piece_rows.of_mid(thread.connection, thread.contact.id, reacted.mid)
    row = message_changes.of_event(thread.connection, thread.contact.id, piece.seq) if piece else None
    if row is None or row.role != BOT or reacted.value is None:
        return "noted"
    is_new = row.rating != reacted.value
    ratings.rate(thread.connection, thread.contact.id, row.id, reacted.value, None, thread.now)
    thread.reread()
    if is_new:
        thread.is_changed = True
        if reacted.value == ratings.DOWN:
            thread.voted_down.append(row.id)
    return "rated"


def take_notifications(thread: OpenThread, chosen: NotificationsSet) -> str:
    """Kept, so that nobody writes unasked to a person who wants no such messages."""
    thread.change(opted_out_at=None if chosen.is_allowed else thread.moment(chosen.thread))
    return "noted"
