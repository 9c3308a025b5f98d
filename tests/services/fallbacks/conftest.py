"""The databases of `tests.databases` as fixtures of this folder."""

from __future__ import annotations

from tests.databases import door, empty_url

__all__ = ["door", "empty_url"]
