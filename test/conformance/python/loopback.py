"""
Keeps py-ipv8 on this machine: import this before anything of ipv8.

Sending to any other place raises. py-ipv8 is told that the machine has no address but loopback: it would look up the
name of the machine, and tell others of the addresses it finds.
"""
from ipaddress import ip_address

from ipv8.messaging.interfaces.lan_addresses import interfaces

interfaces.get_providers = list

from ipv8.messaging.interfaces.udp.endpoint import UDPEndpoint

_send = UDPEndpoint.send


class LeftLoopbackError(Exception):
    """A datagram for another machine."""


refused: list[str] = []


def _send_here(self: UDPEndpoint, address: tuple, packet: bytes) -> None:
    if not ip_address(address[0]).is_loopback:
        refused.append(f"{address[0]}:{address[1]}")
        raise LeftLoopbackError(address)
    _send(self, address, packet)


UDPEndpoint.send = _send_here
