"""Which machines may be reached when a source is fetched: hosts on the list, and no private address behind them.

The name is looked up here and the connection goes to the address that was looked at, so that a name cannot change
its mind between the look and the connection.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence

from bot.services.agenda.sources.reading import Source

#: Looks a name up: host and port to addresses.
LookUp = Callable[[str, int], Sequence[str]]


class AddressRefused(Exception):
    """A host may not be reached; no retry helps. The text says why."""


def look_up(host: str, port: int) -> list[str]:
    """The addresses of a host, as the machine's resolver gives them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def allowed_addresses(source: Source, host: str, port: int, look: LookUp = look_up) -> list[str]:
    """Where a connection to the host may go. Raises AddressRefused, and OSError when the name is not known."""
    check_host(source, host)
    addresses = list(look(host, port))
    if host.lower() not in source.own_network:
        for address in addresses:
            if not _is_public(address):
                raise AddressRefused(f"{host} leads to a private address ({address})")
    return addresses


def check_host(source: Source, host: str) -> None:
    """Raises AddressRefused for a host that is not on the list."""
    if host.lower() not in source.hosts:
        raise AddressRefused(f"{host or 'no host'} is not among the hosts that may be reached")


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    if inner is not None and not inner.is_global:
        return False
    # 64:ff9b::/96 leads to IPv4 addresses behind a gateway.
    return address.is_global and not address.is_multicast and address not in ipaddress.ip_network("64:ff9b::/96")
