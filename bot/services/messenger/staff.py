"""What staff does in the page's own inbox, or another app: the bot is silent, and the thread keeps what was said."""

from __future__ import annotations

from bot.foundation.ids import uuid7
from bot.foundation.reply import Reply, Text
from bot.services.conversations import events, intake
from bot.services.messenger.happenings import StaffWrote, ThreadMoved
from bot.services.messenger.open_thread import OpenThread
from bot.services.messenger.silence import came_back
from bot.store import contact_rows, conversation_rows, message_rows
from bot.store.message_rows import COUNSELLOR, MessageRow
from bot.store.messenger_rows import OURS


def take_staff_wrote(thread: OpenThread, wrote: StaffWrote) -> str:
    """Keep the words as a counsellor's, and be silent: what waits for the bot is staff's to answer."""
    if message_rows.by_client(thread.connection, thread.contact.id, wrote.client_id):
        return "repeated"
    changes = thread.silence.staff_wrote(thread.person, thread.moment(wrote.thread))
    if changes:
        thread.change(**changes)
        message_rows.silence(thread.connection, thread.contact.id)
        thread.wants_bot = False
    words = wrote.text or thread.say(f"messenger_title_{wrote.what}", thread.language)
    conversation = intake.current_conversation(thread.connection, thread.contact, thread.now, thread.page.name)
    row = MessageRow(
        id=uuid7(),
        contact_id=thread.contact.id,
        conversation_id=conversation.id,
        event=thread.contact.last_event + 1,
        role=COUNSELLOR,
        created_at=thread.now,
        client_id=wrote.client_id,  # tells the sender that the person has it already, see `outgoing`
        reply=Reply(thread.language, (Text(words),)).as_dict(),
        language=thread.contact.language,
    )
    thread.tell(events.add_message(thread.connection, row))
    contact_rows.change(thread.connection, thread.contact.id, last_event=row.event)
    conversation_rows.touch(thread.connection, conversation.id, thread.now, None)
    return "stored"


def take_thread_moved(thread: OpenThread, moved: ThreadMoved) -> str:
    """The thread is another app's from now on, or ours again."""
    at = thread.moment(moved.thread)
    if moved.is_ours:
        thread.change(**came_back(at))
        return "returned"
    changes = thread.silence.moved_away(thread.person, at)
    if thread.person.thread_since is not None and at < thread.person.thread_since and thread.person.thread == OURS:
        return "outdated"
    thread.change(**changes)
    message_rows.silence(thread.connection, thread.contact.id)
    thread.wants_bot = False
    return "moved_away"
