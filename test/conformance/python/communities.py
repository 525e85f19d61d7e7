"""Communities beside those of py-ipv8, by the names a configuration may use."""
import sys
from hashlib import sha1

from ipv8.community import Community


class Meeting(Community):
    """Peers meet, and no more."""

    community_id = sha1(b"conformance meeting").digest()


COMMUNITIES: dict[str, type[Community]] = {"Meeting": Meeting}

# What ipv8c made of our schemas is in the folder that the program is given.
if sys.argv[1:]:
    sys.path.append(sys.argv[1])
    from lamport_clock import Lamport

    COMMUNITIES["Lamport"] = Lamport
