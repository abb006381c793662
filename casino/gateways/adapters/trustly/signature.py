"""Trustly's signatures, both ways: base64 of RSA PKCS#1 v1.5 over method + uuid + serialise(data). Pure.

SHA-1 is the vendor's default; `alg=RS256`, `alg=RS384` and `alg=RS512` stand before the signature of the others. What
is serialised is the JSON as it was received, numbers spelt as they came: an absent member and a null differ, and a
number that is built anew is written anew (compliance.md §5.5).
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any, Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

PREFIX: Final = "alg="
# From weak to strong: below the account's own, a signature is refused.
HASHES: Final[dict[str, hashes.HashAlgorithm]] = {
    "RS1": hashes.SHA1(),  # noqa: S303 - the vendor's default; what it covers is compared with our own record as well
    "RS256": hashes.SHA256(),
    "RS384": hashes.SHA384(),
    "RS512": hashes.SHA512(),
}
STRENGTH: Final = tuple(HASHES)
MAX_DEPTH: Final = 50


def serialise(data: object, depth: int = 0) -> str:
    """The text that is signed: members by the byte order of their names, name then value; arrays in order; null empty.

    Raises ValueError for what is nested beyond all sense.
    """
    if depth > MAX_DEPTH:
        raise ValueError("the data is nested too deeply")
    if isinstance(data, dict):
        names = sorted(data, key=lambda name: str(name).encode("utf-8", "surrogatepass"))
        return "".join(f"{name}{serialise(data[name], depth + 1)}" for name in names)
    if isinstance(data, list | tuple):
        return "".join(serialise(one, depth + 1) for one in data)
    if data is None:
        return ""
    return str(data).lower() if isinstance(data, bool) else str(data)


def signed(private_pem: str, algorithm: str, *, method: str, uuid: str, data: Mapping[str, Any]) -> str:
    """Our signature. Raises ValueError for a key or an algorithm that is none."""
    key = load_pem_private_key(_pem(private_pem), password=None)
    if not isinstance(key, RSAPrivateKey) or algorithm not in HASHES:
        raise ValueError("not an RSA key, or an unknown algorithm")
    made = base64.b64encode(key.sign(_text(method, uuid, data), PKCS1v15(), HASHES[algorithm])).decode()
    return made if algorithm == "RS1" else f"{PREFIX}{algorithm};{made}"


def holds(public_pem: str, least: str, signature: object, *, method: str, uuid: str, data: object) -> bool:
    """Whether Trustly's signature holds, by an algorithm not weaker than `least`. Never raises."""
    if not isinstance(signature, str) or least not in HASHES:
        return False
    algorithm, given = _parted(signature)
    if algorithm not in HASHES or STRENGTH.index(algorithm) < STRENGTH.index(least):
        return False
    try:
        key = load_pem_public_key(_pem(public_pem))
        if not isinstance(key, RSAPublicKey):
            return False
        key.verify(base64.b64decode(given, validate=True), _text(method, uuid, data), PKCS1v15(), HASHES[algorithm])
    except (InvalidSignature, UnsupportedAlgorithm, binascii.Error, ValueError, TypeError):
        return False
    return True


def _text(method: str, uuid: str, data: object) -> bytes:
    return f"{method}{uuid}{serialise(data)}".encode()


def _parted(signature: str) -> tuple[str, str]:
    """The algorithm and the base64 of `alg=RS256;…`; without a prefix it is SHA-1."""
    if not signature.startswith(PREFIX):
        return "RS1", signature
    algorithm, _, given = signature.removeprefix(PREFIX).partition(";")
    return algorithm, given


def _pem(text: str) -> bytes:
    """A PEM file as it stands in an environment variable: its line ends may be written as \\n."""
    return text.replace("\\n", "\n").encode()
