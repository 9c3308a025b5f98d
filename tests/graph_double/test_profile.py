"""The page's profile with its limits, and what is told of a person."""

from __future__ import annotations

import pytest

from tests.graph_double.callback import Callback
from tests.graph_double.calling import call
from tests.graph_double.running_double import RunningDouble
from tests.messenger_payloads import APP, OTHER_PAGE, PAGE, SECRET

PROFILES = {
    "five ice breakers": (
        {"ice_breakers": [{"locale": "default", "call_to_actions": [{"question": "q", "payload": "p"}] * 5}]},
        105,
    ),
    "long greeting": ({"greeting": [{"locale": "default", "text": "g" * 161}]}, 100),
    "a locale that Messenger has not": (
        {"greeting": [{"locale": "default", "text": "Dag"}, {"locale": "nl_BE", "text": "Dag"}]},
        100,
    ),
    "no default": ({"greeting": [{"locale": "fr_FR", "text": "Bonjour"}]}, 100),
    "long menu title": (
        {
            "persistent_menu": [
                {
                    "locale": "default",
                    "call_to_actions": [{"type": "postback", "title": "t" * 31, "payload": "p"}],
                }
            ]
        },
        100,
    ),
    "nested menu": (
        {
            "persistent_menu": [
                {
                    "locale": "default",
                    "call_to_actions": [{"type": "nested", "title": "t", "call_to_actions": []}],
                }
            ]
        },
        100,
    ),
    "unknown property": ({"home_url": {"url": "https://www.example.org"}}, 100),
    "plain domain": ({"whitelisted_domains": ["http://www.example.org"]}, 100),
}


@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_over_its_limits_is_refused(double: RunningDouble, name: str) -> None:
    profile, code = PROFILES[name]

    assert call(double, "POST", "me/messenger_profile", profile).json()["error"]["code"] == code


def test_the_profile_is_kept_read_and_deleted(double: RunningDouble) -> None:
    page = {"greeting": [{"locale": "default", "text": "Welkom"}], "get_started": {"payload": "get_started"}}
    menu = [
        {"locale": "default", "call_to_actions": [{"type": "postback", "title": "Hulp", "payload": "help"}]},
        {"locale": "fr_FR", "call_to_actions": [{"type": "postback", "title": "Aide", "payload": "help"}]},
    ]
    call(double, "DELETE", "me/messenger_profile", {"fields": ["get_started"]})
    early = call(double, "POST", "me/messenger_profile", {"persistent_menu": menu}).json()["error"]
    assert early["error_subcode"] == 2018145
    assert call(double, "POST", "me/messenger_profile", page).json() == {"result": "success"}
    call(double, "POST", "me/messenger_profile", {"persistent_menu": menu})

    read = call(double, "GET", "me/messenger_profile", fields="greeting,persistent_menu,ice_breakers").json()
    assert read == {"data": [{"greeting": page["greeting"], "persistent_menu": menu}]}
    call(double, "DELETE", "me/messenger_profile", {"fields": ["persistent_menu", "greeting"]})
    assert call(double, "GET", "me/messenger_profile", fields="greeting").json() == {"data": []}


def test_the_profile_of_a_person_is_told_once_they_wrote(double: RunningDouble, callback: Callback) -> None:
    person = double.person(locale="nl_BE", first_name="Noor")
    fields = "first_name,locale"
    assert call(double, "GET", person.psid, fields=fields).json()["error"]["error_subcode"] == 2018218
    person.say("hallo")
    told = call(double, "GET", person.psid, fields=fields).json()
    assert told == {"first_name": "Noor", "locale": "nl_BE", "id": person.psid}
    assert call(double, "GET", "1", fields=fields).json()["error"]["error_subcode"] == 33


def test_a_person_is_found_at_all_pages_by_the_id_of_the_app(double: RunningDouble) -> None:
    here = double.person(app_scoped_id="7771")
    there = double.person(OTHER_PAGE, app_scoped_id="7771")
    token = f"{APP}|{SECRET}"

    told = double.client.get("/v25.0/7771/ids_for_pages", params={"access_token": token}).json()["data"]

    assert [one["id"] for one in told] == [here.psid, there.psid]
    assert [one["page"]["id"] for one in told] == [PAGE, OTHER_PAGE]
