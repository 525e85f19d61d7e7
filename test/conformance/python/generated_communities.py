"""
Generated communities among themselves, without a network: generated_communities.py MODULES...

Messages and requests reach the handlers of another peer, signed or not, timed or not, in a cell or not.
"""
import asyncio
import os
import sys
import unittest

sys.path[:0] = sys.argv[1:]

from ipv8.messaging.interfaces.udp.endpoint import UDPv4Address
from ipv8.messaging.payload_headers import GlobalTimeDistributionPayload
from ipv8.messaging.serialization import PackError
from ipv8.test.base import TestBase

import discovery
import discovery_overlay
import introduction
import lamport
import lamport_overlay
import tunnel
import tunnel_overlay
import vec
import vec_overlay
import weather
import weather_overlay

HERE = UDPv4Address("127.0.0.1", 8090)
NOWHERE = UDPv4Address("0.0.0.0", 0)


class LamportCommunity(lamport_overlay.LamportCommunity):
    """Remembers what it was told."""

    def __init__(self, settings):
        super().__init__(settings)
        self.told = []

    async def on_clock(self, peer, payload):
        await asyncio.sleep(0)
        self.told.append((peer, payload))


class WeatherCommunity(weather_overlay.WeatherCommunity):
    """Knows how warm it is in Delft."""

    asked = 0

    async def on_temperature_request(self, peer, payload):
        self.asked += 1
        await asyncio.sleep(0)
        if payload.place != "Delft":
            return None
        return weather.TemperatureResponsePayload(identifier=0, tenths=123)


class DiscoveryCommunity(discovery_overlay.DiscoveryCommunity):
    """Answers at once, and counts introduction requests."""

    def __init__(self, settings):
        super().__init__(settings)
        self.met = []

    def on_similarity_request(self, peer, dist, payload):
        assert isinstance(dist, GlobalTimeDistributionPayload)
        return discovery.SimilarityResponsePayload(0, payload.preference_list, [])

    def on_ping(self, source_address, dist, payload):
        return discovery.PongPayload(0)

    def on_discovery_introduction_request(self, peer, dist, payload):
        self.met.append(payload)


class TunnelCommunity(tunnel_overlay.TunnelCommunity):
    """Counts pings."""

    def __init__(self, settings):
        super().__init__(settings)
        self.pings = []

    def on_ping(self, source_address, payload):
        self.pings.append((source_address, payload))


class VecCommunity(vec_overlay.VecCommunity):
    """Remembers what it was told."""

    def __init__(self, settings):
        super().__init__(settings)
        self.told = []

    def on_signed_pair(self, peer, payload):
        self.told.append(payload)

    on_unsigned_pair = on_unsigned_timed_pair = on_signed_pair

    def on_timed_pair(self, peer, dist, payload):
        self.told.append((dist.global_time, payload))

    on_unsigned_timed_pair = on_timed_pair


