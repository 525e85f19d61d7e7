"""Packs recorded payloads with py-ipv8's own classes and with those made from an imported schema."""
import dataclasses
import importlib
import json
import sys
from pathlib import Path
from typing import Any

from ipv8.dht.payload import NodePacker
from ipv8.messaging.anonymization.payload import Flags
from ipv8.messaging.serialization import ListOf, Serializer


def own_serializer() -> Serializer:
    """The formats that py-ipv8's communities add."""
    serializer = Serializer()
    serializer.add_packer("node-list", ListOf(NodePacker(serializer)))
    serializer.add_packer("flags", Flags())
    return serializer


def is_plain(value: Any) -> bool:
    """Tells values that both sides have alike from objects that each has for itself."""
    if isinstance(value, (list, tuple)):
        return all(is_plain(item) for item in value)
    return isinstance(value, (bool, bytes, float, int, str)) or value is None


folder = Path(sys.argv[1])
sys.path.insert(0, str(folder / "generated"))
imported = importlib.import_module("imported")
own, made = own_serializer(), Serializer()
if hasattr(imported, "add_packers"):
    imported.add_packers(made)

wrong = []
values = 0
payloads = json.loads((folder / "payloads.json").read_text())
for payload in payloads:
    # The formats of a dataclass payload are there when its first object is made.
    own_class = getattr(importlib.import_module(payload["module"]), payload["class"])
    own_class.__new__(own_class)
for payload in payloads:
    own_class = getattr(importlib.import_module(payload["module"]), payload["class"])
    made_class = getattr(imported, payload["name"])
    for case in payload["cases"]:
        data = bytes.fromhex(case["hex"])
        theirs, their_end = own.unpack_serializable(own_class, data)
        ours, our_end = made.unpack_serializable(made_class, data)
        packed = made.pack_serializable(ours).hex()
        if packed != case["hex"]:
            wrong.append(f"{case['id']}: packs {packed} instead of {case['hex']}")
        if our_end != their_end:
            wrong.append(f"{case['id']}: ends at {our_end} instead of {their_end}")
        if case["repacks"] and own.pack_serializable(theirs).hex() != packed:
            wrong.append(f"{case['id']}: py-ipv8 packs {own.pack_serializable(theirs).hex()}")
        for field in dataclasses.fields(made_class):
            name = field.name
            value = getattr(ours, name)
            # What code makes of it on its way is the application's value, not the wire's.
            is_made = name in payload["codecs"] or hasattr(own_class, f"fix_unpack_{name}")
            if is_made or not hasattr(theirs, name) or not is_plain(value):
                continue
            other = getattr(theirs, name)
            if is_plain(other):
                values += 1
                if repr(other) != repr(value) and bytes not in (type(other), type(value)):
                    wrong.append(f"{case['id']}: {name} is {value!r} instead of {other!r}")

(folder / "compared.json").write_text(json.dumps({"values": values, "wrong": wrong}))
