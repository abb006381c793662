"""Where documents lie: outside every web root, encrypted with the person's key.

Who destroys the person's key makes every document unreadable, in backups too (GDPR-04).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from common.errors import BrokenPromise

NONCE: Final = 12


def file_place(document_id: UUID) -> Path:
    """The path of a document's file."""
    name = document_id.hex
    return Path(settings.KYC_FILES) / name[:2] / name


def file_keep(*, document_id: UUID, player_id: int, key: bytes, content: bytes) -> None:
    """Write a document, whole and on disk, or not at all."""
    place = file_place(document_id)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    nonce = os.urandom(NONCE)
    closed = nonce + AESGCM(key).encrypt(nonce, content, _bound_to(document_id, player_id))
    unfinished = place.with_suffix(".part")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(closed)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(place)


def file_open(*, document_id: UUID, player_id: int, key: bytes) -> bytes:
    """A document's content. Raises BrokenPromise when it is gone or not what was stored."""
    try:
        closed = file_place(document_id).read_bytes()
        return AESGCM(key).decrypt(closed[:NONCE], closed[NONCE:], _bound_to(document_id, player_id))
    except FileNotFoundError as error:
        raise BrokenPromise(f"The file of document {document_id} is gone.") from error
    except InvalidTag as error:
        raise BrokenPromise(f"The file of document {document_id} is not what was stored.") from error


def file_forget(document_id: UUID) -> None:
    """Remove a file that no row names."""
    file_place(document_id).unlink(missing_ok=True)


def _bound_to(document_id: UUID, player_id: int) -> bytes:
    return f"kyc:{player_id}:{document_id.hex}".encode()
