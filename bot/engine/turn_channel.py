"""The one door into Rasa: `POST /webhooks/turn/turns`, for the gateway and the operator's verbs.

Wants the deployment's shared secret as a bearer token. Named in `credentials.yml`.
"""

from __future__ import annotations

import hmac
from typing import Any, Awaitable, Callable, Dict, Optional

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.engine.brain import Brain, NotReady
from bot.engine.reply_channel import CHANNEL_NAME
from bot.engine.turn import InvalidTurn, read_turn
from bot.foundation.garbage import spare_what_is_loaded
from bot.foundation.kept_secrets import read_brain_secret
from bot.foundation.logging import log_event, log_problem, log_to_stderr
from bot.foundation.settings import PROJECT_FOLDER, read_settings
from bot.services.releases.active import ActiveContent
from bot.store.tracker_rows import TrackerRows, TrackerRowsError, tracker_database


class TurnChannel(InputChannel):
    """Takes turns as JSON and answers with reply and report. Built by Rasa from `credentials.yml`."""

    def __init__(self, secret: Optional[str]) -> None:
        log_to_stderr()
        settings = read_settings()
        self._secret = secret
        self._rows = TrackerRows(tracker_database(settings))
        self._content = ActiveContent(settings.releases_folder, draft=PROJECT_FOLDER / "data")
        self._brain: Optional[Brain] = None
        self._spared: Any = None

    @classmethod
    def name(cls) -> str:
        return CHANNEL_NAME

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[str, Any]]) -> InputChannel:
        """The secret comes from the setting or from the data folder, never from the file in git."""
        return cls(read_brain_secret(read_settings()))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes: `/` tells that the door is open, `/turns` takes a turn."""
        blueprint = Blueprint("turn_channel", __name__)

        @blueprint.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            agent = getattr(request.app.ctx, "agent", None)
            ready = agent is not None and agent.is_ready()
            if ready:
                self._spare(agent)
            return response.json({"ready": ready}, status=200 if ready else 503)

        @blueprint.route("/turns", methods=["POST"])
        async def take(request: Request) -> HTTPResponse:
            return await self._take(request)

        return blueprint

    def _spare(self, agent: Any) -> None:
        # Asked for before the first turn and every few seconds, so a new model is spared before it has much to do.
        if self._spared is agent:
            return
        self._spared = agent
        if self._brain is not None and self._brain.agent is not agent:
            self._brain = None  # holds the old model
        spare_what_is_loaded()

    async def _take(self, request: Request) -> HTTPResponse:
        if not self._may_enter(request.headers.get("authorization", "")):
            return _problem(403, "forbidden", "the shared secret is missing or wrong")
        try:
            turn = read_turn(_json(request))
            result = await self._brain_of(request).take(turn)
        except InvalidTurn as error:
            return _problem(422, error.code, str(error))
        except NotReady:
            return _problem(503, "not_ready", "no model is loaded yet", retryable=True)
        except TrackerRowsError as error:
            log_problem("tracker_database_failed", cause=str(error))
            return _problem(503, "database", "the database did not answer", retryable=True)
        except Exception as error:  # the gateway retries and then sets the message aside
            log_problem("turn_failed", cause=type(error).__name__)
            return _problem(500, "internal", "the turn failed", retryable=True)
        report = result.report
        log_event(
            "turn_answered",
            language=report["language"],
            intent=report["intent"],
            decision=report["decision"],
            milliseconds=report["milliseconds"],
            repeated=result.repeated,
        )
        return response.json(result.as_dict())

    def _may_enter(self, authorization: str) -> bool:
        if not self._secret:
            return False
        given = authorization.encode("utf-8", "replace")
        return hmac.compare_digest(given, f"Bearer {self._secret}".encode())

    def _brain_of(self, request: Request) -> Brain:
        agent = getattr(request.app.ctx, "agent", None)
        if agent is None:
            raise NotReady("the agent is not loaded yet")
        if self._brain is None or self._brain.agent is not agent:
            self._brain = Brain(agent, self._rows, self._content)
        return self._brain


def _json(request: Request) -> Any:
    try:
        return request.json
    except Exception:
        raise InvalidTurn("not_json", "the body should be JSON in UTF-8") from None


def _problem(status: int, code: str, title: str, retryable: bool = False) -> HTTPResponse:
    return response.json(
        {"code": code, "title": title, "retryable": retryable},
        status=status,
        content_type="application/problem+json",
    )
