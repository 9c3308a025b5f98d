"""The queue of writers on SQLite: one at a time, what is urgent first, and nobody waits for ever."""

from __future__ import annotations

import threading
import time

from bot.store.writers import Writers


def test_one_at_a_time_and_all_of_them() -> None:
    writers, at_work, most, done = Writers(), 0, 0, 0

    def write(urgent: bool) -> None:
        nonlocal at_work, most, done
        for _ in range(50):
            assert writers.acquire(20, urgent)
            at_work += 1
            most = max(most, at_work)
            time.sleep(0.0001)
            at_work -= 1
            done += 1
            writers.release()

    threads = [threading.Thread(target=write, args=(number % 3 == 0,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (most, done) == (1, 600)


def test_what_is_urgent_comes_before_those_who_wait() -> None:
    writers, order = Writers(), list[str]()
    assert writers.acquire(1)

    def write(name: str, urgent: bool) -> None:
        assert writers.acquire(20, urgent)
        order.append(name)
        writers.release()

    threads = [threading.Thread(target=write, args=(name, name == "urgent")) for name in ("a", "b", "urgent")]
    for thread in threads:
        thread.start()
        time.sleep(0.05)
    writers.release()
    for thread in threads:
        thread.join()

    assert order[0] == "urgent"
    assert sorted(order) == ["a", "b", "urgent"]


def test_who_waits_in_vain_hinders_nobody() -> None:
    writers = Writers()
    assert writers.acquire(1)

    assert not writers.acquire(0.05)
    assert not writers.acquire(0.05, urgent=True)
    writers.release()

    assert writers.acquire(0.05)
