"""What is no message: pieces that have come, receipts, reactions, and whether we may write unasked."""

from __future__ import annotations

from bot.services.conversations import ratings
from bot.services.messenger.happenings import NotificationsSet, Reacted, Seen, Sent
from bot.services.messenger.open_thread import OpenThread
from bot.store import message_changes, messenger_piece_rows, messenger_rows
from bot.store.contact_rows import HELD
from bot.store.message_rows import BOT
from bot.store.messenger_piece_rows import PieceRow


def take_sent(thread: OpenThread, sent: Sent) -> str:
    """Meta has the piece: it is not sent again.

    The numbers are those of a contact; one that was erased since may have had the same. So only the piece that is
    under way counts, or one that was sent.
    """
    person, numbers = thread.person, (sent.seq, sent.part)
    is_under_way = numbers == (person.sending_seq, person.sending_part)
    if not is_under_way and numbers > (person.delivered_seq, person.delivered_part):
        return "unknown"
    messenger_piece_rows.add(thread.connection, PieceRow(thread.contact.id, sent.seq, sent.part, sent.mid))
    messenger_rows.mark_delivered(thread.connection, thread.contact.id, sent.seq, sent.part)
    return "noted"


def take_seen(thread: OpenThread, seen: Seen) -> str:
    """Receipts only ever move forward."""
    before = thread.person.read_until if seen.is_read else thread.person.got_until
    if before is None or seen.until > before:
        thread.change(**{"read_until" if seen.is_read else "got_until": seen.until})
        if seen.is_read and thread.contact.handoff == HELD:
            thread.seen_by_person = thread.person.delivered_seq
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
