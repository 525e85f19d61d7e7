"""
Recorded payloads under the generated classes: payloads.py CASES MODULES...

Every value is packed to the recorded bytes, and these are unpacked to the value; bytes that py-ipv8 refuses are
refused. Prints the failures, and how many checks were made.
"""
import importlib
import json
import sys
from pathlib import Path

from ipv8.messaging.interfaces.udp.endpoint import DomainAddress, UDPv4Address, UDPv6Address
from ipv8.messaging.serialization import Serializer

NAMES = {"DomainAddress": DomainAddress, "UDPv4Address": UDPv4Address, "UDPv6Address": UDPv6Address}

cases_file, *folders = sys.argv[1:]
sys.path[:0] = folders
for folder in folders:
    for file in sorted(Path(folder).glob("*.py")):
        NAMES[file.stem] = importlib.import_module(file.stem)

serializer = Serializer()
for module in NAMES.values():
    if hasattr(module, "add_packers"):
        module.add_packers(serializer)

failures = []
checks = 0


def check(case, what, found, expected):
    """Notes a difference."""
    global checks
    checks += 1
    if found != expected:
        failures.append(f"{case['id']} {case['class']} {what}: {found!r} and not {expected!r}")


def packed(value):
    """The bytes, or the kind of error."""
    try:
        return serializer.pack_serializable(value).hex()
    except Exception as error:
        return type(error).__name__


for case in json.loads(Path(cases_file).read_text()):
    data = bytes.fromhex(case["hex"])
    kind = eval(case["class"], NAMES)
    try:
        found, end = serializer.unpack_serializable(kind, data)
    except Exception as error:
        found, end = f"{type(error).__name__}: {error}", None
    if "value" not in case:
        check(case, "verdict", end, None)
        continue
    value = eval(case["value"], NAMES)
    # The text of a value shows its types as well.
    check(case, "unpacked", repr(found), repr(value))
    if "end" in case:
        check(case, "end", end, case["end"])
    if case["isSent"]:
        check(case, "packed", packed(value), case["hex"])

print(json.dumps({"failures": failures, "checks": checks}))
