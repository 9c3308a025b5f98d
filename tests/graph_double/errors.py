"""Meta's errors, in the form and the words in which the Graph API gives them."""

from __future__ import annotations

import base64
import os
from typing import Any

POLICY = "https://developers.facebook.com/docs/messenger-platform/policy-overview"


class GraphError(Exception):
    """An answer that is an error: HTTP status, code, subcode, type."""

    def __init__(
        self, message: str, code: int, subcode: int | None = None, status: int = 400, kind: str = "OAuthException"
    ) -> None:
        super().__init__(message)
        self.message, self.code, self.subcode, self.status, self.kind = message, code, subcode, status, kind

    def body(self) -> dict[str, Any]:
        """What the caller reads."""
        error: dict[str, Any] = {"message": self.message, "type": self.kind, "code": self.code}
        if self.subcode is not None:
            error["error_subcode"] = self.subcode
        if self.code in (1, 2, 4, 17, 341, 1200):
            error["is_transient"] = True
        return {"error": {**error, "fbtrace_id": trace_id()}}


def trace_id() -> str:
    """By which Meta would find the call."""
    return "A" + base64.urlsafe_b64encode(os.urandom(16)).decode().rstrip("=")


def parameter(message: str, subcode: int | None = None) -> GraphError:
    """A parameter that cannot be."""
    return GraphError(f"(#100) {message}", 100, subcode)


def too_many(name: str) -> GraphError:
    """A list that is longer than allowed."""
    return GraphError(f"(#105) param {name} has too many elements.", 105)


def too_long(name: str, most: int) -> GraphError:
    """A text that is longer than allowed."""
    return parameter(f"Length of param {name} must be less than or equal to {most}")


def not_there(name: str) -> GraphError:
    """No such object, or not for this token."""
    return GraphError(
        f"Unsupported get request. Object with ID '{name}' does not exist, cannot be loaded due to missing "
        "permissions, or does not support this operation. Please read the Graph API documentation at "
        "https://developers.facebook.com/docs/graph-api",
        100,
        33,
        kind="GraphMethodException",
    )


def window_closed() -> GraphError:
    """More than 24 hours since the person wrote, or seven days for a human agent."""
    return GraphError(
        f"(#10) This message is sent outside of allowed window. Learn more about the new policy here: {POLICY}",
        10,
        2018278,
        403,
    )


def another_app() -> GraphError:
    """The thread belongs to another app."""
    return GraphError(
        "(#10) Message failed to send because another app is controlling this thread now.", 10, 2018300, 403
    )


def unavailable() -> GraphError:
    """The person has blocked the page or left."""
    return GraphError("(#551) This person isn't available right now.", 551, 1545041)


def token_expired() -> GraphError:
    """The page's token was good and is no more."""
    return GraphError(
        "Error validating access token: Session has expired on Saturday, 28-Nov-26 10:00:00 PST. The current time is "
        "Sunday, 29-Nov-26 05:00:00 PST.",
        190,
        463,
        401,
    )


def token_revoked() -> GraphError:
    """The administrator has changed the password."""
    return GraphError(
        "Error validating access token: The session has been invalidated because the user changed their password or "
        "Facebook has changed the session for security reasons.",
        190,
        460,
        401,
    )


def app_limit() -> GraphError:
    """Too many calls of the app."""
    return GraphError("(#4) Application request limit reached", 4, status=403)


def call_limit() -> GraphError:
    """Too many calls to this address."""
    return GraphError("(#613) Calls to this api have exceeded the rate limit.", 613)


def temporary() -> GraphError:
    """Sending fails just now."""
    return GraphError("(#1200) Temporary send message failure. Please try again later.", 1200, status=500)


def unexpected() -> GraphError:
    """Something at Meta is broken."""
    return GraphError("An unexpected error has occurred. Please retry your request later.", 2, status=500)


#: Errors that a test can ask for by name.
BY_NAME = {
    "app_limit": app_limit,
    "call_limit": call_limit,
    "temporary": temporary,
    "unexpected": unexpected,
    "window_closed": window_closed,
    "another_app": another_app,
    "unavailable": unavailable,
    "token_expired": token_expired,
    "token_revoked": token_revoked,
}
