"""The tutorial's clock, on the module that ipv8c makes of schemas/lamport.ipv8."""
from collections.abc import Callable

from ipv8.peer import Peer
from lamport import ClockPayload, LamportCommunityBase


class Lamport(LamportCommunityBase):
    """A clock that moves on with everything it hears, and says so to whom it heard."""

    clock = 0
    report: Callable[..., None]

    def begin(self) -> None:
        """Tells all peers what time it is."""
        for peer in self.get_peers():
            self.send_clock(peer, clock=self.clock)

    def on_clock(self, peer: Peer, payload: ClockPayload) -> None:
        """Never goes back."""
        self.clock = max(self.clock, payload.clock) + 1
        self.report("clock", clock=self.clock)
        self.send_clock(peer, clock=self.clock)
