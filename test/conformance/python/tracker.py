"""
A tracker of py-ipv8's own parts.

Its package does not have the tracker script of its repository, so this joins every community that it hears of and
leaves all the rest to py-ipv8: whoever asks for an introduction gets one, and nobody asks anything else.
"""
from typing import Any

from ipv8.community import Community
from ipv8.keyvault.crypto import default_eccrypto
from ipv8.messaging.interfaces.endpoint import EndpointListener
from ipv8.messaging.interfaces.udp.endpoint import UDPEndpoint
from ipv8.messaging.payload import (
    IntroductionRequestPayload,
    NewIntroductionRequestPayload,
)
from ipv8.peer import Peer
from ipv8.peerdiscovery.network import Network
from report import report

REQUESTS = {IntroductionRequestPayload.msg_id, NewIntroductionRequestPayload.msg_id}
PREFIX_LENGTH = 22


class PythonTracker(EndpointListener):
    """Introduces the peers of any community to each other."""

    def __init__(self, name: str) -> None:
        """Does nothing yet."""
        self.name = name
        self.endpoint = UDPEndpoint(0, "127.0.0.1")
        EndpointListener.__init__(self, self.endpoint)
        self.peer = Peer(default_eccrypto.generate_key("very-low"))
        self.communities: dict[bytes, Community] = {}

    async def start(self) -> None:
        """Listens on a port that the system chooses."""
        await self.endpoint.open()
        self.endpoint.add_listener(self)
        report("started", peer=self.name, mid=self.peer.mid.hex(), addresses=[self.endpoint.get_address()])

    def on_packet(self, packet: tuple[Any, bytes]) -> None:
        """The first request of a community; the community itself hears of those behind it."""
        prefix, kind = packet[1][:PREFIX_LENGTH], packet[1][PREFIX_LENGTH]
        if prefix in self.communities or kind not in REQUESTS:
            return
        tracked = type("Tracked", (Community,), {"community_id": prefix[2:]})
        settings = tracked.settings_class(my_peer=self.peer, endpoint=self.endpoint, network=Network())
        self.communities[prefix] = tracked(settings)
        self.communities[prefix].on_packet(packet)

    async def stop(self) -> None:
        """Serves nobody any more."""
        for community in self.communities.values():
            await community.unload()
        self.endpoint.close()
        report("stopped", peer=self.name)
