"""Who may call, when something may be said, and misbehaviour."""

from __future__ import annotations

from tests.graph_double.__main__ import PAGES, VERIFY_TOKEN
from tests.graph_double.callback import Callback
from tests.graph_double.calling import TOKEN, call, send
from tests.graph_double.running_double import RunningDouble
from tests.messenger_payloads import APP, OTHER_PAGE, PAGE, SECRET


def test_who_calls_needs_version_token_and_proof(double: RunningDouble) -> None:
    assert call(double, "GET", "me", fields="id,name").json() == {"name": PAGES[0].name, "id": PAGE}
    assert call(double, "GET", "me", version="v99.0").json()["error"]["code"] == 2500
    assert call(double, "GET", "me", version="v2.12").headers["facebook-api-version"] == "v21.0"
    assert call(double, "GET", "me", access_token="").json()["error"]["code"] == 104
    assert call(double, "GET", "me", access_token="EAAGother").json()["error"]["code"] == 190
    wrong = call(double, "GET", "me", appsecret_proof="0" * 64).json()["error"]
    assert (wrong["code"], wrong["type"]) == (100, "GraphMethodException")
    assert "require an appsecret_proof" in call(double, "GET", "me", appsecret_proof="").json()["error"]["message"]


def test_a_token_that_expires_in_the_middle(double: RunningDouble, callback: Callback) -> None:
    person = double.person()
    person.say("hallo")
    assert send(double, person.psid, {"text": "1"}).status_code == 200

    double.control("PATCH", f"pages/{PAGE}", token_state="expired")

    error = send(double, person.psid, {"text": "2"}).json()["error"]
    assert (error["code"], error["error_subcode"]) == (190, 463)
    told = double.client.get(
        "/v25.0/debug_token",
        params={"input_token": TOKEN, "access_token": f"{APP}|{SECRET}"},
    ).json()["data"]
    assert told["is_valid"] is False


def test_the_window_closes_after_24_hours_and_after_7_days_for_people(
    double: RunningDouble, callback: Callback
) -> None:
    person, stranger = double.person(), double.person()
    tagged = {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
    assert send(double, stranger.psid, {"text": "a"}).json()["error"]["error_subcode"] == 2018278
    person.say("hallo")
    assert send(double, person.psid, {"text": "a"}).status_code == 200

    person.set(silent_hours=25)
    closed = send(double, person.psid, {"text": "a"})
    assert (closed.status_code, closed.json()["error"]["code"]) == (403, 10)
    assert send(double, person.psid, {"text": "a"}, **tagged).status_code == 200
    retired = send(double, person.psid, {"text": "a"}, messaging_type="MESSAGE_TAG", tag="ACCOUNT_UPDATE")
    assert retired.json()["error"]["code"] == 100
    double.control("PATCH", f"pages/{PAGE}", human_agent=False)
    assert send(double, person.psid, {"text": "a"}, **tagged).json()["error"]["code"] == 10
    double.control("PATCH", f"pages/{PAGE}", human_agent=True)

    person.set(silent_hours=7 * 24)
    assert send(double, person.psid, {"text": "a"}, **tagged).json()["error"]["code"] == 10
    person.say("hallo")
    assert send(double, person.psid, {"text": "a"}).status_code == 200


def test_messaging_type_recipient_and_state_are_checked(double: RunningDouble, callback: Callback) -> None:
    person = double.person()
    person.say("hallo")

    assert send(double, person.psid, {"text": "a"}, messaging_type=None).json()["error"]["code"] == 100
    assert "MESSAGE_TAG" in send(double, person.psid, {"text": "a"}, tag="HUMAN_AGENT").json()["error"]["message"]
    assert send(double, "1", {"text": "a"}).json()["error"]["error_subcode"] == 2018001
    assert send(double, double.person(OTHER_PAGE).psid, {"text": "a"}).json()["error"]["error_subcode"] == 2018001
    both = send(double, person.psid, {"text": "a"}, sender_action="typing_on").json()
    assert "same time" in both["error"]["message"]
    assert send(double, person.psid, sender_action="dance").json()["error"]["code"] == 100
    assert send(double, person.psid, sender_action="typing_on").json() == {"recipient_id": person.psid}
    assert person.seen()["is_typed_to"] is True
    person.set(is_blocked=True)
    assert send(double, person.psid, {"text": "a"}).json()["error"]["code"] == 551


def test_misbehaviour_is_switched_and_counted(double: RunningDouble, callback: Callback) -> None:
    person = double.person()
    person.say("hallo")
    for kind, code in (("app_limit", 4), ("call_limit", 613), ("temporary", 1200), ("unexpected", 2)):
        double.misbehave(kind)
        assert send(double, person.psid, {"text": kind}).json()["error"]["code"] == code
    double.misbehave("html")
    assert "<h1>" in send(double, person.psid, {"text": "a"}).text
    double.misbehave("status", status=503, skip=1, times=2)
    codes = [send(double, person.psid, {"text": "x"}).status_code for _ in range(4)]
    assert codes == [200, 503, 503, 200]

    double.misbehave("lost")
    before = len(person.lines("app"))
    assert send(double, person.psid, {"text": "lost"}).status_code == 500
    assert len(person.lines("app")) == before + 1


def test_a_webhook_is_verified_before_it_is_set(double: RunningDouble, callback: Callback) -> None:
    asked = {"object": "page", "callback_url": callback.url, "verify_token": VERIFY_TOKEN, "fields": "messages"}
    answer = double.client.post(f"/v25.0/{APP}/subscriptions", params={"access_token": f"{APP}|{SECRET}"}, data=asked)

    assert answer.json()["error"]["code"] == 2200  # this callback knows no GET
