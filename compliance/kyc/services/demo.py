"""The demonstration's players with verifications in every state. Real services make each; safe to run again."""

from __future__ import annotations

import json
import struct
import zlib
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from compliance.kyc.enums import DocumentKind, RejectReason
from compliance.kyc.models import Document
from compliance.kyc.services.documents import document_accept, document_expire, document_reject, document_send
from compliance.kyc.services.provider_events import event_keep, events_work
from compliance.kyc.types import NewDocument
from players.models import Player

ACTOR: Final = "system:demo"
DAY: Final = timedelta(days=1)
WIDTH, HEIGHT = 480, 300


def demo_verifications(*, now: datetime) -> int:
    """Everything that is missing. Returns how many documents there are."""
    people = {player.nickname: player for player in Player.objects.filter(brand__code="aurora", is_test=False)}
    if people and not Document.objects.filter(player__in=people.values()).exists():
        _by_documents(people, now)
        _by_provider(people, now)
    return Document.objects.count()


def _by_documents(people: dict[str, Player], now: datetime) -> None:
    """Alice is verified, Björn waits for a colleague, Chloé is to send again."""
    alice, long_ago = people["Alice"], now - 400 * DAY
    old = _sent(alice, DocumentKind.ID_CARD, long_ago)
    _accepted(old, (now - 10 * DAY).date(), long_ago + DAY)
    for kind, expires in ((DocumentKind.PASSPORT, (now + 25 * DAY).date()), (DocumentKind.ADDRESS_PROOF, None)):
        _accepted(_sent(alice, kind, now - 20 * DAY), expires, now - 19 * DAY)
    document_expire(document_id=old, today=now.date(), now=now)
    for kind in (DocumentKind.ID_CARD, DocumentKind.SELFIE):
        _sent(people["Björn"], kind, now - 30 * timedelta(hours=1))
    cut = _sent(people["Chloé"], DocumentKind.DRIVING_LICENCE, now - 3 * DAY)
    document_reject(
        document_id=cut, reason=RejectReason.CUT_OFF, note="The lower edge is missing.", actor=ACTOR, now=now - 2 * DAY
    )


def _by_provider(people: dict[str, Player], now: datetime) -> None:
    """Dai is rejected by the provider, Emi is with it."""
    final = {"reviewAnswer": "RED", "reviewRejectType": "FINAL", "rejectLabels": ["AGE_REQUIREMENT_MISMATCH"]}
    for nickname, told in (
        ("Dai", {"type": "applicantReviewed", "reviewResult": final}),
        ("Emi", {"type": "applicantPending"}),
    ):
        event_keep(raw=_message(people[nickname], told, now), signed=True, now=now)
    events_work(now=now)


def _message(player: Player, told: dict[str, Any], now: datetime) -> bytes:
    body = {
        "applicantId": f"demo-{player.pk}", "externalUserId": player.public_id, "levelName": "identity",
        "createdAtMs": int(now.timestamp() * 1000), "sandboxMode": True,
    }  # fmt: skip
    return json.dumps(body | told).encode()


def _sent(player: Player, kind: DocumentKind, at: datetime) -> UUID:
    new = NewDocument(kind=kind, content=specimen(player.pk * 31 + len(kind)), file_name=f"{kind}.png", country="MT")
    document = document_send(player_id=player.pk, sent=new, today=at.date(), actor=f"player:{player.pk}", now=at)
    return document.pk


def _accepted(document_id: UUID, expires_on: date | None, at: datetime) -> None:
    document_accept(document_id=document_id, expires_on=expires_on, today=at.date(), actor=ACTOR, now=at)


def specimen(number: int) -> bytes:
    """A picture of a card that is nobody's: a pale ground, a grey place for a face, lines for words."""
    ground = bytes([205 + number * 7 % 40, 215, 235 - number * 5 % 40])

    def row(y: int) -> bytes:
        face = b"\x90\x98\xa0" * 110 if 60 <= y < 210 else ground * 110
        words = b"\x40\x48\x58" * (120 + y * number % 130) if 60 <= y < 250 and y % 30 < 8 else b""
        line = ground * 30 + face + ground * 30 + words
        return b"\0" + (line + ground * WIDTH)[: WIDTH * 3]

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack("!L", len(content)) + kind + content + struct.pack("!L", zlib.crc32(kind + content))

    pixels = zlib.compress(b"".join(row(y) for y in range(HEIGHT)))
    head = struct.pack("!LLBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
