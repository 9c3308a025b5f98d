"""What administrators do with accounts: nobody is locked out by mistake, everything is recorded."""

from __future__ import annotations

import threading

import pytest

from bot.services.staff.administration import NOBODY, PAGE, Administration
from bot.services.staff.records import Member, SignedIn, StaffRefused
from bot.store import presence_rows
from bot.store.presence_rows import PresenceRow
from tests.services.staff.conftest import ADDRESS, PASSWORD, StaffDoor

LANGUAGES = ["fr", "nl"]


@pytest.fixture
def administration(staff: StaffDoor) -> Administration:
    return Administration(staff.database, staff.clock)


@pytest.fixture
def ada(staff: StaffDoor) -> Member:
    return staff.with_password("ada", "administrator")


def presence_of(staff: StaffDoor, member: Member) -> PresenceRow:
    with staff.database.reading() as connection:
        row = presence_rows.find(connection, member.id)
    assert row
    return row


def be_there(staff: StaffDoor, member: Member) -> None:
    with staff.database.writing() as connection:
        known = {**presence_of(staff, member).__dict__, "is_present": True}
        presence_rows.put(connection, PresenceRow(**known))


def test_a_changed_profile_holds_at_once_everywhere(
    staff: StaffDoor, administration: Administration, ada: Member
) -> None:
    zoe = staff.with_password("zoe")
    session = staff.sessions.sign_in("zoe", PASSWORD, ADDRESS)
    assert isinstance(session, SignedIn)
    be_there(staff, zoe)

    administration.change(ada.id, zoe.id, "counsellor", ["en"], "  Zoé  de Wit ")

    as_it_is = staff.sessions.read(session.token)
    assert as_it_is
    assert (as_it_is.shown_name, as_it_is.languages, as_it_is.role) == ("Zoé de Wit", ("en",), "counsellor")
    known = presence_of(staff, zoe)
    assert (known.name, known.languages, known.is_present) == ("Zoé de Wit", ["en"], True)

    administration.change(ada.id, zoe.id, "editor", ["en"], "Zoé de Wit")

    assert not presence_of(staff, zoe).is_present, "who may not talk is promised to nobody"


@pytest.mark.parametrize(
    ("role", "languages", "shown", "reason"),
    [
        ("boss", ["fr"], "Zoé", "role"),
        ("editor", [], "Zoé", "languages"),
        ("editor", ["de"], "Zoé", "languages"),
        ("editor", ["fr"], " ", "shown_name"),
        ("editor", ["fr"], "a\u202eb", "shown_name"),
        ("editor", ["fr"], "z" * 61, "shown_name"),
    ],
)
def test_a_profile_that_cannot_be_changes_nothing(
    staff: StaffDoor,
    administration: Administration,
    ada: Member,
    role: str,
    languages: list[str],
    shown: str,
    reason: str,
) -> None:
    zoe = staff.with_password("zoe")
    before = administration.changes()

    with pytest.raises(StaffRefused) as refused:
        administration.change(ada.id, zoe.id, role, languages, shown)

    assert refused.value.reason == reason
    assert staff.accounts.find(zoe.id) == zoe
    assert administration.changes() == before


def test_an_unknown_account_is_refused(administration: Administration, ada: Member) -> None:
    for act in (administration.disable, administration.enable):
        with pytest.raises(StaffRefused) as refused:
            act(ada.id, "nobody")
        assert refused.value.reason == "unknown"


def test_nobody_closes_their_own_account(staff: StaffDoor, administration: Administration, ada: Member) -> None:
    staff.with_password("eva", "administrator")

    with pytest.raises(StaffRefused) as refused:
        administration.disable(ada.id, ada.id)

    assert refused.value.reason == "yourself"
    assert staff.accounts.find(ada.id) == ada


def test_the_last_administrator_who_can_sign_in_stays_one(
    staff: StaffDoor, administration: Administration, ada: Member
) -> None:
    staff.accounts.add("invited", "administrator", ["fr"])
    closed = staff.with_password("closed", "administrator")
    administration.disable(ada.id, closed.id)

    with pytest.raises(StaffRefused) as demoted:
        administration.change(ada.id, ada.id, "counsellor", LANGUAGES, "Ada")
    with pytest.raises(StaffRefused) as disabled:
        administration.disable("another", ada.id)
    assert [demoted.value.reason, disabled.value.reason] == ["last_administrator"] * 2

    administration.change(ada.id, ada.id, "administrator", ["nl"], "Ada L.")
    administration.enable(ada.id, closed.id)
    administration.change(ada.id, ada.id, "counsellor", LANGUAGES, "Ada")
    member = staff.accounts.find(ada.id)
    assert member
    assert member.role == "counsellor"


