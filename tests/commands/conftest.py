"""The hand-off's fixture, for verbs that show what happened there."""

from __future__ import annotations

from tests.services.handoff.conftest import light

__all__ = ["light"]
