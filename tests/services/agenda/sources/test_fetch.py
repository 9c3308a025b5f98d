"""Fetching from a real server: what is new, what is too much, too slow, elsewhere or private."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.services.agenda.sources.addresses import AddressRefused, allowed_addresses
from bot.services.agenda.sources.copies import Copy
from bot.services.agenda.sources.fetch import Fetcher, Limits, NotFetched
from bot.services.agenda.sources.reading import Source
from tests.services.agenda.sources.feed_server import (
    FeedServer,
    dripping,
    endless,
    one_after_the_other,
    redirects,
    says,
    silent,
    unless_known,
)

HOST = "127.0.0.1"
#: Short, so that a test of waiting does not wait long.
QUICK = Limits(seconds=1.5, wait_seconds=0.5, most_bytes=3_000_000, pauses=(0.01, 0.01))


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer().running() as running:
        yield running


def source(
    server: FeedServer, path: str = "/feed", host: str = HOST, own_network: tuple[str, ...] = (HOST,)
) -> Source:
    hosts = (HOST, "localhost", "agenda.test")
    return Source("centre", "ical", address=server.address(path, host), hosts=hosts, own_network=own_network)


def fetch(wanted: Source, known: Copy | None = None, **limits: object) -> Copy:
    return Fetcher(replace(QUICK, **limits)).fetch(wanted, known)  # type: ignore[arg-type]


def test_what_has_not_changed_is_not_sent_again(server: FeedServer) -> None:
    server.answers["/feed"] = unless_known('"v1"', b"agenda")

    first = fetch(source(server))
    again = fetch(source(server), first)

    assert first.content == b"agenda"
    assert again is first
    assert server.seen[1][1]["if-none-match"] == '"v1"'
    assert server.seen[1][1]["if-modified-since"] == "Mon, 23 Nov 2026 09:00:00 GMT"


def test_an_error_that_passes_is_tried_again_and_one_that_stays_is_told(server: FeedServer) -> None:
    server.answers["/feed"] = one_after_the_other(says(b"", 500), says(b"", 503), says(b"agenda"))
    server.answers["/down"] = says(b"", 500)

    assert fetch(source(server)).content == b"agenda"
    with pytest.raises(NotFetched, match="answers with 500"):
        fetch(source(server, "/down"))
    assert [path for path, _ in server.seen] == ["/feed"] * 3 + ["/down"] * 3


def test_what_is_gone_is_not_tried_again(server: FeedServer) -> None:
    server.answers["/feed"] = says(b"", 404)

    with pytest.raises(NotFetched, match="404"):
        fetch(source(server))
    assert len(server.seen) == 1


@pytest.mark.parametrize("with_length", [True, False])
def test_a_feed_of_200_megabytes_is_left_after_the_limit(server: FeedServer, with_length: bool) -> None:
    server.answers["/feed"] = endless(200, with_length)

    with pytest.raises(NotFetched, match="larger than 3 MB"):
        fetch(source(server), seconds=30)
    assert len(server.seen) == 1


@pytest.mark.parametrize("in_headers", [False, True])
def test_a_server_that_drips_is_cut_off(server: FeedServer, in_headers: bool) -> None:
    server.answers["/feed"] = dripping(60, in_headers)

    with pytest.raises(NotFetched, match=r"did not come within 1\.5 seconds"):
        fetch(source(server))


def test_a_server_that_says_nothing_is_not_waited_for(server: FeedServer) -> None:
    server.answers["/feed"] = silent(5)

    with pytest.raises(NotFetched, match=r"did not answer in time|did not come within"):
        fetch(source(server))


def test_no_server_at_all_is_told() -> None:
    with socket.socket() as free:
        free.bind((HOST, 0))
        address = f"http://{HOST}:{free.getsockname()[1]}/"
    with pytest.raises(NotFetched, match="cannot be reached"):
        fetch(Source("centre", "ical", address=address, hosts=(HOST,), own_network=(HOST,)))


def test_redirects_are_followed_to_hosts_on_the_list(server: FeedServer) -> None:
    server.answers["/feed"] = redirects("/moved")
    server.answers["/moved"] = redirects(server.address("/here"))
    server.answers["/here"] = says(b"agenda")

    assert fetch(source(server)).content == b"agenda"


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("http://10.0.0.1/admin", "10.0.0.1 is not among the hosts"),
        ("http://169.254.169.254/latest/meta-data", "not among the hosts"),
        ("http://example.org/", "example.org is not among the hosts"),
        ("file:///etc/passwd", "only http and https"),
        ("ftp://127.0.0.1/x", "only http and https"),
        ("http://[::1/", "no address"),
    ],
)
def test_redirects_elsewhere_are_refused(server: FeedServer, target: str, reason: str) -> None:
    server.answers["/feed"] = redirects(target)

    with pytest.raises(NotFetched, match=reason):
        fetch(source(server))
    assert len({path for path, _ in server.seen}) == 1


def test_a_redirect_to_a_listed_name_with_a_private_address_is_refused(server: FeedServer) -> None:
    server.answers["/feed"] = redirects(server.address("/secret", "localhost"))
    server.answers["/secret"] = says(b"secret")

    with pytest.raises(NotFetched, match=r"localhost leads to a private address \((127.0.0.1|::1)\)"):
        fetch(source(server))
    assert [path for path, _ in server.seen] == ["/feed"]


def test_redirects_in_a_circle_end(server: FeedServer) -> None:
    server.answers["/feed"] = redirects("/feed")

    with pytest.raises(NotFetched, match="more than 5 redirects"):
        fetch(source(server))


def test_a_name_is_connected_to_where_it_was_looked_at(server: FeedServer) -> None:
    server.answers["/feed"] = says(b"agenda")
    asked: list[tuple[str, int]] = []

    def look(host: str, port: int) -> list[str]:
        asked.append((host, port))
        return [HOST]

    wanted = source(server, host="agenda.test", own_network=("agenda.test",))

    assert Fetcher(QUICK, look).fetch(wanted).content == b"agenda"
    assert asked == [("agenda.test", server.port)]
    assert server.seen[0][1]["host"] == f"agenda.test:{server.port}"


PRIVATE = (
    "127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 "
    "::1 fe80::1 fd00::1 ::ffff:10.0.0.1 64:ff9b::a00:1 2002:a00:1::"
)


@pytest.mark.parametrize("address", PRIVATE.split())
def test_private_addresses_behind_a_public_name_are_refused(address: str) -> None:
    wanted = Source("centre", "ical", address="https://agenda.test/", hosts=("agenda.test",))

    with pytest.raises(AddressRefused, match="private address"):
        allowed_addresses(wanted, "agenda.test", 443, lambda host, port: ["93.184.216.34", address])
    assert allowed_addresses(wanted, "AGENDA.test", 443, lambda host, port: ["93.184.216.34"]) == ["93.184.216.34"]


def test_a_proxy_of_the_environment_is_not_used(server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    server.answers["/feed"] = says(b"agenda")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

    assert fetch(source(server)).content == b"agenda"
