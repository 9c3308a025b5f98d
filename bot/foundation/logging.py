"""Log events, not prose: a short name and fields, one JSON object a line on standard error.

What people write and personal data are never given to it; the callers log languages, intents,
counts and durations only.
"""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

_LOGGER = logging.getLogger("faqbot")


def log_event(name: str, /, **fields: Any) -> None:
    """Log one event at level INFO, as in `log_event("turn_answered", language="nl")`."""
    _LOGGER.info(_line(name, fields))


def log_problem(name: str, /, **fields: Any) -> None:
    """Log one event at level ERROR: something that the operator should look at."""
    _LOGGER.error(_line(name, fields))


def log_to_stderr(level: int = logging.INFO) -> None:
    """Send our events to standard error; called once by a process's entry point."""
    if not _LOGGER.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        _LOGGER.addHandler(handler)
    _LOGGER.setLevel(level)
    _LOGGER.propagate = False


def _line(name: str, fields: dict[str, Any]) -> str:
    return json.dumps({"event": name, **fields}, ensure_ascii=False, default=str)
