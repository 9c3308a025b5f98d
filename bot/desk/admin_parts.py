"""What the administrators' pages need beside the rest of the desk, put together in `bot.app`."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from bot.services.opening_hours.editor import HoursEditor
from bot.services.staff.administration import Administration


@dataclass(frozen=True)
class AdminParts:
    """`public_url` is how people reach the site, None where the deployment does not say."""

    administration: Administration
    hours: HoursEditor
    public_url: str | None

    def site_of(self, request: Request) -> str:
        """Where a link has to begin; without a setting, as the administrator's own browser has come here."""
        return self.public_url or f"{request.url.scheme}://{request.url.netloc}"
