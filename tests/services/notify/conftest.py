"""The hand-off's fixture, for notices of what happens there."""

from __future__ import annotations

from tests.services.handoff.conftest import light

__all__ = ["light"]
