"""The tutorial's clock, on the module that ipv8c makes of schemas/lamport.ipv8."""
from collections.abc import Callable

from ipv8.community import CommunitySettings
from ipv8.peer import Peer
from lamport import ClockPayload, LamportCommunityBase


class Lamport(LamportCommunityBase):
    """A clock that moves on with everything it hears, and says so to whom it heard."""

    clock = 0
    is_quiet = True
    report: Callable[..., None]

    def __init__(self, settings: CommunitySettings) -> None:
        """Clocks may get lost on their way."""
        super().__init__(settings)
        self.register_task("stir", self.stir, interval=1.0, delay=1.0)

    def stir(self) -> None:
        """Tells all peers what time it is, after a second in which nobody said so."""
        if self.is_quiet:
            for peer in self.get_peers():
                self.begin(peer)
        self.is_quiet = True

    def begin(self, peer: Peer) -> None:
        """Tells a peer what time it is."""
        self.send_clock(peer, clock=self.clock)

    def on_clock(self, peer: Peer, payload: ClockPayload) -> None:
        """Never goes back."""
        self.is_quiet = False
        self.clock = max(self.clock, payload.clock) + 1
        self.report("clock", clock=self.clock)
        self.send_clock(peer, clock=self.clock)
