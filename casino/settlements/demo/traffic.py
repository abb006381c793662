"""People who pay in and ask for money, one step every few seconds: first through every outcome, then as it comes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import cycle
from typing import Final

import httpx2

from casino.cashier.models import Deposit, Instrument
from casino.cashier.services.deposit_begin import deposit_begin
from casino.settlements.demo.house import payers
from casino.withdrawals.services.requests import withdrawal_request
from common.errors import Refusal
from common.ids import public_id
from players.models import Player
from wallet.enums import AccountKind
from wallet.selectors.player_balances import player_balances

# Cents that decide (docs/sandbox-gateway.md): each once, the quick ones first.
DEPOSITS: Final = (
    0, 10, 11, 3, 20, 2, 1, 0, 12, 13, 14, 15, 16, 17, 18, 19, 21, 22, 24, 28, 30, 31, 32, 6, 7, 25, 4, 5, 26, 27, 0,
)  # fmt: skip
PAYOUTS: Final = (0, 3, 8, 9, 1, 2, 10, 11, 12, 18, 0, 30, 31, 13, 14, 4, 5)
# Once each: what is charged back, or paid by somebody else, blocks its player.
BLOCKS: Final = frozenset({6, 7, 21, 25})
ORDINARY: Final = 0.8
SETTLE_EVERY: Final = 20


@dataclass
class Traffic:
    """One person after the other does something; `step` returns one line about it."""

    gateway: str
    return_url: str
    dice: random.Random
    steps: int = 0

    def __post_init__(self) -> None:
        self.people: Iterator[Player] = cycle(list(payers()))
        self.deposits, self.payouts = iter(DEPOSITS), iter(PAYOUTS)

    def step(self, now: datetime) -> str:
        """A deposit, mostly; every third time a withdrawal; now and then the gateway settles."""
        self.steps += 1
        if self.steps % SETTLE_EVERY == 0:
            return self._settle()
        player = next(self.people)
        try:
            return self._withdraw(player, now) if self.steps % 3 == 0 else self._deposit(player, now)
        except Refusal as refusal:
            return f"{player.nickname}: {refusal.code}"

    def _cents(self, waiting: Iterator[int], table: tuple[int, ...]) -> Decimal:
        """The next outcome that was not seen yet; then mostly the ordinary one."""
        seldom = 0 if self.dice.random() < ORDINARY else self.dice.choice([one for one in table if one not in BLOCKS])
        return Decimal(next(waiting, seldom)) / 100

    def _deposit(self, player: Player, now: datetime) -> str:
        amount = Decimal(self.dice.choice((20, 25, 40, 60, 120))) + self._cents(self.deposits, DEPOSITS)
        deposit = deposit_begin(
            player_id=player.pk, method=self.dice.choice(("card", "card", "bank")), amount=amount,
            client_key=public_id("key"), return_url=self.return_url, actor=f"player:{player.pk}", now=now,
        )  # fmt: skip
        self._pay(player, deposit)
        return f"{player.nickname} pays {amount} EUR: {deposit.reference} {deposit.state}"

    def _pay(self, player: Player, deposit: Deposit) -> None:
        """What a person does on the hosted page; one in twenty goes away instead."""
        page = str(deposit.client.get("redirect_url", ""))
        if not page.startswith(self.gateway) or self.dice.random() < 0.05:
            return
        form = {"choice": "pay", "label": "Test card A", "owner": player.nickname}
        httpx2.post(page, data=form, follow_redirects=False, trust_env=False, timeout=10)

    def _withdraw(self, player: Player, now: datetime) -> str:
        held = player_balances(player_id=player.pk, currency=player.currency)
        own = held.get(AccountKind.PLAYER_REAL, Decimal(0))
        amount = Decimal(self.dice.choice((15, 20, 30, 45, 90, 450))) + self._cents(self.payouts, PAYOUTS)
        if amount > own:
            return self._deposit(player, now)
        instrument = Instrument.objects.filter(player=player, blocked_at=None, removed_at=None).order_by("-pk").first()
        asked = withdrawal_request(
            player_id=player.pk, amount=amount, method="card", instrument_id=instrument.pk if instrument else None,
            request_key=public_id("key"), actor=f"player:{player.pk}", now=now,
        )  # fmt: skip
        return f"{player.nickname} asks for {amount} EUR: {asked.reference} {asked.state}"

    def _settle(self) -> str:
        names = []
        for face in ("sandbox", "sandbox2"):
            answer = httpx2.post(f"{self.gateway}/control/settle", data={"face": face}, trust_env=False, timeout=10)
            names.append(f"{answer.json()}")
        return f"The gateway settles: {', '.join(names)}"
