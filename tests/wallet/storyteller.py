"""Makes happen what a row of docs/ledger.md says, by the services that do it in production."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from uuid import UUID

from casino.play.types import Answer
from tests.cashier.storyteller import Payments
from tests.casino.play.table import Table, new_id, said, seat
from tests.factories import NOON, game_make, jackpot_make, provider_make, rate_make
from wallet.enums import AccountKind, TransactionKind
from wallet.models import Hold, Transaction
from wallet.services.accounts import house_account, player_account_open
from wallet.services.holds import hold_place, hold_release, hold_settle
from wallet.services.player_money import player_credit, player_take_back
from wallet.services.reversals import transaction_reverse
from wallet.services.transactions import Movement, transaction_post

AMOUNT = r"(\d+\.\d+)"
# The services are called here without an approval, which the proof would miss of staff (compliance/approvals).
WALLET = "system:tests"


class Storyteller:
    """Alice at her table with empty books."""

    def __init__(self, setting: str) -> None:
        self.currency = setting[:3]
        if rate := re.search(r"1 EUR is (\S+) ([A-Z]{3})\.", setting):
            rate_make(rate[2], rate[1])
        self.game = game_make(provider_make())
        self.jackpot = re.search(r"The jackpot is in ([A-Z]{3}), its seed (\S+\d)", setting)
        self.table: Table = seat(self.game, balance="0", currency=self.currency)
        self.calls: dict[str, str] = {}
        self.posted: dict[str, UUID] = {}
        self.ways: list[tuple[str, Callable[..., object]]] = [
            (rf"deposit {AMOUNT}", self.deposit),
            (rf"bet {AMOUNT}(?: with {AMOUNT} for the jackpot)?(?: in round (\d))?", self.bet),
            (rf"win {AMOUNT}(?: in round (\d))?", self.win),
            (rf"rollback of ((?:bet|win) {AMOUNT})", self.rollback),
            (rf"jackpot win {AMOUNT}", self.jackpot_win),
            (rf"seed {AMOUNT}", self.seed),
            (rf"hold {AMOUNT}", self.hold),
            (rf"release {AMOUNT}", self.release),
            (rf"pay out {AMOUNT}", self.pay_out),
            (rf"adjustment ([+-]){AMOUNT}", self.adjustment),
            (r"reversal of (.+)", self.reversal),
            (rf"chargeback {AMOUNT}", self.chargeback),
            (rf"convert {AMOUNT} EUR to {AMOUNT} USD, margin {AMOUNT}", self.convert),
            (rf"bonus (granted|converted|forfeited) {AMOUNT}", self.bonus),
            *Payments(self).ways,
        ]

    def tell(self, what: str) -> list[Transaction]:
        """Make it happen; returns the transactions that it booked."""
        before = set(Transaction.objects.values_list("pk", flat=True))
        for pattern, way in self.ways:
            if match := re.fullmatch(pattern, what):
                way(*match.groups())
                booked = list(Transaction.objects.exclude(pk__in=before))
                if booked:
                    self.posted[what] = booked[0].pk
                return booked
        raise AssertionError(f"nobody knows how to make {what!r} happen")

    def bet(self, amount: str, contribution: str | None, round_id: str | None) -> None:
        name = self.calls[f"bet {amount}"] = new_id()
        self._well(self.table.bet(amount, round_id or "1", call_id=name, contribution=contribution or "0"))

    def win(self, amount: str, round_id: str | None) -> None:
        name = self.calls[f"win {amount}"] = new_id()
        self._well(self.table.win(amount, round_id or "1", call_id=name))

    def rollback(self, original: str, _amount: str) -> None:
        self._well(self.table.rollback(self.calls[original]))

    def jackpot_win(self, amount: str) -> None:
        self._well(self.table.jackpot(amount, "1"))

    def seed(self, amount: str) -> None:
        assert self.jackpot is not None
        assert self.jackpot[2] == amount
        jackpot_make(self.game, seed=amount, currency=self.jackpot[1])

    def deposit(self, amount: str) -> None:
        player_credit(
            kind=TransactionKind.DEPOSIT, source_id=self._house(AccountKind.PAYMENT_CLEARING), player_id=self._alice,
            currency=self.currency, amount=Decimal(amount), actor="psp:bank", now=NOON,
        )  # fmt: skip

    def chargeback(self, amount: str) -> None:
        player_take_back(
            kind=TransactionKind.CHARGEBACK, target_id=self._house(AccountKind.PAYMENT_CLEARING),
            player_id=self._alice, currency=self.currency, amount=Decimal(amount), actor="psp:bank", now=NOON,
        )  # fmt: skip

    def adjustment(self, sign: str, amount: str) -> None:
        reason = self._house(AccountKind.ADJUSTMENT)
        if sign == "+":
            player_credit(
                kind=TransactionKind.ADJUSTMENT, source_id=reason, player_id=self._alice, currency=self.currency,
                amount=Decimal(amount), actor=WALLET, now=NOON,
            )  # fmt: skip
        else:
            player_take_back(
                kind=TransactionKind.ADJUSTMENT, target_id=reason, player_id=self._alice, currency=self.currency,
                amount=Decimal(amount), actor=WALLET, now=NOON,
            )  # fmt: skip

    def reversal(self, what: str) -> None:
        transaction_reverse(transaction_id=self.posted[what], actor=WALLET, now=NOON, reason="booked by mistake")

    def hold(self, amount: str) -> None:
        hold_place(
            player_id=self._alice, currency=self.currency, amount=Decimal(amount), reason="withdrawal", actor="alice",
            now=NOON,
        )  # fmt: skip

    def release(self, amount: str) -> None:
        hold_release(hold_id=self._hold(amount), actor=WALLET, now=NOON)

    def pay_out(self, amount: str) -> None:
        target = self._house(AccountKind.PAYMENT_CLEARING)
        hold_settle(hold_id=self._hold(amount), target_id=target, actor=WALLET, now=NOON)

    def convert(self, amount: str, bought: str, margin: str) -> None:
        dollars = player_account_open(kind=AccountKind.PLAYER_REAL, player_id=self._alice, currency="USD").id
        euros = self._account(AccountKind.PLAYER_REAL)
        self._post(
            TransactionKind.CONVERSION,
            (euros, self._house(AccountKind.FX), str(Decimal(amount) - Decimal(margin))),
            (euros, self._house(AccountKind.FX_MARGIN), margin),
            (self._house(AccountKind.FX, "USD"), dollars, bought),
        )

    def bonus(self, what: str, amount: str) -> None:
        cost, bonus = self._house(AccountKind.BONUS_COST), self._account(AccountKind.PLAYER_BONUS)
        kind, source, target = {
            "granted": (TransactionKind.BONUS_GRANT, cost, bonus),
            "converted": (TransactionKind.BONUS_CONVERSION, bonus, self._account(AccountKind.PLAYER_REAL)),
            "forfeited": (TransactionKind.BONUS_FORFEIT, bonus, cost),
        }[what]
        self._post(kind, (source, target, amount))

    def _post(self, kind: TransactionKind, *movements: tuple[int, int, str]) -> None:
        transaction_post(
            kind=kind, movements=[Movement(source, target, Decimal(amount)) for source, target, amount in movements],
            actor=WALLET, now=NOON, player_id=self._alice,
        )  # fmt: skip

    @property
    def _alice(self) -> int:
        return self.table.player.pk

    def _hold(self, amount: str) -> int:
        return Hold.objects.get(amount=Decimal(amount)).pk

    def _account(self, kind: AccountKind) -> int:
        return player_account_open(kind=kind, player_id=self._alice, currency=self.currency).id

    def _house(self, kind: AccountKind, currency: str = "") -> int:
        return house_account(kind=kind, scope="example", currency=currency or self.currency).id

    def _well(self, answer: Answer) -> None:
        assert said(answer)["status"] == "ok", answer.body
