"""What the last verification of the house found. Exports marked "certified" ask here (AUD-07)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings

from reporting.monitoring.models import HouseProof
from wallet.sealing.keys import SealKeyError, public_keys_load, signature_holds

# The daily run and a morning to look into one that did not come.
FRESH: Final = timedelta(hours=36)


@dataclass(frozen=True, slots=True)
class Verification:
    """The last verification: when, whether everything held, whether its signature holds, what is broken."""

    number: int
    at: datetime
    sound: bool
    signed: bool
    broken: str
    key_id: str

    @property
    def trusted(self) -> bool:
        """Whether it found nothing broken and is what was signed."""
        return self.sound and self.signed

    def certifies(self, now: datetime) -> bool:
        """Whether exports may be marked "certified" now."""
        return self.trusted and now - self.at <= FRESH

    def why_not(self, now: datetime) -> str:
        """Why nothing can be certified, in one sentence; "" when it can."""
        if not self.signed:
            return "The signature of the last verification does not hold."
        if not self.sound:
            return f"The last verification found a break: {self.broken}"
        return "" if self.certifies(now) else "The last verification is older than 36 hours."


def last_verification() -> Verification | None:
    """The newest verification, its signature checked again; None when there never was one."""
    proof = HouseProof.objects.order_by("-pk").first()
    return None if proof is None else verification_of(proof)


def verification_of(proof: HouseProof) -> Verification:
    """One verification with its signature checked, and its columns compared with what was signed."""
    return Verification(proof.pk, proof.proved_at, proof.sound, _holds(proof), proof.broken, proof.key_id)


def _holds(proof: HouseProof) -> bool:
    try:
        public = public_keys_load(Path(settings.SEAL_KEY_FILE)).get(proof.key_id)
    except SealKeyError:
        return False
    told = json.loads(proof.document)
    return (
        public is not None
        and signature_holds(public, bytes(proof.signature), proof.document.encode())
        and told["sound"] is proof.sound
        and told["kind"] == proof.kind
    )
