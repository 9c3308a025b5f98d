"""In which order the files of tests are run: what takes long begins early, so that no process works alone at the end.

`make test` gives whole files to its processes, in this order.
"""

from __future__ import annotations

import pytest

#: Beginnings of paths, the longest first; all others come behind them.
_EARLY = (
    "tests/gateway/messenger/test_generated_bodies.py",
    "tests/browser/test_activities.py",
    "tests/property",
    "tests/gateway/test_failures.py",
    "tests/browser",
    "tests/processes",
    "tests/desk/test_many.py",
    "tests/gateway/test_two_gateways.py",
    "tests/gateway/messenger",
    "tests/gateway",
    "tests/desk",
)


def long_ones_first(items: list[pytest.Item]) -> None:
    """Sort by file; the order within a file stays."""
    items.sort(key=lambda item: _rank(item.nodeid))


def _rank(nodeid: str) -> int:
    return next((place for place, start in enumerate(_EARLY) if nodeid.startswith(start)), len(_EARLY))
