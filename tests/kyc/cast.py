"""Alice with her papers, and files as people send them."""

from __future__ import annotations

import os
import struct
import zlib
from datetime import date
from typing import Final

from compliance.kyc.enums import DocumentKind
from compliance.kyc.models import Document
from compliance.kyc.services.documents import document_send
from compliance.kyc.types import NewDocument
from players.models import Player
from players.personal.services.personal_data import personal_data_set
from players.personal.types import PersonalDetails
from tests.factories import NOON, player_make

ALICE: Final = PersonalDetails(
    full_name="Alice Borg", email="alice@post.example", birth_date=date(1990, 3, 4), city="Sliema", postcode="SLM 1000"
)
TODAY: Final = NOON.date()
CAROL: Final = "staff:7"


def alice_make(*, balance: str = "0", details: PersonalDetails = ALICE) -> Player:
    """Alice at a brand of Malta, with her name and birth date on record."""
    player = player_make(balance=balance)
    personal_data_set(player_id=player.pk, details=details, actor="system:tests", reason="registered", now=NOON)
    return player


def png(size: int = 200) -> bytes:
    """A small picture, another one each time."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack("!L", len(content)) + kind + content + struct.pack("!L", zlib.crc32(kind + content))

    head = chunk(b"IHDR", struct.pack("!LLBBBBB", 1, 1, 8, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0" + os.urandom(3)))
    noise = chunk(b"tEXt", b"note\0" + os.urandom(size // 2).hex().encode())
    return b"\x89PNG\r\n\x1a\n" + head + noise + pixels + chunk(b"IEND", b"")


def sent(
    player: Player, kind: DocumentKind = DocumentKind.PASSPORT, *, expires_on: date | None = None, name: str = "me.png"
) -> Document:
    """A document of Alice's that waits for review."""
    return document_send(
        player_id=player.pk, sent=NewDocument(kind=kind, content=png(), file_name=name, expires_on=expires_on),
        today=TODAY, actor=f"player:{player.pk}", now=NOON,
    )  # fmt: skip
