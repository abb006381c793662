"""A house with Alice, who has 100.00 EUR, and people around the four-eyes rule: a maker, checkers, and Mallory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from common.clock import utc_now
from compliance.approvals.enums import ApprovalState
from compliance.approvals.kinds.adjustment import KINDS, adjustment_payload
from compliance.approvals.models import Approval
from compliance.approvals.services.decisions import approval_approve
from compliance.approvals.services.proposals import approval_propose
from compliance.staff.models import StaffUser
from players.models import Brand, Player
from tests.factories import caches_forget, deposit_make, player_make
from tests.staff import staff_member
from wallet.selectors.player_balances import player_balances


@pytest.fixture(autouse=True)
def forgetful_process() -> Iterator[None]:
    """Ids of accounts, rates and jackpots are remembered by the process; the tables are emptied between tests."""
    caches_forget()
    yield
    caches_forget()


@dataclass
class FourEyes:
    """Carol (payments) makes, Dora (finance) checks, Erik (compliance officer) is the third."""

    alice: Player = field(default_factory=player_make)
    carol: StaffUser = field(default_factory=lambda: staff_member("payments", username="carol"))
    dora: StaffUser = field(default_factory=lambda: staff_member("finance", username="dora"))
    erik: StaffUser = field(default_factory=lambda: staff_member("compliance_officer", username="erik"))
    elsewhere: Brand = field(default_factory=lambda: Brand.objects.create(code="star", name="Star", jurisdiction="GB"))
    now: datetime = field(default_factory=utc_now)

    def propose(
        self, amount: str = "25.50", *, direction: str = "credit", reason_code: str = "correction",
        maker: StaffUser | None = None, now: datetime | None = None, player: Player | None = None,
    ) -> Approval:  # fmt: skip
        whose = player or self.alice
        payload = adjustment_payload(
            player=whose, direction=direction, amount=amount, currency=whose.currency, reason_code=reason_code
        )
        return approval_propose(
            kind=KINDS[direction], payload=payload, reason="the provider paid too little", ticket="T-1",
            actor=actor(maker or self.carol), now=now or self.now,
        )  # fmt: skip

    def approve(self, approval: Approval, by: StaffUser | None = None, *, now: datetime | None = None) -> ApprovalState:
        done = approval_approve(
            approval_id=approval.pk, reason="checked with the provider", actor=actor(by or self.dora),
            now=now or self.now + timedelta(minutes=5),
        )  # fmt: skip
        return ApprovalState(done.state)

    def real(self, player: Player | None = None) -> Decimal:
        """The real money of Alice, or of another."""
        whose = player or self.alice
        return player_balances(player_id=whose.pk, currency=whose.currency)["player_real"]

    def owed(self) -> Decimal:
        """What Alice owes."""
        return -player_balances(player_id=self.alice.pk, currency="EUR").get("player_receivable", Decimal(0))

    def deposit(self, amount: str) -> None:
        """Alice's money changes meanwhile."""
        deposit_make(self.alice, amount)


def actor(person: StaffUser) -> str:
    return f"staff:{person.pk}"


@pytest.fixture
def four(db: None) -> FourEyes:
    return FourEyes()
