"""Webhooks go out as Meta sends them; threads have one owner."""

from __future__ import annotations

from tests.gateway.running_gateway import wait_until
from tests.graph_double.callback import Callback
from tests.graph_double.calling import call, send
from tests.graph_double.running_double import RunningDouble
from tests.messenger_payloads import APP, PAGE, PAGE_INBOX


def test_webhooks_are_signed_and_sent_again_until_they_are_taken(double: RunningDouble, callback: Callback) -> None:
    callback.status = 503
    person = double.person()
    mid = person.say("Où êtes-vous ? 😀 /")
    wait_until(lambda: len(callback.bodies) >= 2, 10)
    callback.status = 200

    wait_until(lambda: double.control("GET", "webhooks")["on_the_way"] == 0, 10)
    assert callback.is_signed
    assert {event["message"]["mid"] for event in callback.events()} == {mid}
    assert callback.events()[0]["message"]["text"] == "Où êtes-vous ? 😀 /"


def test_a_sent_message_comes_back_as_echo_and_as_delivered(double: RunningDouble, callback: Callback) -> None:
    person = double.person(reads=True)
    person.say("hallo")
    mid = send(double, person.psid, {"text": "Dag", "metadata": "4.1"}).json()["message_id"]

    wait_until(lambda: len(callback.events()) >= 4, 10)
    _, echo, delivery, read = callback.events()
    assert echo["sender"] == {"id": PAGE}
    assert echo["message"] == {"mid": mid, "is_echo": True, "app_id": int(APP), "metadata": "4.1", "text": "Dag"}
    assert delivery["delivery"]["mids"] == [mid]
    assert "timestamp" not in delivery
    assert read["read"]["watermark"] > 0


def test_batches_hold_several_entries_and_events(double: RunningDouble, callback: Callback) -> None:
    double.control("PATCH", "webhooks", batch_size=20, batch_seconds=0.5, repeat=1)
    people = [double.person() for _ in range(3)]
    for number in range(4):
        for person in people:
            person.say(f"hallo {number}")

    wait_until(lambda: double.control("GET", "webhooks")["on_the_way"] == 0, 10)
    said = [event["message"]["text"] for event in callback.events()]
    assert len(said) == 24  # each body once more
    assert any(len(entry["messaging"]) > 1 for body in callback.bodies for entry in body["entry"])


def test_only_subscribed_fields_are_sent(double: RunningDouble, callback: Callback) -> None:
    wrong = call(double, "POST", f"{PAGE}/subscribed_apps", subscribed_fields="messages,weather").json()["error"]
    assert "subscribed_fields[1]" in wrong["message"]
    before = call(double, "GET", f"{PAGE}/subscribed_apps").json()["data"][0]["subscribed_fields"]
    assert call(double, "POST", f"{PAGE}/subscribed_apps", subscribed_fields="messages").json() == {"success": True}
    person = double.person()
    person.say("hallo")
    send(double, person.psid, {"text": "Dag"})

    wait_until(lambda: double.control("GET", "webhooks")["on_the_way"] == 0, 10)
    assert len(callback.events()) == 1
    call(double, "POST", f"{PAGE}/subscribed_apps", subscribed_fields=",".join(before))


def test_staff_take_the_thread_and_give_it_back(double: RunningDouble, callback: Callback) -> None:
    double.control("PATCH", f"pages/{PAGE}", routing=True)
    person = double.person()
    person.say("hallo")
    owner = call(double, "GET", f"{PAGE}/thread_owner", recipient=person.psid).json()["data"][0]["thread_owner"]
    assert owner["app_id"] == APP
    person.do("staff", text="Ici Zoé")
    person.say("Bonjour Zoé")
    person.do("postback", title="Aide", payload="help")

    assert send(double, person.psid, {"text": "bot"}).json()["error"]["error_subcode"] == 2018300
    person.do("staff-done")
    wait_until(lambda: double.control("GET", "webhooks")["on_the_way"] == 0, 10)
    _, taken, echo, said, tapped, passed = callback.events()
    assert taken["take_thread_control"]["new_owner_app_id"] == PAGE_INBOX
    assert echo["message"]["app_id"] == int(PAGE_INBOX)
    assert said["message"]["text"] == "Bonjour Zoé"
    assert "payload" not in tapped["postback"]
    assert passed["pass_thread_control"]["new_owner_app_id"] == APP
    standby = [entry for body in callback.bodies for entry in body["entry"] if "standby" in entry]
    assert len(standby) == 3
    assert send(double, person.psid, {"text": "bot"}).status_code == 200
