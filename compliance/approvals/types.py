"""What the parts of an approval are made of. No framework here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from wallet.sealing.canonical import Json

Payload = Mapping[str, Json]
# Facts by name on which consequences were computed, such as {"Real money": "100.00 EUR"}: told apart one by one, so
# that a refusal can say what changed.
State = Mapping[str, str]
Fact = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Consequence:
    """One line of the preview: what it is about, how it stands, how it would stand. `alarm` asks for a second look."""

    name: str
    before: str
    after: str
    alarm: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalScope:
    """Whom an approval concerns: only staff whose grants cover it may see or decide it. Empty: the whole house."""

    subject: str
    brand_id: int | None = None
    jurisdiction: str = ""
    player_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Execution:
    """Under which approval something is carried out: `reference` is "approval:12", people are "staff:7"."""

    reference: str
    maker: str
    approvers: tuple[str, ...]
    reason: str
    now: datetime

    @property
    def approver(self) -> str:
        """Whose decision was the last one."""
        return self.approvers[-1]
