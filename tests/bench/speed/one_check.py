"""The least that a new Python can do before its first verdict: one file, two hashes, one Ed25519.

It imports nothing else, and so stands alone: `python one_check.py limit.json [changed]`.
"""

import hashlib
import json
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

with open(sys.argv[1], "rb") as file:
    given = json.loads(file.read())
read = json.loads(given["text"])
document = given["document"] + "".join(sys.argv[2:])
digest = b"".join(hashlib.sha256(text.encode()).digest() for text in (given["options"], document))
key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(given["key"]))
try:
    key.verify(bytes.fromhex(given["signature"]), digest)
    print("holds" if read["issuer"] else "empty")  # noqa: T201
except InvalidSignature:
    print("altered")  # noqa: T201