class Communities(TestBase):
    """Two peers of each."""

    async def meet(self, kind, **settings):
        self.initialize(kind, 2, kind.settings_class(**settings))
        await self.introduce_nodes()
        return self.overlay(0), self.overlay(1)

    async def test_message(self):
        one, two = await self.meet(LamportCommunity)
        one.send_clock(self.peer(1), clock=7)
        await self.deliver_messages()
        self.assertEqual([payload for _, payload in two.told], [lamport.ClockPayload(7)])
        self.assertEqual(two.told[0][0], self.peer(0))

    async def test_handlers_are_needed(self):
        class Empty(lamport.LamportCommunityBase):
            pass

        with self.assertRaises(TypeError):
            Empty(None)

    async def test_written_stub(self):
        one, two = await self.meet(lamport_overlay.LamportCommunity)
        with self.assertRaises(NotImplementedError):
            two.on_clock(self.peer(0), lamport.ClockPayload(1))

    async def test_request(self):
        one, two = await self.meet(WeatherCommunity)
        answer = await one.request_temperature(self.peer(1), place="Delft")
        self.assertEqual(answer.tenths, 123)
        self.assertEqual(two.asked, 1)

    async def test_no_answer(self):
        one, two = await self.meet(WeatherCommunity)
        with one.request_cache.passthrough(timeout=0.05):
            self.assertIsNone(await one.request_temperature(self.peer(1), place="?"))
        self.assertEqual(two.asked, 3)
        self.assertFalse(one.request_cache._identifiers)

    async def test_answer_of_another(self):
        one, two = await self.meet(WeatherCommunity)
        with one.request_cache.passthrough(timeout=0.1):
            waiting = asyncio.ensure_future(one.request_temperature(self.peer(1), place="?"))
            await asyncio.sleep(0.02)
            (cache,) = one.request_cache._identifiers.values()
            forged = weather.TemperatureResponsePayload(cache.number, 1)
            cache.asked = self.peer(0)
            two.ez_send(self.peer(0), forged)
            self.assertIsNone(await waiting)

    async def test_bounds_are_checked_when_packed(self):
        one, _ = await self.meet(WeatherCommunity)
        with self.assertRaises(PackError):
            await one.request_temperature(self.peer(1), place="x" * 65)

    async def test_timed_requests(self):
        one, two = await self.meet(DiscoveryCommunity)
        flags = discovery.SimilarityRequestFlags(introduction.ConnectionType(1))
        answer = await one.request_similarity(
            self.peer(1), lan_address=HERE, wan_address=HERE, flags=flags, preference_list=[b"1" * 20]
        )
        self.assertEqual(answer.preference_list, [b"1" * 20])
        self.assertIsNotNone(await one.request_ping(two.my_peer.address))

    async def test_overriding_message(self):
        one, two = await self.meet(DiscoveryCommunity)
        self.assertEqual(two.met, [])
        flags = discovery.DiscoveryIntroductionRequestFlags(introduction.ConnectionType.PUBLIC, True, True)
        one.send_discovery_introduction_request(
            self.peer(1), introduce_to=b"2" * 20, destination_address=HERE, source_lan_address=NOWHERE,
            source_wan_address=NOWHERE, flags=flags, identifier=3, extra_bytes=b"")
        await self.deliver_messages()
        self.assertEqual([payload.identifier for payload in two.met], [3])

    async def test_what_is_overridden(self):
        """An introduction request goes on to py-ipv8's own handler, which answers."""
        one, two = await self.meet(DiscoveryCommunity)
        one.network.remove_peer(self.peer(1))
        one.walk_to(two.endpoint.wan_address)
        await self.deliver_messages()
        self.assertEqual(two.met, [])
        self.assertIn(self.peer(1), one.get_peers())

    async def test_cell(self):
        one, two = await self.meet(TunnelCommunity)
        ping = tunnel.PingPayload(circuit_id=7, identifier=8)
        packet = one.ezr_pack(ping.msg_id, ping, sig=False)
        await two.on_cell_message(HERE, packet, 7)
        self.assertEqual(two.pings, [(HERE, ping)])
        self.assertIsNone(two.decode_map[ping.msg_id])

    async def test_id_given_at_the_start(self):
        # Of the class, for the test's own network.
        VecCommunity.community_id = b"3" * 20
        one, two = await self.meet(VecCommunity, community_id=b"4" * 20)
        self.assertEqual(one.get_prefix(), b"\x00\x02" + b"4" * 20)
        one.send_signed_pair(self.peer(1), a=1, b=2)
        one.send_unsigned_pair(two.my_peer.address, a=3, b=4)
        one.send_timed_pair(self.peer(1), a=5, b=6)
        one.send_unsigned_timed_pair(two.my_peer.address, a=7, b=8)
        await self.deliver_messages()
        first, second, (time, third), (later, fourth) = two.told
        self.assertEqual((first.a, second.a, third.a, fourth.a), (1, 3, 5, 7))
        self.assertLess(time, later)


result = unittest.main(argv=["generated_communities.py"], exit=False).result
sys.stdout.flush()
sys.stderr.flush()
# Threads of py-ipv8 may look at interfaces still.
os._exit(0 if result.wasSuccessful() and result.testsRun > 0 else 1)
