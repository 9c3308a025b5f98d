"""The hand-off's fixtures, for what counsellors do with a talk."""

from __future__ import annotations

from tests.services.handoff.conftest import empty_url, light, staffed

__all__ = ["empty_url", "light", "staffed"]
