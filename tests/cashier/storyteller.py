"""Payments of docs/ledger.md: the cashier's own postings, booked by the wallet's services."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Protocol

from casino.cashier.services.conversion import deposit_side, payout_side
from casino.cashier.types import Figures
from casino.settlements.models import Break
from casino.settlements.services.files import settlement_load
from casino.settlements.services.write_off_booking import write_off_book
from players.models import Player
from tests.factories import NOON
from tests.settlements.scene import content
from wallet.enums import AccountKind, TransactionKind
from wallet.models import Hold
from wallet.services.accounts import house_account
from wallet.services.holds import hold_settle
from wallet.services.player_money import player_credit, player_take_back
from wallet.services.transactions import Movement, transaction_post

AMOUNT = r"(\d+\.\d+)"
GATEWAY = "example"


class HasTable(Protocol):
    """The teller, as far as payments must know it."""

    @property
    def table(self) -> HasPlayer: ...


class HasPlayer(Protocol):
    """Who sits at the table."""

    player: Player


class Payments:
    """What gateways bring and take."""

    def __init__(self, teller: HasTable) -> None:
        self.teller = teller
        self.paid: dict[str, Figures] = {}
        self.ways: list[tuple[str, Callable[..., object]]] = [
            (rf"pay in {AMOUNT} USD, fee {AMOUNT}, credited {AMOUNT}, margin {AMOUNT}", self.pay_in),
            (rf"refund {AMOUNT}(?: USD)?", self.refund),
            (rf"refund of {AMOUNT} USD came back", self.come_back),
            (rf"receive {AMOUNT} uncredited", self.receive),
            (rf"send {AMOUNT} back", self.send_back),
            (rf"chargeback {AMOUNT} reversed", self.reversed),
            (rf"pay {AMOUNT} out as {AMOUNT} USD, fee {AMOUNT}, margin {AMOUNT}", self.pay_dollars),
            (rf"settle {AMOUNT}, fee {AMOUNT}", self.settle),
            (rf"write {AMOUNT} off", self.write_off),
            (rf"{AMOUNT} booked back", self.write_back),
        ]

    def pay_in(self, amount: str, fee: str, credit: str, margin: str) -> None:
        self.paid[amount] = Figures(
            amount=Decimal(amount), currency="USD", wallet=Decimal(credit), wallet_currency="EUR", fee=Decimal(fee),
            margin=Decimal(margin),
        )  # fmt: skip
        self._in(TransactionKind.DEPOSIT, self.paid[amount])

    def refund(self, amount: str) -> None:
        figures = self.paid.get(amount) or _plain(amount)
        side = deposit_side(figures, GATEWAY, back=True)
        player_take_back(
            kind=TransactionKind.REFUND, player_id=self._alice, currency="EUR", target_id=side.across,
            amount=figures.wallet, actor="gateway:example", now=NOON, also=side.movements,
        )  # fmt: skip

    def come_back(self, amount: str) -> None:
        self._in(TransactionKind.REFUND_RETURN, self.paid[amount])

    def reversed(self, amount: str) -> None:
        self._in(TransactionKind.CHARGEBACK_REVERSAL, _plain(amount))

    def pay_dollars(self, held: str, amount: str, fee: str, margin: str) -> None:
        figures = Figures(
            amount=Decimal(amount), currency="USD", wallet=Decimal(held), wallet_currency="EUR", fee=Decimal(fee),
            margin=Decimal(margin),
        )  # fmt: skip
        side = payout_side(figures, GATEWAY)
        hold = Hold.objects.get(state="open")
        movements = (Movement(hold.account_id, side.across, figures.wallet), *side.movements)
        hold_settle(
            hold_id=hold.pk, target_id=side.across, movements=movements, actor="gateway:example", now=NOON
        )  # fmt: skip

    def settle(self, gross: str, fee: str) -> None:
        file = content("one.csv", [("payment.confirmed" if Decimal(gross) > 0 else "chargeback", "D-1", gross, fee)])
        settlement_load(gateway="sandbox", name="one.csv", content=file, actor="system:tests", now=NOON)

    def write_off(self, amount: str) -> None:
        self._adjust(-Decimal(amount))

    def write_back(self, amount: str) -> None:
        self._adjust(Decimal(amount))

    def _adjust(self, amount: Decimal) -> None:
        row = Break(gateway="sandbox", currency="EUR")
        write_off_book(row, amount, reference="a break", actor="system:tests", now=NOON)

    def receive(self, amount: str) -> None:
        self._move(TransactionKind.SUSPENSE, AccountKind.PAYMENT_CLEARING, AccountKind.PAYMENT_SUSPENSE, amount)

    def send_back(self, amount: str) -> None:
        self._move(TransactionKind.REFUND, AccountKind.PAYMENT_SUSPENSE, AccountKind.PAYMENT_CLEARING, amount)

    def _in(self, kind: TransactionKind, figures: Figures) -> None:
        side = deposit_side(figures, GATEWAY)
        player_credit(
            kind=kind, player_id=self._alice, currency="EUR", source_id=side.across, amount=figures.wallet,
            actor="gateway:example", now=NOON, also=side.movements,
        )  # fmt: skip

    def _move(self, kind: TransactionKind, source: AccountKind, target: AccountKind, amount: str) -> None:
        ends = [house_account(kind=one, scope=GATEWAY, currency="EUR").id for one in (source, target)]
        transaction_post(
            kind=kind, movements=[Movement(ends[0], ends[1], Decimal(amount))], actor="gateway:example", now=NOON,
            player_id=self._alice,
        )  # fmt: skip

    @property
    def _alice(self) -> int:
        return self.teller.table.player.pk


def _plain(amount: str) -> Figures:
    return Figures(amount=Decimal(amount), currency="EUR", wallet=Decimal(amount), wallet_currency="EUR")
