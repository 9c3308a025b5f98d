"""The bot's own answers sent by a counsellor, and a talk passed on; on SQLite and on PostgreSQL."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.desk.counsellor import StaffMember, in_queue, said_to
from tests.desk.test_tools import box_of
from tests.gateway.running_gateway import RunningGateway, wait_until

pytestmark = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True, scope="session")


def suggested(staff: StaffMember, handoff: str) -> list[str]:
    """The topics that are suggested, in order."""
    page = staff.get(f"/desk/talks/{handoff}/thread").text
    return re.findall(r'name="topic" value="([^"]+)" data-answer="\d"', page)


def test_what_the_person_writes_now_brings_suggestions(gateway: RunningGateway, zoe: StaffMember) -> None:
    visitor, handoff = in_queue(gateway, zoe)
    zoe.act(handoff, "claim")
    before = suggested(zoe, handoff)

    visitor.post(text="How do I become a nurse?")
    wait_until(lambda: "nurse" in zoe.words_of(handoff), 10)

    assert "guidance/become_nurse" not in before
    assert suggested(zoe, handoff)[0] == "guidance/become_nurse"
    assert len(suggested(zoe, handoff)) <= 3
    zoe.act(handoff, "close", outcome="other")


def test_an_answer_goes_out_as_it_is_vetted_with_its_links(gateway: RunningGateway, zoe: StaffMember) -> None:
    visitor, handoff = in_queue(gateway, zoe)
    zoe.act(handoff, "claim")

    sent = zoe.act(handoff, "answer", topic="centre/address_and_access", words="and more", once="abc")
    again = zoe.act(handoff, "answer", topic="centre/address_and_access", words="", once="abc")

    assert (sent.status_code, again.status_code) == (200, 303)
    assert box_of(sent.text) == "and more", "words in the box are not sent and not lost"
    (said,) = said_to(visitor, "counsellor")
    assert "Astro tower" in said
    assert re.search(r'<a href="https://www.citedesmetiers.brussels"[^>]*>website of', said)
    assert "Address" in zoe.words_of(handoff), "the thread names the topic"
    transcript = visitor.client.get("/chat/transcript", headers=visitor.headers).text
    assert "Astro tower" in transcript
    assert "](" not in transcript
    zoe.act(handoff, "close", outcome="other")


def test_an_answer_is_sent_by_the_holder_alone_and_only_if_it_exists(
    gateway: RunningGateway, zoe: StaffMember, jan: StaffMember
) -> None:
    visitor, handoff = in_queue(gateway, zoe)
    zoe.act(handoff, "claim")

    by_another = jan.act(handoff, "answer", topic="centre/address_and_access", words="my words")
    unknown = zoe.act(handoff, "answer", topic="centre/no_such_topic", words="my words")

    assert (by_another.status_code, unknown.status_code) == (409, 422)
    assert box_of(by_another.text) == box_of(unknown.text) == "my words"
    assert said_to(visitor, "counsellor") == []
    zoe.act(handoff, "close", outcome="other")


def test_the_search_finds_in_the_language_of_the_person(gateway: RunningGateway, zoe: StaffMember) -> None:
    _, handoff = in_queue(gateway, zoe, text="bonjour", language="fr")
    zoe.act(handoff, "claim")

    found = zoe.act(handoff, "found", find="infirmiere", words="half a reply")
    nothing = zoe.act(handoff, "found", find="<b>zzzqqq</b>")

    assert 'id="found-guidance-become_nurse"' in found.text
    assert "infirmi" in unescape(found.text)
    assert box_of(found.text) == "half a reply"
    assert "Found: 0" in nothing.text
    assert "<b>zzzqqq" not in nothing.text
    zoe.act(handoff, "close", outcome="other")


def test_passed_on_the_colleague_sees_it_first_and_the_person_is_told(
    gateway: RunningGateway, zoe: StaffMember, jan: StaffMember
) -> None:
    jan.come()
    in_queue(gateway, zoe)
    visitor, handoff = in_queue(gateway, zoe)
    zoe.act(handoff, "claim")
    to = colleague(zoe, handoff, "Jan")

    unsent = zoe.act(handoff, "pass-on", to=to, words="not sent yet", pass_note="knows <i>nurses</i>")
    passed = zoe.act(handoff, "pass-on", to=to, words="", pass_note="knows <i>nurses</i>")

    assert unsent.status_code == 422
    assert box_of(unsent.text) == "not sent yet"
    assert "knows &lt;i&gt;nurses" in unsent.text
    assert passed.headers["location"] == "/desk/?done=passed_on"
    assert any("Zoe" in words and "Jan" in words for words in said_to(visitor, "system"))
    assert not any("nurses" in words for words in said_to(visitor, "system"))
    inbox = jan.get("/desk/").text
    assert jan.waiting()[0] == handoff, "before somebody who has waited longer"
    assert "For you from Zoe" in inbox
    assert "knows &lt;i&gt;nurses" in inbox
    assert jan.act(handoff, "claim").status_code == 303
    assert zoe.act(handoff, "say", words="too late").status_code == 409
    assert any("Jan" in words and "talking to you now" in words for words in said_to(visitor, "system"))
    jan.act(handoff, "close", outcome="other")
    clear(zoe)
    jan.form("/desk/", "/desk/presence", act="leave")


def test_others_see_for_whom_it_is_and_cannot_take_it_yet(
    gateway: RunningGateway, zoe: StaffMember, jan: StaffMember, eva: StaffMember
) -> None:
    jan.come()
    _, handoff = in_queue(gateway, zoe)
    zoe.act(handoff, "claim")
    zoe.act(handoff, "pass-on", to=colleague(zoe, handoff, "Jan"))

    refused = eva.act(handoff, "claim")

    assert "For Jan" in eva.get("/desk/").text
    assert handoff not in eva.waiting()
    assert refused.status_code == 409
    assert "This conversation waits for Jan" in refused.text
    jan.form("/desk/", "/desk/presence", act="leave")
    assert eva.act(handoff, "claim").status_code == 303, "the colleague has left"
    eva.act(handoff, "close", outcome="other")


def test_without_a_colleague_it_stays(gateway: RunningGateway, zoe: StaffMember, jan: StaffMember) -> None:
    visitor, handoff = in_queue(gateway, zoe)
    zoe.act(handoff, "claim")

    nobody = zoe.act(handoff, "pass-on", to="")
    not_mine = jan.act(handoff, "pass-on", to="anybody")

    assert nobody.status_code == 422
    assert "Choose somebody who is here" in nobody.text
    assert not_mine.status_code == 409
    assert zoe.act(handoff, "say", words="still here").status_code == 303
    assert len(said_to(visitor, "counsellor")) == 1
    zoe.act(handoff, "close", outcome="other")


def colleague(staff: StaffMember, handoff: str, name: str) -> str:
    """The value by which somebody is chosen."""
    page = staff.get(f"/desk/talks/{handoff}").text
    found = re.search(rf'name="to" value="([\w-]+)" form="reply"><span>{name} ', page)
    assert found, f"{name} is not offered"
    return found[1]


def clear(staff: StaffMember) -> None:
    """Nobody waits any more."""
    for handoff in staff.waiting():
        staff.act(handoff, "claim")
        staff.act(handoff, "close", outcome="other")


def test_typed_words_are_never_read_as_an_answer(gateway: RunningGateway, zoe: StaffMember) -> None:
    visitor, handoff = in_queue(gateway, zoe)
    zoe.act(handoff, "claim")

    zoe.act(handoff, "say", words="[x](https://a.example) **b**", topic="centre/address_and_access")

    (said,) = said_to(visitor, "counsellor")
    assert "<strong>" not in said
    assert "**b**" in said
    zoe.act(handoff, "close", outcome="other")
