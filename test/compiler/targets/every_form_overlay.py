# mypy: disable-error-code="import-untyped"
"""What peers do in the communities of every-form.ipv8.

This file is yours: ipv8c wrote it once, and does not touch it again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from every_form import APayload, BPayload, CCommunityBase, DCommunityBase, RPayload

if TYPE_CHECKING:
    from ipv8.messaging.interfaces.udp.endpoint import Address
    from ipv8.messaging.payload_headers import GlobalTimeDistributionPayload
    from ipv8.peer import Peer


class CCommunity(CCommunityBase):
    """C."""

    def on_a(
        self,
        peer: Peer,
        dist: GlobalTimeDistributionPayload,
        payload: APayload,
    ) -> RPayload | None:
        """Answer A."""
        raise NotImplementedError

    def on_b(self, source_address: Address, payload: BPayload) -> None:
        """Handle B."""
        raise NotImplementedError


class DCommunity(DCommunityBase, CCommunity):
    """D."""
