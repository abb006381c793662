"""Which blocks of a player's first screen somebody may see: a block needs the permission of the books behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

from common.backoffice.reach import may, permission_to_view
from compliance.approvals.models import Approval
from compliance.audit.models import AuditEvent
from players.models import Player

_NEEDS: Final = {
    "person": "personal.view_personaldata",
    "deposits": "cashier.view_deposit",
    "money": "wallet.view_account",
    "play": "play.view_round",
    "sessions": "play.view_gamesession",
    "restrictions": "compliance.view_restriction",
    "notes": "notes.view_note",
    "tags": "notes.view_tag",
    "write_notes": "notes.add_note",
    "pin_notes": "notes.pin_note",
    "set_tags": "notes.set_tag",
    "approvals": permission_to_view(Approval),
    "records": permission_to_view(AuditEvent),
    "transactions": "wallet.view_transaction",
    "end_sessions": "players.block_player",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """One truth value for each block."""

    person: bool
    money: bool
    deposits: bool
    play: bool
    sessions: bool
    restrictions: bool
    notes: bool
    tags: bool
    write_notes: bool
    pin_notes: bool
    set_tags: bool
    approvals: bool
    records: bool
    transactions: bool
    end_sessions: bool

    @property
    def sorts(self) -> frozenset[str]:
        """The sorts of moments that the time line may show."""
        pairs = {
            "record": self.records, "money": self.transactions, "play": self.play, "session": self.sessions,
            "restriction": self.restrictions, "note": self.notes,
        }  # fmt: skip
        return frozenset(sort for sort, allowed in pairs.items() if allowed)


def sight_of(request: HttpRequest, player: Player) -> Sight:
    """What whoever is signed in may see of this player."""
    return Sight(
        **{
            block: may(request, permission, brand_id=player.brand_id, jurisdiction=player.jurisdiction)
            for block, permission in _NEEDS.items()
        }
    )
