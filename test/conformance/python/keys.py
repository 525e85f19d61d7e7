"""
Keys and signatures of py-ipv8, in files: keys.py FOLDER.

Reads ``ours.json`` with what TypeScript made, says what it thinks of it, and writes ``theirs.json`` and key files of
its own, the way ipv8_service does.
"""
import json
import sys
from pathlib import Path

from ipv8.keyvault.crypto import default_eccrypto as crypto
from ipv8.peer import Peer

folder = Path(sys.argv[1])
read = []
for case in json.loads((folder / "ours.json").read_text()):
    key = crypto.key_from_private_bin((folder / case["file"]).read_bytes())
    public = crypto.key_from_public_bin(bytes.fromhex(case["publicKey"]))
    message, signature = bytes.fromhex(case["message"]), bytes.fromhex(case["signature"])
    spoilt = signature[:-1] + bytes([signature[-1] ^ 1])
    read.append({
        "level": case["level"],
        "samePublicKey": key.pub().key_to_bin() == public.key_to_bin() == bytes.fromhex(case["publicKey"]),
        "mid": Peer(key).mid.hex(),
        "signatureLength": crypto.get_signature_length(public),
        "valid": bool(crypto.is_valid_signature(public, message, signature)),
        "spoiltSignature": bool(crypto.is_valid_signature(public, message, spoilt)),
        "otherMessage": bool(crypto.is_valid_signature(public, message + b"!", signature)),
        # With the key that TypeScript wrote.
        "signature": crypto.create_signature(key, message).hex(),
    })

made = []
for level in crypto.security_levels:
    key = crypto.generate_key(level)
    name = f"theirs-{level}.pem"
    (folder / name).write_bytes(key.key_to_bin())
    message = f"a message of {level}".encode()
    made.append({
        "level": level,
        "file": name,
        "publicKey": key.pub().key_to_bin().hex(),
        "mid": Peer(key).mid.hex(),
        "message": message.hex(),
        "signature": crypto.create_signature(key, message).hex(),
    })
(folder / "theirs.json").write_text(json.dumps({"read": read, "made": made}))
