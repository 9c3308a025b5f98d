"""Runs the custom actions in this process, for the verbs that need no action server."""

from __future__ import annotations

from typing import Any

from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException


async def run_action(call: dict[str, Any]) -> dict[str, Any]:
    """Answer one call as the action server would: `{"events": [...], "responses": [...]}`.

    Raises LookupError for an action that does not exist or rejects the call.
    """
    executor = ActionExecutor()
    executor.register_package("actions")
    try:
        result: dict[str, Any] | None = await executor.run(call)
    except (ActionNotFoundException, ActionExecutionRejection) as error:
        raise LookupError(str(error)) from None
    return result or {"events": [], "responses": []}
