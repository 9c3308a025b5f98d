"""Collects what Rasa says in one turn and makes it one `Reply`."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa.core.channels.channel import OutputChannel

from bot.foundation.reply import Choice, Choices, Part, Reply, Text, part_from_dict

#: The name under which Rasa knows our door.
CHANNEL_NAME = "turn"


class ReplyChannel(OutputChannel):
    """One per turn; nothing is sent from here."""

    def __init__(self) -> None:
        self._messages: List[Dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        return CHANNEL_NAME

    async def send_response(self, recipient_id: str, message: Dict[str, Any]) -> None:
        """Keep one message; an action's `custom` payload may bring ready parts under the key `parts`."""
        self._messages.append(message)

    def reply(self, language: str) -> Reply:
        """All that was said, in order; choices of several messages are offered once, at the end."""
        parts: list[Part] = []
        choices: dict[str, Choice] = {}
        topic = as_of = None
        for message in self._messages:
            if (message.get("text") or "").strip():
                parts.append(Text(message["text"]))
            for part in (message.get("custom") or {}).get("parts", ()):
                ready = part_from_dict(part)
                if isinstance(ready, Choices):
                    choices.update({choice.id: choice for choice in ready.items})
                else:
                    parts.append(ready)
            for button in message.get("buttons") or ():
                choices.setdefault(button["payload"], Choice(button["payload"], button["title"]))
            topic = message.get("topic") or topic
            as_of = message.get("as_of") or as_of
        if choices:
            parts.append(Choices(tuple(choices.values())))
        return Reply(language, tuple(parts), topic=topic, as_of=as_of)
