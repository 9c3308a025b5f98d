"""Proposals to the content team at the desk, who may read them, and the list of ended talks by tag."""

from __future__ import annotations

import re

import pytest

from tests.desk.conftest import signed_in
from tests.desk.counsellor import StaffMember, in_queue
from tests.gateway.running_gateway import RunningGateway

pytestmark = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True, scope="session")


def proposing(staff: StaffMember, handoff: str) -> str:
    """Where the first message of the person is proposed."""
    found = re.search(rf'href="(/desk/talks/{handoff}/propose/[\w-]+)"', staff.get(f"/desk/talks/{handoff}").text)
    assert found, "nothing can be proposed"
    return found[1]


def test_a_proposal_goes_from_the_talk_to_an_editor(gateway: RunningGateway, zoe: StaffMember) -> None:
    _, handoff = in_queue(gateway, zoe, text="nurse? <b>0470 12 34 56</b>", language="en")
    zoe.act(handoff, "claim")
    address = proposing(zoe, handoff)

    form = zoe.get(address).text
    empty = zoe.form(address, address, kind="phrase", topic="guidance/become_nurse", text=" ", comment="kept")
    sent = zoe.form(address, address, kind="phrase", topic="guidance/become_nurse", text="nurse? 0470 12 34 56")

    assert "0470" not in form
    assert "nurse? &lt;b&gt;[phone]" in form
    assert empty.status_code == 422
    assert "kept</textarea>" in empty.text
    assert sent.status_code == 303
    assert "the proposal is with the content team" in zoe.get(sent.headers["location"]).text
    assert zoe.get("/desk/proposals").status_code == 403, "a counsellor proposes, editors decide"
    editor = signed_in(gateway, "ed", "editor")
    page = editor.get("/desk/proposals").text
    assert editor.get("/desk/").headers["location"] == "/desk/proposals"
    assert "nurse? [phone]" in page
    assert "Zoe" in page
    reference = re.findall(r'action="/desk/proposals/([\w-]+)"', page)[0]
    path = f"/desk/proposals/{reference}"
    assert editor.form("/desk/proposals", path, act="nonsense").status_code == 422
    assert editor.form("/desk/proposals", path, act="taken", outcome="in release 4").status_code == 303
    again = editor.form("/desk/account", path, act="refused")
    assert again.status_code == 409
    assert "in release 4" in again.text
    assert editor.form("/desk/account", "/desk/proposals/AAA-AAA", act="taken").status_code == 404
    zoe.act(handoff, "close", outcome="other")


@pytest.mark.parametrize(("role", "status"), [("analyst", 200), ("administrator", 200), ("counsellor", 403)])
def test_who_may_read_proposals(gateway: RunningGateway, role: str, status: int) -> None:
    member = signed_in(gateway, f"p_{role}", role)

    assert member.get("/desk/proposals").status_code == status
    assert member.form("/desk/account", "/desk/proposals/AAA-AAA", act="taken").status_code == (
        404 if status == 200 else 403
    )
    if role == "analyst":
        assert member.get("/desk/ended").status_code == 403


def test_ended_talks_are_filtered_by_tag(gateway: RunningGateway, zoe: StaffMember) -> None:
    _, tagged = in_queue(gateway, zoe)
    _, plain = in_queue(gateway, zoe)
    for handoff in (tagged, plain):
        zoe.act(handoff, "claim")
    zoe.act(tagged, "tags", tag="give:technical")
    for handoff in (tagged, plain):
        zoe.act(handoff, "close", outcome="other")

    every, by_tag = zoe.get("/desk/ended").text, zoe.get("/desk/ended?tag=technical").text
    invented = zoe.get("/desk/ended?tag=%3Cscript%3E").text

    assert f"/desk/talks/{tagged}" in every
    assert f"/desk/talks/{plain}" in every
    assert f"/desk/talks/{tagged}" in by_tag
    assert f"/desk/talks/{plain}" not in by_tag
    assert "Technical problem (1)" in every
    assert f"/desk/talks/{plain}" in invented
    assert "<script>" not in invented.replace('<script src="/desk/static', "")
