"""What can go wrong with a call of Meta's Graph API, by what can be done about it."""

from __future__ import annotations

from typing import Any

#: Too many calls: of the app, of a user, of the page, to this address.
_RATE_CODES = frozenset({4, 17, 32, 613, 80006})
_PERMISSION_CODES = frozenset({3, 10, 200, 230, 299})
#: Code 10 says many things; these of its subcodes say that the person's window is closed, and that another app talks.
_WINDOW_SUBCODES = frozenset({2018278, 2018065, 2534022})
_THREAD_SUBCODES = frozenset({2018300})
#: Nobody (any more) behind this id who takes messages.
_UNAVAILABLE_SUBCODES = frozenset({1545041, 2018001, 2018108})


class GraphFailure(Exception):
    """A call failed. `reason` is a short word for logs, metrics and states; `code` and `subcode` are Meta's, 0 when
    there was none. `can_retry`: the same call may succeed soon. `is_doubtful`: it may have been done all the same."""

    reason = "failed"
    can_retry = False
    is_doubtful = False

    def __init__(self, code: int = 0, subcode: int = 0, detail: str = "") -> None:
        super().__init__(f"{self.reason} {code}/{subcode} {detail}".strip())
        self.code, self.subcode = code, subcode


class RateLimited(GraphFailure):
    """Too many calls for now."""

    reason = "rate_limited"
    can_retry = True


class Unreachable(GraphFailure):
    """Meta did not answer, or with something that is no answer of the API, or says that it is its fault."""

    reason = "unreachable"
    can_retry = True
    is_doubtful = True


class NotConnected(Unreachable):
    """No connection was made, so nothing was done."""

    is_doubtful = False


class TokenRefused(GraphFailure):
    """The page's token is not valid any more. Nothing goes out for the page until it has a new one."""

    reason = "token_refused"


class PermissionMissing(GraphFailure):
    """The app may not do this for the page."""

    reason = "permission_missing"


class WindowClosed(GraphFailure):
    """The person wrote too long ago."""

    reason = "window_closed"


class PersonUnavailable(GraphFailure):
    """The person has blocked the page, left, or was never there."""

    reason = "unavailable"


class ThreadElsewhere(GraphFailure):
    """Another app has the conversation, as the page's inbox."""

    reason = "elsewhere"


class Refused(GraphFailure):
    """Meta does not take this call as it is. A retry does not help."""

    reason = "refused"


def failure_of(status: int, body: Any) -> GraphFailure:
    """What an answer that is no success says; `body` is the decoded JSON, None when there was none."""
    error = body.get("error") if isinstance(body, dict) else None
    if not isinstance(error, dict):
        return Unreachable(detail=f"status {status}")
    code, subcode = _number(error.get("code")), _number(error.get("error_subcode"))
    if code == 190 or code == 102:
        return TokenRefused(code, subcode)
    if code in _RATE_CODES:
        return RateLimited(code, subcode)
    if code == 551 or subcode in _UNAVAILABLE_SUBCODES:
        return PersonUnavailable(code, subcode)
    if code == 10 and subcode in _WINDOW_SUBCODES:
        return WindowClosed(code, subcode)
    if code == 10 and subcode in _THREAD_SUBCODES:
        return ThreadElsewhere(code, subcode)
    if code in _PERMISSION_CODES:
        return PermissionMissing(code, subcode)
    if status >= 500 or error.get("is_transient") is True:
        return Unreachable(code, subcode)
    return Refused(code, subcode)


def _number(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
