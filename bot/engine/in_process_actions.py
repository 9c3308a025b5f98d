"""Rasa's action endpoint without a server: the calls go to a function of this process."""

from __future__ import annotations

from typing import Any, Awaitable, Callable, Dict, Optional

from rasa.utils.endpoints import EndpointConfig

#: Takes a call's JSON body and gives the answer's.
RunAction = Callable[[Dict[str, Any]], Awaitable[Dict[str, Any]]]


class InProcessActions(EndpointConfig):
    """Stands where Rasa expects the address of the action server."""

    def __init__(self, run_action: RunAction) -> None:
        super().__init__(url="in-process", selective_domain=True)
        self._run_action = run_action

    async def request(
        self,
        method: str = "post",
        subpath: Optional[str] = None,
        content_type: Optional[str] = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Answer one call; only its JSON body matters."""
        return await self._run_action(kwargs["json"])
