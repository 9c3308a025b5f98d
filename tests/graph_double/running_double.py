"""Starts the double as a process of its own, and acts for people and staff through it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import yaml

from bot.foundation.settings import PROJECT_FOLDER
from tests.graph_double.__main__ import PAGES, VERIFY_TOKEN
from tests.messenger_payloads import APP, PAGE, SECRET
from tests.processes.running_bot import free_port

_START_SECONDS = 60
_WAIT_SECONDS = 30


def gateway_settings(folder: Path, url: str, **of_page: Any) -> dict[str, str]:
    """The gateway's variables for a double at this address; `of_page` goes into the first page of the file."""
    path = folder / "messenger-pages.yml"
    pages = [{"id": page.id, "name": page.name, "token": page.token} for page in PAGES]
    pages[0].update(of_page)
    path.write_text(yaml.safe_dump({"pages": pages}, allow_unicode=True), encoding="utf-8")
    return {
        "FAQBOT_MESSENGER_APP_ID": APP,
        "FAQBOT_MESSENGER_APP_SECRET": SECRET,
        "FAQBOT_MESSENGER_VERIFY_TOKEN": VERIFY_TOKEN,
        "FAQBOT_MESSENGER_PAGES": str(path),
        "FAQBOT_MESSENGER_GRAPH_URL": url,
    }


class RunningDouble:
    """One double. `webhook` may be set later, when the gateway's address is known."""

    def __init__(self, folder: Path, webhook: str = "", *options: str) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._webhook, self._options = webhook, options
        self._process: subprocess.Popen[bytes] | None = None
        self.client = httpx.Client(base_url=self.url, timeout=30)

    def start(self) -> RunningDouble:
        """Start and wait until it answers."""
        command = [sys.executable, "-m", "tests.graph_double", "--port", str(self.port), "--webhook", self._webhook]
        with (self.folder / "double.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*command, *self._options], cwd=PROJECT_FOLDER, stdout=log, stderr=subprocess.STDOUT
            )
        deadline = time.monotonic() + _START_SECONDS
        while not self._is_alive():
            assert time.monotonic() < deadline, (self.folder / "double.log").read_text("utf-8")
            time.sleep(0.05)
        return self

    def stop(self) -> None:
        """End the process."""
        self.client.close()
        if self._process:
            self._process.kill()
            self._process.wait()

    def gateway_settings(self, **of_page: Any) -> dict[str, str]:
        """The gateway's variables for this double."""
        return gateway_settings(self.folder, self.url, **of_page)

    def control(self, method: str, path: str, **given: Any) -> Any:
        """Ask the double itself."""
        answer = self.client.request(method, f"/control/{path}", json=given)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def send_webhooks_to(self, address: str) -> None:
        """Where the gateway takes webhooks."""
        self.control("PATCH", "webhooks", callback_url=address)

    def person(self, page: str = PAGE, **known: Any) -> Messenger:
        """Somebody new at a page; `known`: locale, first_name, reads ..."""
        return Messenger(self, self.control("POST", "people", page=page, **known)["psid"])

    def calls(self, edge: str = "messages") -> list[dict[str, Any]]:
        """The calls of the Graph API so far that end in this edge."""
        found: list[dict[str, Any]] = self.control("GET", "calls")
        return [call for call in found if call["path"].rpartition("/")[2] == edge]

    def misbehave(self, kind: str, **how: Any) -> None:
        """Switch a fault on (see `misbehaviour.Fault`)."""
        self.control("POST", "faults", kind=kind, **how)

    def _is_alive(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, (self.folder / "double.log").read_text("utf-8")
        try:
            return self.client.get("/control/state", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False


class Messenger:
    """One person in Messenger, and what staff do in the page's inbox with this person."""

    def __init__(self, double: RunningDouble, psid: str) -> None:
        self._double, self.psid = double, psid

    def do(self, what: str, **given: Any) -> dict[str, Any]:
        """text, tap, postback, get_started, attachment, referral, reaction, read, edit, unsend, opt_out; staff."""
        event: dict[str, Any] = self._double.control("POST", f"people/{self.psid}/{what}", **given)
        return event

    def say(self, words: str) -> str:
        """Type and send; the message id."""
        return str(self.do("text", text=words)["message"]["mid"])

    def tap(self, title: str) -> None:
        """Tap the quick reply or button that shows this title, in the newest message that has one."""
        for body in reversed([line["body"] for line in self.lines("app")]):
            for reply in body.get("quick_replies", ()):
                if reply["title"] == title:
                    self.do("tap", title=title, payload=reply["payload"])
                    return
            for button in buttons_of(body):
                if button["title"] == title and button["type"] == "postback":
                    self.do("postback", title=title, payload=button["payload"])
                    return
        raise AssertionError(f"nothing to tap says {title!r}: {self.offered()}")

    def tap_payload(self, payload: str) -> str:
        """Tap whatever has this payload, in the newest message that has it; its title."""
        for body in reversed([line["body"] for line in self.lines("app")]):
            for one in (*body.get("quick_replies", ()), *buttons_of(body)):
                if one.get("payload") == payload:
                    self.tap(one["title"]) if one in body.get("quick_replies", ()) else self.do(
                        "postback", title=one["title"], payload=payload
                    )
                    return str(one["title"])
        raise AssertionError(f"nothing to tap has {payload!r}: {self.offered()}")

    def offered(self) -> dict[str, str]:
        """Payload of each quick reply under the newest message, by title."""
        lines = self.lines("app")
        return {one["title"]: one["payload"] for one in lines[-1]["body"].get("quick_replies", ())} if lines else {}

    def set(self, **how: Any) -> None:
        """is_blocked, locale, silent_hours ..."""
        self._double.control("PATCH", f"people/{self.psid}", **how)

    def seen(self) -> dict[str, Any]:
        """The person with the whole thread."""
        known: dict[str, Any] = self._double.control("GET", f"people/{self.psid}")
        return known

    def lines(self, author: str | None = None) -> list[dict[str, Any]]:
        """The thread, or what one author said: person, app, staff."""
        lines: list[dict[str, Any]] = self.seen()["lines"]
        return [line for line in lines if author in (None, line["author"])]

    def words(self) -> list[str]:
        """What the app has said, as text: of templates their text and titles."""
        return [words_of(line["body"]) for line in self.lines("app")]

    def wait_for(self, holds: Callable[[list[str]], bool], seconds: float = _WAIT_SECONDS) -> list[str]:
        """Wait until what the app has said is so."""
        deadline = time.monotonic() + seconds
        while True:
            words = self.words()
            if holds(words):
                return words
            assert time.monotonic() < deadline, f"waited in vain; said so far: {words}"
            time.sleep(0.05)

    def wait_for_answers(self, count: int, seconds: float = _WAIT_SECONDS) -> list[str]:
        """Wait for so many messages of the app."""
        return self.wait_for(lambda words: len(words) >= count, seconds)


def buttons_of(body: dict[str, Any]) -> list[dict[str, Any]]:
    """The buttons of a template, of all its elements."""
    payload = (body.get("attachment") or {}).get("payload") or {}
    found = list(payload.get("buttons", ()))
    for element in payload.get("elements", ()):
        found.extend(element.get("buttons", ()))
    return found


def words_of(body: dict[str, Any]) -> str:
    """What a message says."""
    payload = (body.get("attachment") or {}).get("payload") or {}
    elements = [
        part for one in payload.get("elements", ()) for part in (one["title"], one.get("subtitle", "")) if part
    ]
    return "\n".join([body.get("text") or payload.get("text") or "", *elements]).strip()
