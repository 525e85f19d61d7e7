"""Communities beside those of py-ipv8, by the names a configuration may use."""
from hashlib import sha1

from ipv8.community import Community


class Meeting(Community):
    """Peers meet, and no more."""

    community_id = sha1(b"conformance meeting").digest()


COMMUNITIES = {"Meeting": Meeting}
