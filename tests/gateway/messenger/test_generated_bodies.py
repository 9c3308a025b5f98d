"""Five thousand generated webhook bodies: nothing breaks, nothing valid is lost, nothing is answered twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.gateway.messenger.running_messenger import RunningMessenger, first_line, running_messenger
from tests.gateway.running_gateway import wait_until
from tests.messenger_bodies import FORGED, TRUNCATED, Bodies, Body

SEED, COUNT, PEOPLE, SENDERS = 20260329, 5000, 48, 4
_ANSWER_SECONDS = 600


@pytest.fixture(scope="module")
def messenger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningMessenger]:
    with running_messenger(tmp_path_factory.mktemp("bodies")) as running:
        yield running


@pytest.mark.timeout(1500)
def test_generated_bodies_break_nothing_lose_nothing_and_double_nothing(messenger: RunningMessenger) -> None:
    # Meta's window is open for each of them.
    people = tuple(messenger.double.person(silent_hours=0).psid for _ in range(PEOPLE))
    bodies = list(Bodies(SEED, COUNT, people))
    assert {body.kind for _, body in bodies} == {"valid", "replayed", "mutated", "truncated", "forged"}

    # Each person's calls in their order, several people at once.
    shares = [[body for psid, body in bodies if people.index(psid) % SENDERS == one] for one in range(SENDERS)]
    with ThreadPoolExecutor(SENDERS) as pool:
        answered = [pair for share in pool.map(lambda share: _send(messenger, share), shares) for pair in share]

    _check_statuses(answered)
    wait_until(messenger.is_quiet, _ANSWER_SECONDS)
    wanted: dict[str, list[str]] = defaultdict(list)
    for _, body in bodies:
        for psid, words in () if body.is_refused else body.texts:
            wanted[psid].append(words)
    assert sum(map(len, wanted.values())) > COUNT / 4
    for psid, said in wanted.items():
        _check_person(messenger, psid, said)
    again = messenger.rows(
        "SELECT in_reply_to, count(*) FROM message WHERE role = 'bot' GROUP BY 1 HAVING count(*) > 1"
    )
    assert [row for row in again if row[0] is not None] == []
    log = (messenger.gateway.folder / "gateway.log").read_text("utf-8")
    assert "Traceback" not in log
    assert "vraag-" not in log


def _send(messenger: RunningMessenger, share: list[Body]) -> list[tuple[Body, int]]:
    found = []
    with httpx.Client(timeout=60) as client:
        for body in share:
            # Bytes, because a forged header need not be ASCII.
            headers = [(name.encode(), value.encode("latin-1")) for name, value in body.headers.items()]
            answer = client.post(messenger.webhook, content=body.raw, headers=headers)
            found.append((body, answer.status_code))
    return found


def _check_statuses(answered: list[tuple[Body, int]]) -> None:
    statuses = Counter((body.kind, status) for body, status in answered)
    assert all(status < 500 for _, status in statuses), statuses
    assert all(status == 200 for body, status in answered if not body.is_refused), statuses
    assert all(status == 403 for body, status in answered if body.kind == FORGED), statuses
    assert all(status in (400, 403) for body, status in answered if body.kind == TRUNCATED), statuses


def _check_person(messenger: RunningMessenger, psid: str, words: list[str]) -> None:
    """Each valid message is stored once, answered once, and the answers came in its order."""
    stored = messenger.rows(
        "SELECT message.text FROM message JOIN messenger_person USING (contact_id) "
        "WHERE psid = ? AND role = 'visitor' AND message.text LIKE 'vraag-%' ORDER BY message.event",
        psid,
    )
    assert [row[0] for row in stored] == words
    wanted = set(words)

    def told() -> list[str]:
        lines = messenger.double.control("GET", f"people/{psid}")["lines"]
        said = [first_line(line["body"].get("text", "")) for line in lines if line["author"] == "app"]
        return [one for one in said if one in wanted]

    wait_until(lambda: len(told()) >= len(words), 120)
    assert told() == words
