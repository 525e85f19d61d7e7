"""Events for the TypeScript side: lines of JSON on standard output."""
import json
import sys
from typing import Any


def report(event: str, **details: Any) -> None:
    """Says what happened."""
    sys.stdout.write(json.dumps({"event": event, **details}) + "\n")
    sys.stdout.flush()
