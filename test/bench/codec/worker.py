"""py-ipv8's serializer in its process: answers which message it is asked for with nanoseconds.

Run with the folder of the generated modules; reads and writes lines of JSON.
"""

import json
import sys
import time
from importlib import import_module
from importlib.metadata import version

from ipv8.messaging.serialization import Serializer

sys.path.insert(0, sys.argv[1])


def load(module_name, class_name, variants):
    """Make the operations of one message; every variant must come back."""
    module = import_module(module_name)
    serializer = Serializer()
    getattr(module, "add_packers", lambda same: same)(serializer)
    kind = getattr(module, class_name)
    bytes_of = [bytes.fromhex(variant) for variant in variants]

    def decode(data):
        return serializer.unpack_serializable(kind, data)

    payloads = [decode(data)[0] for data in bytes_of]
    encode = serializer.pack_serializable
    if [encode(payload) for payload in payloads] != bytes_of:
        raise ValueError(f"{class_name} packs other bytes")
    return {"encode": (encode, payloads), "decode": (decode, bytes_of)}


def measure(operation, inputs, milliseconds):
    """Nanoseconds of processor time of one call."""
    calls = 0
    start = time.process_time_ns()
    passed = 0
    while passed < milliseconds * 1_000_000:
        for _ in range(4):
            for value in inputs:
                operation(value)
        calls += 4 * len(inputs)
        passed = time.process_time_ns() - start
    return passed / calls


messages = {name: load(*parts) for name, parts in json.loads(sys.stdin.readline()).items()}
print(json.dumps({"pyipv8": version("pyipv8"), "python": sys.version.split()[0]}), flush=True)
for line in sys.stdin:
    question = json.loads(line)
    kind = "decode" if question["operation"].startswith("decode") else "encode"
    operation, inputs = messages[question["message"]][kind]
    print(json.dumps(measure(operation, inputs, question["milliseconds"])), flush=True)