def test_of_two_administrators_who_close_each_other_at_once_one_stays(
    staff: StaffDoor, administration: Administration, ada: Member
) -> None:
    eva = staff.with_password("eva", "administrator")
    barrier, refused = threading.Barrier(2), list[str]()

    def close(by: Member, whom: Member) -> None:
        barrier.wait()
        try:
            administration.disable(by.id, whom.id)
        except StaffRefused as error:
            refused.append(error.reason)

    threads = [threading.Thread(target=close, args=pair) for pair in ((ada, eva), (eva, ada))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert refused == ["last_administrator"]
    assert sum(one.member.is_active for one in administration.accounts()) == 1


def test_a_closed_account_is_out_at_once_and_can_be_opened_again(
    staff: StaffDoor, administration: Administration, ada: Member
) -> None:
    zoe = staff.with_password("zoe")
    session = staff.sessions.sign_in("zoe", PASSWORD, ADDRESS)
    assert isinstance(session, SignedIn)
    be_there(staff, zoe)

    administration.disable(ada.id, zoe.id)

    assert staff.sessions.read(session.token) is None
    assert not isinstance(staff.sessions.sign_in("zoe", PASSWORD, ADDRESS), SignedIn)
    assert not presence_of(staff, zoe).is_present
    administration.enable(ada.id, zoe.id)
    assert isinstance(staff.sessions.sign_in("zoe", PASSWORD, ADDRESS), SignedIn)


def test_every_change_is_recorded_with_who_when_and_what(
    staff: StaffDoor, administration: Administration, ada: Member
) -> None:
    staff.clock.pass_minutes(1)
    staff.accounts.add("zoe", "counsellor", LANGUAGES, "Zoé", ada.id)
    zoe = next(one.member for one in administration.accounts() if one.member.name == "zoe")
    administration.change(ada.id, zoe.id, "editor", ["en"], "Zoé")
    administration.change(ada.id, zoe.id, "editor", ["en"], "Zoé")
    administration.disable(ada.id, zoe.id)
    administration.disable(ada.id, zoe.id)
    administration.enable(ada.id, zoe.id)
    staff.accounts.new_link("zoe", ada.id)
    staff.accounts.disable("zoe", "root")

    changes = administration.changes()

    assert [(one.what, one.by, one.whom) for one in changes[:6]] == [
        ("disabled", "root", "Zoé"),
        ("linked", "ada", "Zoé"),
        ("enabled", "ada", "Zoé"),
        ("disabled", "ada", "Zoé"),
        ("changed", "ada", "Zoé"),
        ("added", "ada", "Zoé"),
    ]
    assert changes[4].detail["before"] == {"shown_name": "Zoé", "role": "counsellor", "languages": LANGUAGES}
    assert changes[4].detail["after"] == {"shown_name": "Zoé", "role": "editor", "languages": ["en"]}
    assert {one.at for one in changes[:6]} == {staff.clock()}
    assert changes[6].by == "operator"


def test_the_first_administrator_is_in_the_record(staff: StaffDoor, administration: Administration) -> None:
    ada = staff.accounts.accept(staff.accounts.first_link() or "", PASSWORD, ADDRESS, "ada", "Ada")

    (added,) = administration.changes()

    assert (added.what, added.by, added.whom) == ("added", ada.shown_name, ada.shown_name)


def test_the_list_says_when_somebody_was_last_there(
    staff: StaffDoor, administration: Administration, ada: Member
) -> None:
    staff.accounts.add("zoe", "counsellor", LANGUAGES)
    staff.clock.pass_minutes(5)
    staff.sessions.sign_in("ada", PASSWORD, ADDRESS)
    there = staff.clock()
    staff.clock.pass_minutes(5)
    staff.sessions.sign_in("ada", "a wrong password", ADDRESS)

    entered = {one.member.name: one.entered_at for one in administration.accounts()}

    assert entered == {"ada": there, "zoe": None}


def test_sign_ins_by_account_outcome_and_page(staff: StaffDoor, administration: Administration, ada: Member) -> None:
    for number in range(PAGE):
        staff.clock.pass_minutes(10)
        staff.sessions.sign_in("ada" if number % 2 else "my secret password", "wrong", f"192.0.2.{number}")
    staff.clock.pass_minutes(10)
    staff.sessions.sign_in("ada", PASSWORD, ADDRESS)

    everything = administration.sign_ins()
    assert (everything.count, everything.pages, len(everything.rows)) == (PAGE + 2, 2, PAGE)
    assert everything.rows[0].outcome == "ok"
    assert [one.outcome for one in administration.sign_ins(page=2).rows] == ["refused", "link"]
    assert administration.sign_ins(page=99).page == 2
    unknown = administration.sign_ins(NOBODY)
    assert {one.name for one in unknown.rows} == {None}
    assert unknown.count == PAGE // 2
    assert administration.sign_ins(ada.id, "refused").count == PAGE // 2
    assert administration.sign_ins(ada.id, "throttled").rows == ()

    staff.clock.pass_minutes(91 * 24 * 60)
    assert administration.sign_ins().count == 0
