"""A peer of py-ipv8, told what to do by commands, that reports what happens to it."""
import base64
from typing import Any

from communities import COMMUNITIES
from ipv8.configuration import ConfigBuilder
from ipv8.keyvault.crypto import default_eccrypto
from ipv8.messaging.interfaces.endpoint import EndpointListener
from ipv8.messaging.interfaces.udp.endpoint import UDPv4Address, UDPv6Address
from ipv8.peer import Peer
from ipv8.peerdiscovery.network import PeerObserver
from ipv8_service import IPv8
from report import report


def address_of(host: str, port: int) -> UDPv4Address | UDPv6Address:
    """The address in the class that py-ipv8 tells families apart by."""
    return UDPv6Address(host, port) if ":" in host else UDPv4Address(host, port)


class Watcher(EndpointListener, PeerObserver):
    """Reports datagrams that come in, and peers that come and go."""

    def __init__(self, name: str, service: IPv8) -> None:
        """Hears of everything from now on."""
        EndpointListener.__init__(self, service.endpoint)
        self.name = name
        self.network = service.network
        self.known: set[tuple[str, str]] = set()
        service.endpoint.add_listener(self)
        service.network.peer_observers.add(self)
        discover_services = service.network.discover_services

        def discover(peer: Peer, services: Any) -> None:
            discover_services(peer, services)
            self.report_known(peer)

        service.network.discover_services = discover

    def on_packet(self, packet: tuple[Any, bytes]) -> None:
        """A datagram; it is handled by its overlay too."""
        source, data = packet
        report("received", peer=self.name, overlay=data[2:22].hex(), id=data[22], host=source[0], port=source[1])

    def on_peer_added(self, peer: Peer) -> None:
        """What it takes part in is not known yet."""
        report("added", peer=self.name, mid=peer.mid.hex())

    def on_peer_removed(self, peer: Peer) -> None:
        """It is a stranger again."""
        mid = peer.mid.hex()
        self.known = {pair for pair in self.known if pair[0] != mid}
        report("lost", peer=self.name, mid=mid)

    def report_known(self, peer: Peer) -> None:
        """Reports each overlay of a peer once."""
        verified = self.network.verified_by_public_key_bin.get(peer.public_key.key_to_bin())
        if verified is None:
            return
        for service in self.network.get_services_for_peer(verified):
            pair = (verified.mid.hex(), service.hex())
            if pair in self.known:
                continue
            self.known.add(pair)
            host, port = verified.address[:2]
            report("knows", peer=self.name, mid=pair[0], overlay=pair[1], host=host, port=port)


class PythonPeer:
    """One instance of IPv8 with one overlay."""

    def __init__(self, name: str) -> None:
        """Does nothing yet."""
        self.name = name
        self.service: IPv8 | None = None

    @property
    def overlay(self) -> Any:
        """The overlay that commands are for."""
        return self.service.overlays[-1]

    async def start(self, hosts: list[str], level: str, interval: float, overlays: list[dict]) -> None:
        """Listens on ports that the system chooses. No overlay has any bootstrapper but those it is given."""
        key = default_eccrypto.generate_key(level)
        builder = ConfigBuilder(clean=True)
        builder.config.update(logger={"level": "WARNING"}, working_directory=".", walker_interval=interval)
        for host in hosts:
            interface = "UDPIPv6" if ":" in host else "UDPIPv4"
            builder.set_address(host, interface).set_port(0, interface)
        builder.add_key_from_bin("key", base64.b64encode(key.key_to_bin()).decode())
        config = builder.config
        config["overlays"] = [self.overlay_of(overlay) for overlay in overlays]
        self.service = IPv8(builder.finalize(), extra_communities=COMMUNITIES)
        for overlay in self.service.overlays:
            overlay.report = lambda event, **details: report(event, peer=self.name, **details)
        Watcher(self.name, self.service)
        await self.service.start()
        addresses = [self.service.endpoint.get_address(interface)[:2] for interface in self.service.endpoint.interfaces]
        report("started", peer=self.name, mid=self.overlay.my_peer.mid.hex(), addresses=addresses)

    @staticmethod
    def overlay_of(overlay: dict) -> dict:
        """An overlay of the configuration; its trackers are what py-ipv8 calls a dispersy bootstrapper."""
        trackers = [tuple(tracker) for tracker in overlay.get("trackers", [])]
        init = {"ip_addresses": trackers, "dns_addresses": [], "bootstrap_timeout": 1.0}
        bootstrappers = [{"class": "DispersyBootstrapper", "init": init}] if trackers else []
        return {
            "class": overlay["class"],
            "key": "key",
            "walkers": overlay.get("walkers", []),
            "bootstrappers": bootstrappers,
            "initialize": {},
            "on_start": [tuple(call) for call in overlay.get("on_start", [])],
        }

    async def walk(self, host: str, port: int, style: str) -> None:
        """Asks at an address for an introduction, in the old or in the new form."""
        address = address_of(host, port)
        packet = self.overlay.create_introduction_request(address, new_style=style == "new")
        self.service.endpoint.send(address, packet)

    async def discover(self, host: str, port: int, style: str) -> None:
        """Hears of an address, as if it had been introduced."""
        overlay = self.overlay
        self.service.network.discover_address(
            overlay.my_peer, address_of(host, port), overlay.community_id, style == "new")

    async def walkable(self) -> None:
        """Reports where the overlay could walk to."""
        addresses = [list(address[:2]) for address in self.overlay.get_walkable_addresses()]
        report("walkable", peer=self.name, addresses=addresses)

    async def begin(self, mid: str) -> None:
        """Has the overlay say the first word to a peer."""
        self.overlay.begin(self.peer_of(mid))

    def peer_of(self, mid: str) -> Peer:
        """A verified peer by its name in hexadecimal digits."""
        return next(peer for peer in self.service.network.verified_peers if peer.mid.hex() == mid)

    async def ping(self, mid: str) -> None:
        """Pings a peer; the overlay is the discovery community's."""
        self.overlay.send_ping(self.peer_of(mid))

    async def pings(self, mid: str) -> None:
        """Reports how many pings of ours the peer has answered."""
        report("pings", peer=self.name, mid=mid, count=len(self.peer_of(mid).pings))

    async def stop(self) -> None:
        """Leaves without a word, as py-ipv8 does."""
        service, self.service = self.service, None
        if service is not None:
            await service.stop()
            report("stopped", peer=self.name)
