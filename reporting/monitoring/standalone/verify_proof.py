"""Checks a signed verification without the house: python verify_proof.py RESULT KEYS.

RESULT holds two lines: the document and its signature in hex (`manage.py prove_house --show`, or the page of a
verification). KEYS holds public keys in hex, one a line, as kept beside the seal key. Needs `cryptography` alone.
Exits with 0 for a sound house, 1 for a broken one, 2 when the signature does not hold.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def main(result: str, keys: str) -> int:
    """Check, say so in a sentence, and return the exit code."""
    document, _, rest = Path(result).read_bytes().partition(b"\n")
    told = json.loads(document)
    public = {hashlib.sha256(key).hexdigest()[:16]: key for key in map(bytes.fromhex, Path(keys).read_text().split())}
    try:
        Ed25519PublicKey.from_public_bytes(public[told["key_id"]]).verify(
            bytes.fromhex(rest.decode().strip()), document
        )
    except (KeyError, ValueError, InvalidSignature):
        sys.stdout.write("The signature does not hold, or its key is not among the keys given.\n")
        return 2
    rows = sum(part["rows"] for part in told["parts"])
    sys.stdout.write(
        f"Signed by {told['key_id']}, proved at {told['proved_at']}.\n{len(told['parts'])} promises, {rows} rows.\n"
    )
    sys.stdout.write("Sound.\n" if told["sound"] else f"BROKEN: {told['broken']}\n")
    return 0 if told["sound"] else 1


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2]))
