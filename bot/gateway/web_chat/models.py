"""The shapes of the chat's requests and responses, for the OpenAPI description."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

_CLIENT_ID = r"^[A-Za-z0-9_-]{8,64}$"


class MessageIn(BaseModel):
    """A visitor's message: text or choice, never both."""

    client_id: str = Field(
        ..., regex=_CLIENT_ID, description="Drawn at random by the sender; sent twice, stored once."
    )
    text: str | None = Field(None, min_length=1, max_length=1000)
    choice: str | None = Field(None, max_length=128, description="As in bot/foundation/choices.py.")
    choice_title: str | None = Field(None, max_length=200)
    language: Literal["fr", "nl", "en"] | None = None
    page: str | None = Field(None, max_length=300)

    class Config:
        extra = "forbid"


class MessageOut(BaseModel):
    """The message is stored; the answer comes as an event."""

    message_id: str
    event: int
    repeated: bool
    token: str | None = Field(None, description="Only when none was sent.")


class RatingIn(BaseModel):
    """A thumb under an answer."""

    value: Literal["up", "down"]
    comment: str | None = Field(None, max_length=500)

    class Config:
        extra = "forbid"


class RestartIn(BaseModel):
    """Begin a new conversation."""

    client_id: str = Field(..., regex=_CLIENT_ID)

    class Config:
        extra = "forbid"


class SeenIn(BaseModel):
    """What the visitor has before their eyes."""

    event: int = Field(..., ge=0, lt=10**9, description="The number of the last event that a visible page shows.")

    class Config:
        extra = "forbid"


class EventOut(BaseModel):
    """One event, as in the stream."""

    seq: int
    kind: str
    data: dict[str, Any]


class HistoryOut(BaseModel):
    """All that was said, and where the stream goes on."""

    language: str | None = Field(..., description="Null as long as no answer has told it.")
    last_event: int
    events: list[EventOut]

    class Config:
        @staticmethod
        def schema_extra(schema: dict[str, Any]) -> None:
            """A language may be null; by itself the description would leave that out."""
            schema["properties"]["language"]["type"] = ["string", "null"]


class StarterOut(BaseModel):
    """A question to begin with: a choice and its title."""

    id: str
    title: str


class NoticeOut(BaseModel):
    """A dated announcement of the centre."""

    id: str
    html: str


class LinkOut(BaseModel):
    """A way to reach people."""

    title: str
    url: str


class StartOut(BaseModel):
    """What is shown before the first message."""

    language: Literal["fr", "nl", "en"]
    assistant_name: str
    greeting_html: str
    starters: list[StarterOut]
    notices: list[NoticeOut]
    texts: dict[str, str] = Field(..., description="The widget's words, as in data/texts/widget.yml.")
    contact: list[LinkOut]
    privacy_url: str | None = Field(...)
    max_characters: int

    class Config:
        @staticmethod
        def schema_extra(schema: dict[str, Any]) -> None:
            """The address may be null; by itself the description would leave that out."""
            schema["properties"]["privacy_url"]["type"] = ["string", "null"]


class ProblemOut(BaseModel):
    """An error. `code` is stable."""

    code: str
    title: str
    retryable: bool
    field: str | None = None
