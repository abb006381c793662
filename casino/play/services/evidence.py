"""Making the evidence pack of a round: everything that is known of it, with what proves it, for one stated purpose."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Final

from django.conf import settings
from django.db import connection, transaction

from casino.play.evidence.pack import Keys, pack_write
from casino.play.models import Round
from casino.play.selectors.investigation import Investigation, round_investigate
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from wallet.sealing.keys import SealKeyError, public_keys_load, seal_key_load
from wallet.selectors.proof import SealProof, seal_proof

_IN_MEMORY: Final = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class EvidencePack:
    """An open file at its start, its length in bytes, a plain name for it, and the SHA-256 of its list of files."""

    file: IO[bytes]
    length: int
    name: str
    sha256: str


@transaction.atomic(durable=True)
def evidence_export(
    *, round_id: int, purpose: str, reason: str, whole_blocks: bool, actor: str, now: datetime
) -> EvidencePack:
    """Write the pack of a round, and that somebody took it, for what and in which words (AUD-01).

    The same rows make the same bytes, whoever asks. `whole_blocks` adds the sealed blocks, which hold rows of others
    under their numbers. Everything is read in one snapshot, so no other transaction may stand around it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
    found = round_investigate(
        Round.objects.select_related("player", "provider", "game", "session").get(pk=round_id)
    )  # fmt: skip
    proof = _proof(found, whole_blocks=whole_blocks)
    target = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the answer that streams it closes it
    try:
        sha256 = pack_write(target, found, proof, _keys())
        length = target.tell()
        target.seek(0)
        audit_record(
            name=EventName.EVIDENCE_EXPORTED, actor=actor, now=now, subject=f"play.round:{round_id}", reason=reason,
            player_id=found.round.player_id, brand_id=found.round.player.brand_id,
            after={"purpose": purpose, "manifest_sha256": sha256, "bytes": length, "whole_blocks": whole_blocks},
        )  # fmt: skip
    except BaseException:
        target.close()
        raise
    return EvidencePack(target, length, f"evidence-round-{round_id}.zip", sha256)


def _proof(found: Investigation, *, whole_blocks: bool) -> SealProof:
    provider = found.round.provider_id
    orders: Iterable[int] = [
        *(answer.commit_order for answer in found.answers.values()),
        *(booked.transaction.commit_order for booked in found.bookings.values()),
    ]
    ids = {f"{provider}/{name}" for name in found.answers} | {str(key) for key in found.bookings}
    return seal_proof(orders=orders, ids=ids, whole_blocks=whole_blocks)


def _keys() -> Keys:
    """The seal key where this process may read it; without it the pack says that it is not signed."""
    path = Path(settings.SEAL_KEY_FILE)
    try:
        public = public_keys_load(path)
    except SealKeyError:
        public = {}
    try:
        return Keys(seal_key_load(path), public)
    except SealKeyError:
        return Keys(None, public)
