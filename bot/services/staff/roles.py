"""The roles of staff and what each may do. Pure."""

from __future__ import annotations

COUNSELLOR, ANALYST, EDITOR, ADMINISTRATOR = "counsellor", "analyst", "editor", "administrator"
ROLES: tuple[str, ...] = (COUNSELLOR, ANALYST, EDITOR, ADMINISTRATOR)

#: To talk with visitors and call them back.
TALK = "talk"
#: To look after accounts and opening hours, and to read who signed in.
MANAGE = "manage"

#: To read and end what is proposed to the content team.
IMPROVE = "improve"

_RIGHTS: dict[str, frozenset[str]] = {
    COUNSELLOR: frozenset({TALK}),
    ANALYST: frozenset({IMPROVE}),
    EDITOR: frozenset({IMPROVE}),
    ADMINISTRATOR: frozenset({TALK, MANAGE, IMPROVE}),
}


def may(role: str, right: str) -> bool:
    """Whether a role has a right."""
    return right in _RIGHTS.get(role, frozenset())
