"""What stands behind the tools of a conversation. Put together by `bot.app`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.services.canned.canned import CANNED_FILE, CannedReply, read_canned
from bot.services.content.live_file import LiveFile
from bot.services.content.model import Content, Words
from bot.services.handoff.handoffs import Handoffs
from bot.services.notices.current import CurrentNotices
from bot.services.notices.notices import NOTICES_FILE
from bot.services.proposals.proposals import Proposals
from bot.services.suggestions.suggestions import Suggestions
from bot.services.talks.notes import Notes
from bot.services.talks.tag_list import TAGS_FILE, read_tags
from bot.services.talks.tags import Tags
from bot.store.database import Database


@dataclass(frozen=True)
class ToolParts:
    """`canned` and `tag_titles` give what stands in their files at this moment; `site` is how people reach it all."""

    suggestions: Suggestions
    proposals: Proposals
    notes: Notes
    tags: Tags
    canned: Callable[[], tuple[CannedReply, ...]]
    tag_titles: Callable[[], dict[str, Words]]
    site: str | None


def tool_parts(
    database: Database, draft: Path, site: str | None, handoffs: Handoffs, content: Callable[[], Content]
) -> ToolParts:
    """All of them, on one database. `content` is what the bot says at this moment."""
    suggestions = Suggestions(database, handoffs, content, CurrentNotices(draft / NOTICES_FILE).about)
    canned: LiveFile[tuple[CannedReply, ...]] = LiveFile(draft / CANNED_FILE, read_canned, ())
    titles: LiveFile[dict[str, Words]] = LiveFile(draft / TAGS_FILE, read_tags, {})
    proposals = Proposals(database, lambda topic: topic in content().cards)
    return ToolParts(suggestions, proposals, Notes(database), Tags(database), canned.content, titles.content, site)
