"""A page that Meta refuses rests, is tried by one message, and goes on when that works."""

from __future__ import annotations

import pytest

from bot.gateway.messenger.page_states import OK, PageStates


class _Time:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def time() -> _Time:
    return _Time()


@pytest.fixture
def states(time: _Time) -> PageStates:
    return PageStates(time)


def test_a_refused_page_rests_longer_each_time_but_never_long(states: PageStates, time: _Time) -> None:
    pauses = []
    for _ in range(8):
        pauses.append(states.pause("1", "token_refused"))
        assert states.seconds_to_wait("1") == pauses[-1]
        time.seconds += pauses[-1]
        assert states.seconds_to_wait("1") == 0

    assert pauses == [5, 10, 20, 40, 80, 120, 120, 120]
    assert states.seconds_to_wait("2") == 0


def test_one_message_goes_ahead_as_a_trial(states: PageStates, time: _Time) -> None:
    states.pause("1", "token_refused")
    time.seconds = 6

    assert [states.seconds_to_wait("1") for _ in range(3)] == [0, 1, 1]
    assert states.works("1")
    assert (states.seconds_to_wait("1"), states.state_of("1")) == (0, OK)
    assert not states.works("1")


def test_messages_that_were_on_their_way_together_count_once(states: PageStates) -> None:
    assert [states.pause("1", "token_refused") for _ in range(3)] == [5, 5, 5]


def test_a_trial_that_never_ends_is_followed_by_another(states: PageStates, time: _Time) -> None:
    states.pause("1", "token_refused")
    time.seconds = 6
    assert states.seconds_to_wait("1") == 0
    time.seconds = 30

    assert states.seconds_to_wait("1") == 0


def test_what_was_refused_before_the_start_is_tried_at_once(states: PageStates) -> None:
    states.begin_paused("1", "token_refused")

    assert (states.state_of("1"), states.is_resting("1")) == ("token_refused", False)
    assert [states.seconds_to_wait("1") for _ in range(2)] == [0, 1]


def test_what_another_gateway_could_send_ends_the_pause(states: PageStates) -> None:
    states.pause("1", "token_refused")
    states.heard(["1", "2"])

    assert states.refused() == []


def test_five_people_in_a_row_make_it_the_pages_matter(states: PageStates) -> None:
    assert [states.is_about_page("1") for _ in range(5)] == [False] * 4 + [True]
    states.works("1")
    assert not states.is_about_page("1")
