"""Rasa's action endpoint without a server: the calls go to a function of this process."""

from __future__ import annotations

from typing import Any, Awaitable, Callable, Dict, Optional, Text

from rasa.utils.endpoints import EndpointConfig

#: Takes a call's JSON body and gives the answer's.
RunAction = Callable[[Dict[Text, Any]], Awaitable[Dict[Text, Any]]]


class InProcessActions(EndpointConfig):
    """Stands where Rasa expects the address of the action server."""

    def __init__(self, run_action: RunAction) -> None:
        super().__init__(url="in-process", selective_domain=True)
        self._run_action = run_action

    async def request(
        self,
        method: Text = "post",
        subpath: Optional[Text] = None,
        content_type: Optional[Text] = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Answer one call; only its JSON body matters."""
        return await self._run_action(kwargs["json"])
