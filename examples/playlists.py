"""A community of py-ipv8 for `ipv8c import`: peers show each other their playlists and vote for songs."""
from binascii import unhexlify
from dataclasses import dataclass

from ipv8.community import Community
from ipv8.lazy_community import lazy_wrapper, lazy_wrapper_unsigned
from ipv8.messaging.lazy_payload import VariablePayload, vp_compile
from ipv8.messaging.payload_dataclass import DataClassPayload


@vp_compile
class Song(VariablePayload):
    """A song of a playlist."""

    format_list = ["varlenHutf8", "H"]
    names = ["title", "seconds"]


@vp_compile
class PlaylistPayload(VariablePayload):
    """Shows a playlist."""

    msg_id = 1
    format_list = ["I", "20s", [Song], "raw"]
    names = ["identifier", "owner", "songs", "comment"]


@dataclass
class VotePayload(DataClassPayload[2]):
    """Votes for a song, or against it."""

    title: str
    up: bool


class PlaylistsCommunity(Community):
    """Peers with playlists."""

    community_id = unhexlify("9c5f2b1d0e4a7786c3d1f0a2b4c6d8e0f1a2b3c4")

    def __init__(self, settings):
        super().__init__(settings)
        self.add_message_handler(PlaylistPayload, self.on_playlist)
        self.add_message_handler(VotePayload, self.on_vote)

    @lazy_wrapper(PlaylistPayload)
    def on_playlist(self, peer, payload):
        print(peer, [song.title for song in payload.songs])

    @lazy_wrapper_unsigned(VotePayload)
    def on_vote(self, source_address, payload):
        print(source_address, payload.title, payload.up)
