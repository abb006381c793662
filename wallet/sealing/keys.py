"""The key that signs seals: an Ed25519 private key in a file of the house, its public half beside it.

Losing the file loses nothing sealed: make another, and keep the old line in the `.pub` file so that old seals verify.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


class SealKeyError(Exception):
    """The key can not be used; the message is one line that says what to do."""


@dataclass(frozen=True, slots=True)
class SealKey:
    """A key that can sign."""

    private: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        """The 32 bytes that verifiers need."""
        return self.private.public_key().public_bytes_raw()

    @property
    def id(self) -> str:
        """The first 16 hex digits of the SHA-256 of the public key."""
        return key_id_of(self.public)

    def sign(self, message: bytes) -> bytes:
        """64 bytes of Ed25519 signature."""
        return self.private.sign(message)


def key_id_of(public: bytes) -> str:
    """The short name of a public key."""
    return hashlib.sha256(public).hexdigest()[:16]


def signature_holds(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether `signature` over `message` was made by the key's owner."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def public_file(path: Path) -> Path:
    """The file of public keys beside the key file: one key in hex a line."""
    return path.with_name(path.name + ".pub")


def seal_key_create(path: Path) -> SealKey:
    """Make a key, readable by this user alone; append its public half. Raises SealKeyError when one is there."""
    key = SealKey(Ed25519PrivateKey.generate())
    pem = key.private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(pem)
        with public_file(path).open("a", encoding="ascii") as file:
            file.write(key.public.hex() + "\n")
    except FileExistsError as error:
        raise SealKeyError(f"A seal key stands at {path} already: it is never overwritten.") from error
    except OSError as error:
        raise SealKeyError(
            f"The seal key can not be written to {path} ({error.strerror}): set SEAL_KEY_FILE."
        ) from error
    return key


def seal_key_load(path: Path) -> SealKey:
    """Read the key. Raises SealKeyError when it is absent, open to others, or no Ed25519 key."""
    try:
        if path.stat().st_mode & 0o077:
            raise SealKeyError(f"Others may read the seal key {path}: run `chmod 600` on it.")
        private = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except FileNotFoundError as error:
        raise SealKeyError(
            f"There is no seal key at {path}: run `manage.py seal_ledger --create-key`, or set SEAL_KEY_FILE."
        ) from error
    except OSError as error:
        raise SealKeyError(f"The seal key {path} can not be read ({error.strerror}).") from error
    except (ValueError, TypeError) as error:
        raise SealKeyError(f"{path} holds no private key in PEM form: set SEAL_KEY_FILE.") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise SealKeyError(f"{path} holds another kind of key than Ed25519: set SEAL_KEY_FILE.")
    return SealKey(private)


def public_keys_load(path: Path) -> dict[str, bytes]:
    """Every public key that the house has sealed with, by key id; empty when there is none yet. Raises SealKeyError."""
    try:
        lines = public_file(path).read_text(encoding="ascii").split()
        keys = [bytes.fromhex(line) for line in lines]
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise SealKeyError(f"{public_file(path)} can not be read as public keys in hex ({error}).") from error
    return {key_id_of(key): key for key in keys}
