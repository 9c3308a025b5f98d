"""What goes in and out of the staff service."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.staff.roles import may
from bot.store.staff_rows import StaffRow


@dataclass(frozen=True)
class Member:
    """One of the staff. `name` is typed to sign in, `shown_name` is what others see."""

    id: str
    name: str
    shown_name: str
    role: str
    languages: tuple[str, ...]
    is_active: bool
    has_password: bool

    def may(self, right: str) -> bool:
        """Whether they have a right of `roles`."""
        return may(self.role, right)


@dataclass(frozen=True)
class Invitation:
    """Whom a one-time link is for; None is the first administrator, who has no account yet."""

    member: Member | None


@dataclass(frozen=True)
class SignedIn:
    """A new session: `token` goes into the cookie and is stored nowhere."""

    member: Member
    token: str


@dataclass(frozen=True)
class Refused:
    """Name or password is wrong; which of both is not said."""


@dataclass(frozen=True)
class Throttled:
    """Too many failures; a try may be made again in so many minutes."""

    minutes: int


class StaffRefused(ValueError):
    """The account cannot be so. `reason` is name, role, languages, shown_name, taken, unknown, yourself or
    last_administrator."""

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(text)
        self.reason = reason


class LinkSpent(ValueError):
    """The one-time link was used, is too old or never was."""


def as_member(row: StaffRow) -> Member:
    """An account without what nobody should see."""
    return Member(
        id=row.id,
        name=row.name,
        shown_name=row.shown_name,
        role=row.role,
        languages=tuple(row.languages),
        is_active=row.is_active,
        has_password=row.password_hash is not None,
    )
