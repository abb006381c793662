"""What a national register said last about a player: what the gate reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from compliance.policy.keys import PolicyKey
from compliance.policy.selectors.policies import policy_of
from compliance.register.models import RegisterStanding


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFact:
    """The last answer. Play needs `clear` and `valid_until` after now; None of it known is not clear."""

    register: str
    outcome: str
    clear: bool
    asked_at: datetime | None
    valid_until: datetime | None

    def opens_play(self, now: datetime) -> bool:
        """Whether the register lets the player play now."""
        return self.clear and self.valid_until is not None and now < self.valid_until


def register_required(*, jurisdiction: str, now: datetime) -> str:
    """The register that the jurisdiction asks; empty where it asks none."""
    rule = policy_of(jurisdiction=jurisdiction, now=now).table(PolicyKey.EXCLUSION_REGISTER)
    return str(rule["register"]) if rule else ""


def register_fact(*, player_id: int, jurisdiction: str, now: datetime) -> RegisterFact | None:
    """What the player's register said; None where no register is asked. Never asked reads as not clear (UK-20)."""
    register = register_required(jurisdiction=jurisdiction, now=now)
    if not register:
        return None
    row = RegisterStanding.objects.filter(player_id=player_id, register=register).first()
    if row is None:
        return RegisterFact(register=register, outcome="", clear=False, asked_at=None, valid_until=None)
    return RegisterFact(
        register=register, outcome=row.outcome, clear=row.clear, asked_at=row.asked_at, valid_until=row.valid_until
    )
