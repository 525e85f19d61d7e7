"""
Writes and reads values with generated payloads and py-ipv8's serializer, for `ipv8c prove`.

One JSON text a line. The first tells where the modules lie and what each type is; every other names
a message, values to write, and bytes to read. The answers are outcomes: [true, what] or [false, why].
"""
import dataclasses
import importlib
import importlib.metadata
import json
import math
import os
import platform
import socket
import sys

# Whatever the modules print is no answer.
ANSWERS = os.fdopen(os.dup(1), "w", encoding="ascii")
os.dup2(2, 1)


def answer(value):
    json.dump(value, ANSWERS, separators=(",", ":"))
    ANSWERS.write("\n")
    ANSWERS.flush()


def number_text(value):
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return "-0" if value == 0 and math.copysign(1, value) < 0 else value


def is_host(family, host):
    try:
        socket.inet_pton(family, host)
    except (OSError, ValueError):
        return False
    return True


def make_address(value):
    host, port = value["host"], value["port"]
    if is_host(socket.AF_INET, host):
        return UDPv4Address(host, port)
    if is_host(socket.AF_INET6, host):
        return UDPv6Address(host, port)
    return DomainAddress(host, port)


def bits_of(value):
    number = int(value)
    return [1 << at for at in range(number.bit_length()) if number >> at & 1]


def same(value):
    return value


SIMPLE = {
    "same": (same, same),
    "integer": (int, int),
    "long": (int, lambda value: str(int(value))),
    "float": (float, number_text),
    "bytes": (bytes.fromhex, lambda value: value.hex()),
    "address": (make_address, lambda value: {"host": value[0], "port": value[1]}),
}


def find(place):
    module, name = place
    return getattr(importlib.import_module(module), name)


def attributes_of(kind, count):
    names = [field.name for field in dataclasses.fields(kind)]
    if len(names) != count:
        msg = f"{kind.__name__} has {len(names)} attributes and should have {count}"
        raise TypeError(msg)
    return names


def converters(kind):
    """What makes a value from JSON, and what makes JSON from a value."""
    if isinstance(kind, str):
        return SIMPLE[kind]
    name, *parts = kind
    if name == "list":
        make, plain = converters(parts[0])
        return (
            lambda value: [make(item) for item in value],
            lambda value: [plain(item) for item in value],
        )
    if name == "enum":
        return find(parts[0]), int
    if name == "flags":
        flags = find(parts[0])
        return lambda value: flags(sum(value)), bits_of
    if name == "object":
        return object_converters(*parts)
    return union_converters(parts[0])


def object_converters(place, fields):
    kind = find(place)
    names = attributes_of(kind, len(fields))
    known = [
        (field, attribute, *converters(inner))
        for (field, inner), attribute in zip(fields, names, strict=True)
    ]

    def make(value):
        return kind(*[create(value[field]) for field, _, create, _ in known])

    def plain(value):
        if type(value) is not kind:
            msg = f"got {type(value).__name__} where {kind.__name__} was meant"
            raise TypeError(msg)
        return {
            field: show(getattr(value, attribute)) for field, attribute, _, show in known
        }

    return make, plain


def union_converters(variants):
    by_name = {name: converters(kind) for name, kind in variants}
    by_class = {find(kind[1]): name for name, kind in variants}

    def make(value):
        return by_name[value["variant"]][0](value["value"])

    def plain(value):
        name = by_class[type(value)]
        return {"variant": name, "value": by_name[name][1](value)}

    return make, plain


def describe(error):
    """Tell of an error on one line; what is wrong stands at its end, behind the value."""
    text = f"{type(error).__name__}: {' '.join(str(error).split())}"
    return text if len(text) <= 400 else f"{text[:200]} ... {text[-200:]}"


def attempt(action, *values):
    try:
        return [True, action(*values)]
    except Exception as error:  # noqa: BLE001
        return [False, describe(error)]


def ipv8_version():
    try:
        return importlib.metadata.version("pyipv8")
    except importlib.metadata.PackageNotFoundError:
        return "of an unknown version"


class Prover:
    """A message's payload with the serializer of its module."""

    def __init__(self, root):
        """Find the class and all that its values are made of."""
        self.kind = find(root["type"][1])
        self.make, self.plain = converters(root["type"])
        self.consume_all = not root["toleratesTrailing"]
        self.serializer = Serializer()
        module = importlib.import_module(root["type"][1][0])
        if hasattr(module, "add_packers"):
            module.add_packers(self.serializer)

    def write(self, value):
        return self.serializer.pack_serializable(self.make(value)).hex()

    def read(self, data):
        unpacked = self.serializer.unpack_serializable_list(
            [self.kind], bytes.fromhex(data), consume_all=self.consume_all
        )
        return self.plain(unpacked[0])

    def answer(self, values, data):
        written = [attempt(self.write, value) for value in values]
        again = [attempt(self.read, text) if isgood else [False, ""] for isgood, text in written]
        return {
            "written": written,
            "again": again,
            "read": [attempt(self.read, one) for one in data],
        }


def run():
    plan = json.loads(sys.stdin.readline())
    sys.path.insert(0, plan["path"])
    roots = [attempt(Prover, root) for root in plan["roots"]]
    failed = [
        f"{root['name']}: {found[1]}"
        for root, found in zip(plan["roots"], roots, strict=True)
        if not found[0]
    ]
    if failed:
        answer({"failed": failed})
        return
    answer({"ready": f"Python {platform.python_version()}, py-ipv8 {ipv8_version()}"})
    for line in sys.stdin:
        request = json.loads(line)
        prover = roots[request["root"]][1]
        answer(prover.answer(request["values"], request["bytes"]))


try:
    from ipv8.messaging.interfaces.udp.endpoint import (
        DomainAddress,
        UDPv4Address,
        UDPv6Address,
    )
    from ipv8.messaging.serialization import Serializer
except Exception as error:  # noqa: BLE001
    answer({"missing": describe(error)})
else:
    run()
