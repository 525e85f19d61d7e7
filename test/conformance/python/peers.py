"""
Peers of py-ipv8, as many as are asked for.

``peers.py [FOLDER]``: the folder holds what ipv8c made of our schemas; it is needed for the overlays of these.

Commands come in as lines of JSON, each with ``do`` and ``peer``; what happens goes out as lines of JSON, each with
``event`` and ``peer``. It ends with its standard input.
"""
import asyncio
import json
import logging
import sys

import loopback  # First: it keeps what follows on this machine.
from peer import PythonPeer
from report import report
from tracker import PythonTracker

# Commands that make something new.
KINDS = {"start": PythonPeer, "track": PythonTracker}


async def commands() -> asyncio.StreamReader:
    """Standard input, without waiting for it."""
    reader = asyncio.StreamReader(limit=2 ** 20)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    return reader


async def main() -> int:
    """Runs until there are no more commands. Datagrams for other machines are a failure."""
    logging.basicConfig(level=logging.WARNING)
    peers: dict[str, PythonPeer | PythonTracker] = {}
    reader = await commands()
    report("ready")
    while line := await reader.readline():
        command = json.loads(line)
        action, name = command.pop("do"), command.pop("peer")
        if action in KINDS:
            peers[name] = KINDS[action](name)
            action = "start"
        await getattr(peers[name], action)(**command)
    for peer in peers.values():
        await peer.stop()
    for place in sorted(set(loopback.refused)):
        print(f"a datagram for {place} was refused", file=sys.stderr)
    return 1 if loopback.refused else 0


sys.exit(asyncio.run(main()))
