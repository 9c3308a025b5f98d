"""The one place that asks what time it is: UTC inside, Europe/Brussels at the edge."""

from __future__ import annotations

from datetime import datetime, timezone


def now() -> datetime:
    """The present moment in UTC, with its time zone."""
    return datetime.now(timezone.utc)


def timestamp_id() -> str:
    """The moment as a sortable name for a folder, to the microsecond: `20261123T194500.123456Z`."""
    return now().strftime("%Y%m%dT%H%M%S.%fZ")
