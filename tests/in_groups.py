"""Which tests run in one process, one after another, and which of these groups begin first.

Tests that share a running bot, a browser's door or a gateway stay together, so that each of these starts once and
not once in every process. What takes long begins early, so that no process works alone at the end.
"""

from __future__ import annotations

import pytest

#: Fixtures that start servers for the whole run; the first that a test uses, itself or by another one, decides.
_SHARED = ("door", "bot", "gateway", "local", "understander")
#: The longest first: groups, or beginnings of paths.
_EARLY = (
    "door",
    "tests/gateway/messenger/test_generated_bodies.py",
    "tests/property",
    "gateway",
    "tests/gateway/test_failures.py",
    "bot",
    "tests/processes",
    "tests/desk/test_many.py",
    "tests/gateway/test_two_gateways.py",
    "tests/browser",
    "tests/gateway/messenger/test_killed.py",
    "tests/gateway/messenger",
)


def put_in_groups(items: list[pytest.Item]) -> None:
    """Mark every test with its group, and sort them; the order within a group stays."""
    groups = {item.nodeid: _group_of(item) for item in items}
    for item in items:
        item.add_marker(pytest.mark.xdist_group(groups[item.nodeid]))
    items.sort(key=lambda item: _rank(groups[item.nodeid]))


def _group_of(item: pytest.Item) -> str:
    fixtures = getattr(item, "fixturenames", ())
    shared = next((name for name in _SHARED if name in fixtures), None)
    if shared is None:
        return item.nodeid.partition("::")[0]
    if shared != "gateway":
        return shared
    # Another database is another gateway; so is one for which a test does not choose.
    callspec = getattr(item, "callspec", None)
    return f"gateway/{callspec.params.get('database', 'default') if callspec else 'default'}"


def _rank(group: str) -> int:
    return next((place for place, name in enumerate(_EARLY) if group.startswith(name)), len(_EARLY))
