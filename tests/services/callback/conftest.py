"""The hand-off's fixtures, for callbacks that come from there."""

from __future__ import annotations

from tests.services.handoff.conftest import desk, empty_url, light

__all__ = ["desk", "empty_url", "light"]
