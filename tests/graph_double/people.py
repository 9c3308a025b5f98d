"""What people do in Messenger, and the staff in the page's own inbox; each sends the webhook that Meta would send."""

from __future__ import annotations

from typing import Any

from tests import messenger_payloads as payloads
from tests.graph_double.postman import Postman
from tests.graph_double.sending import as_echo
from tests.graph_double.threads import move
from tests.graph_double.world import Line, Page, Person, World
from tests.messenger_payloads import PAGE_INBOX, Event


class NotPossible(ValueError):
    """The person cannot do this; the text says why."""


class People:
    """Acts for the people of the world."""

    def __init__(self, world: World, postman: Postman) -> None:
        self._world, self._postman = world, postman

    def act(self, person: Person, what: str, given: dict[str, Any]) -> Event:
        """Do one thing; the event that goes out. Raises NotPossible, or KeyError for what is not given."""
        page = self._world.pages[person.page]
        ids = (page.id, person.psid)
        if what == "text":
            more: dict[str, Event] = {"reply_to": {"mid": given["reply_to"]}} if "reply_to" in given else {}
            return self._say(
                page, person, payloads.text(page.id, person.psid, given["text"], given.get("mid"), **more)
            )
        if what == "tap":
            event = payloads.quick_reply(*ids, given["title"], given["payload"], given.get("mid"))
            return self._say(page, person, event)
        if what in ("postback", "get_started"):
            event = self._postback(page, person, what, given)
            return self._say(page, person, event, "messaging_postbacks", "postback")
        if what == "attachment":
            event = payloads.attachment(*ids, given["type"], given.get("text"), given.get("mid"))
            return self._say(page, person, event)
        if what == "referral":
            make = payloads.ad_referral if given.get("source") == "ADS" else payloads.link_referral
            return self._post(page, person, "messaging_referrals", payloads.referral(*ids, make(given["ref"])))
        if what == "reaction":
            event = payloads.reaction(*ids, given["mid"], given.get("name", "like"), given.get("action", "react"))
            return self._post(page, person, "message_reactions", event)
        if what == "read":
            return self._read(page, person)
        if what in ("edit", "unsend"):
            return self._change(page, person, what, given)
        if what == "opt_out":
            event = payloads.opt_in(*ids, "STOP_NOTIFICATIONS")
            return self._post(page, person, "messaging_optins", event)
        raise NotPossible(f"nobody can {what!r}")

    def staff_says(self, person: Person, words: str) -> Event:
        """An answer from the page's inbox; with routing the inbox takes the thread first."""
        page = self._world.pages[person.page]
        if page.routing:
            move(self._world, self._postman, page, person, PAGE_INBOX)
        line = Line(payloads.new_mid(), payloads.now_ms(), "staff", {"text": words})
        person.lines.append(line)
        self._world.tell(person, "line", mid=line.mid)
        event = as_echo(page, person, line, PAGE_INBOX)
        self._postman.post(page, "message_echoes", event, standby=page.routing)
        return event

    def staff_gives_back(self, person: Person) -> None:
        """The staff are done: with routing the thread is the bot's again."""
        page = self._world.pages[person.page]
        move(self._world, self._postman, page, person, self._world.app_id if page.routing else None)

    def _postback(self, page: Page, person: Person, what: str, given: dict[str, Any]) -> Event:
        title, payload = given.get("title"), given.get("payload")
        if what == "get_started":
            started = page.profile.get("get_started")
            if started is None:
                raise NotPossible("the page has no Get Started button")
            title, payload = title or "Get Started", started["payload"]
        content = payloads.link_referral(given["ref"]) if "ref" in given else None
        mid = None if given.get("without_mid") else given.get("mid", "")
        return payloads.postback(page.id, person.psid, str(title), payload, mid, content)

    def _say(self, page: Page, person: Person, event: Event, field: str = "messages", key: str = "message") -> Event:
        """Something that the person says: it stands in the thread and opens the window of 24 hours."""
        body, at = event[key], event["timestamp"]
        person.lines.append(Line(body.get("mid", ""), at, "person", body))
        person.last_from_person_at = at
        self._world.tell(person, "line", mid=body.get("mid", ""))
        return self._post(page, person, field, event)

    def _post(self, page: Page, person: Person, field: str, event: Event) -> Event:
        if page.routing and person.owner is None:
            person.owner = self._world.app_id
        is_standby = page.routing and person.owner != self._world.app_id
        if is_standby and "postback" in event:
            event["postback"].pop("payload", None)
        self._postman.post(page, field, event, standby=is_standby)
        return event

    def _read(self, page: Page, person: Person) -> Event:
        person.seen_until = max((line.at for line in person.lines), default=0)
        return self._post(page, person, "message_reads", payloads.read(page.id, person.psid, person.seen_until))

    def _change(self, page: Page, person: Person, what: str, given: dict[str, Any]) -> Event:
        line = next((line for line in person.lines if line.mid == given["mid"] and line.author == "person"), None)
        if line is None:
            raise NotPossible("no such message of this person")
        self._world.tell(person, "line", mid=line.mid)
        if what == "unsend":
            line.is_gone = True
            return self._post(page, person, "messages", payloads.unsend(page.id, person.psid, line.mid))
        line.body = {**line.body, "text": given["text"]}
        event = payloads.edit(page.id, person.psid, line.mid, given["text"], given.get("times", 1))
        return self._post(page, person, "message_edits", event)
