"""A small ledger for tests: Alice's money moves through the wallet's own SQL, call by call, each committed.

Everything goes through `wallet_post` and `wallet_recordedanswer` as production writes them, so that the database's
guards hold and commit orders are real.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from casino.play.models import Leg, Round
from common.currencies import CURRENCIES
from common.ids import public_id, uuid7
from common.money import amount_text
from players.models import Brand, Player
from wallet.enums import AccountKind, HoldState, TransactionKind
from wallet.locks import accounts_lock
from wallet.models import Hold
from wallet.postings import Posting, entries_of
from wallet.services.accounts import house_account, house_accounts_forget, player_account_open

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PROVIDER = 7


@dataclass
class Books:
    """Alice, her accounts in one currency, and the house's accounts that she plays against."""

    currency: str = "EUR"
    units_per_base: Decimal = Decimal(1)
    fx_rate_id: int | None = None
    now: datetime = NOON
    calls: int = 0
    round_id: int = 0
    player_id: int = field(init=False)
    real: int = field(init=False)
    held: int = field(init=False)
    receivable: int = field(init=False)
    gaming: int = field(init=False)
    clearing: int = field(init=False)

    def __post_init__(self) -> None:
        house_accounts_forget()  # the tables were emptied since
        brand, _made = Brand.objects.get_or_create(code="lucky", defaults={"name": "Lucky", "jurisdiction": "MT"})
        alice = Player.objects.create(
            public_id=public_id("pl"), brand=brand, nickname="Alice", currency=self.currency, country="MT",
            jurisdiction="MT", created_at=self.now,
        )  # fmt: skip
        self.player_id = alice.pk
        self.real = self._player_account(AccountKind.PLAYER_REAL)
        self.held = self._player_account(AccountKind.PLAYER_HOLD)
        self.receivable = self._player_account(AccountKind.PLAYER_RECEIVABLE)
        self.gaming = house_account(kind=AccountKind.GAMING, scope="sandbox", currency=self.currency).id
        self.clearing = house_account(kind=AccountKind.PAYMENT_CLEARING, scope="bank", currency=self.currency).id

    def _player_account(self, kind: AccountKind) -> int:
        return player_account_open(kind=kind, player_id=self.player_id, currency=self.currency).id

    def deposit(self, amount: str) -> UUID:
        """Payment clearing -> Alice."""
        return self._book(TransactionKind.DEPOSIT, [(self.clearing, self.real, amount)])

    def bet(self, amount: str) -> UUID:
        """Alice -> gaming, with the provider's answer."""
        return self._call(TransactionKind.BET, "bet", [(self.real, self.gaming, amount)], amount)

    def win(self, amount: str) -> UUID:
        """Gaming -> Alice, with the provider's answer."""
        return self._call(TransactionKind.WIN, "win", [(self.gaming, self.real, amount)], amount)

    def rollback_bet(self, bet: UUID, amount: str) -> UUID:
        """Alice's stake comes back."""
        moves = [(self.gaming, self.real, amount)]
        return self._call(TransactionKind.ROLLBACK, "rollback", moves, amount, original=bet)

    def rollback_win(self, win: UUID, amount: str, *, owed: str) -> UUID:
        """A win is taken back; `owed` of it is not there any more."""
        there = str(Decimal(amount) - Decimal(owed))
        moves = [(self.real, self.gaming, there), (self.receivable, self.gaming, owed)]
        return self._call(TransactionKind.ROLLBACK, "rollback", moves, amount, original=win)

    def hold(self, amount: str) -> Hold:
        """Alice asks for a withdrawal."""
        with transaction.atomic():
            placed = self._book(TransactionKind.HOLD, [(self.real, self.held, amount)])
            return Hold.objects.create(
                account_id=self.held, amount=Decimal(amount), reason="withdrawal 1", placed_by_id=placed
            )

    def release(self, hold: Hold) -> None:
        """The withdrawal is rejected."""
        with transaction.atomic():
            ended = self._book(TransactionKind.HOLD_RELEASE, [(self.held, self.real, str(hold.amount))])
            Hold.objects.filter(pk=hold.pk).update(state=HoldState.RELEASED, ended_by_id=ended)

    def refuse(self) -> str:
        """A bet that Alice can not cover; returns the provider's transaction id."""
        body = {"status": "error", "error": {"code": "insufficient_funds"}}
        return self._answer("bet", "refused", None, "1000000", 402, body)

    def tombstone(self) -> str:
        """A rollback of what never came."""
        return self._answer("", "tombstone", None, None, 409, {"status": "error"})

    def _call(
        self, kind: TransactionKind, call: str, moves: list[tuple[int, int, str]], amount: str,
        *, original: UUID | None = None,
    ) -> UUID:  # fmt: skip
        with transaction.atomic():
            booked = self._book(kind, moves, provider=PROVIDER, original=original)
            real = amount_text(balance_of_account(self.real), CURRENCIES[self.currency])
            balance = {"currency": self.currency, "real": real, "bonus": "0.00", "total": real}
            body = {"status": "ok", "balance": balance, "wallet_transaction_id": str(booked)}
            name = self._answer(call, "booked", booked, amount, 200, body)
            self._leg(call, name, booked, Decimal(amount), original)
        return booked

    def _leg(self, call: str, name: str, booked: UUID, amount: Decimal, original: UUID | None) -> None:
        """What casino.play writes beside it, so that its promises hold, too."""
        nothing = {"real": Decimal(0), "bonus": Decimal(0), "contribution": Decimal(0)}
        if call == "bet":
            self.round_id = Round.objects.create(
                provider_id=PROVIDER, player_id=self.player_id, reference=name, game_id=1, currency=self.currency,
                staked=amount, won=0, live_bets=1, live_wins=0, dead_bets=0, balance_before=0, balance_after=0,
                opened_at=self.now,
            ).pk  # fmt: skip
        Leg.objects.create(
            id=booked, kind=call, round_id=self.round_id, player_id=self.player_id, provider_id=PROVIDER,
            provider_transaction_id=name, related_id=original, booked_at=self.now, **(nothing | {"real": amount}),
        )  # fmt: skip
        rounds = Round.objects.filter(pk=self.round_id)
        if call == "win":
            rounds.update(won=F("won") + amount, live_wins=F("live_wins") + 1)
        if original is not None:
            undone = Leg.objects.get(pk=original)
            Leg.objects.filter(pk=original).update(reversed_by_id=booked)
            if undone.kind == "bet":
                change = {"staked": F("staked") - amount, "live_bets": F("live_bets") - 1}
                change["dead_bets"] = F("dead_bets") + 1
            else:
                change = {"won": F("won") - amount, "live_wins": F("live_wins") - 1}
            Round.objects.filter(legs=undone).update(**change)

    def _answer(
        self, call: str, outcome: str, booked: UUID | None, amount: str | None, status: int, body: Mapping[str, object]
    ) -> str:
        self.calls += 1
        name = f"player-{self.player_id}-call-{self.calls}"
        # Not by the ORM: it would write the place in the commit order, which the application may not.
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO wallet_recordedanswer (provider_id, provider_transaction_id, call, outcome, fingerprint,"
                " player_id, amount, currency, round_reference, transaction_id, status, body, recorded_at)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, 'r1', %s, %s, %s, %s)",
                [
                    PROVIDER, name, call, outcome, b"\x01" * 16, self.player_id, amount and Decimal(amount),
                    self.currency, booked, status, json.dumps(body).encode(), self.now,
                ],
            )  # fmt: skip
        return name

    def _book(
        self, kind: TransactionKind, moves: list[tuple[int, int, str]], *, provider: int | None = None,
        original: UUID | None = None,
    ) -> UUID:  # fmt: skip
        booked = uuid7()
        self.now += timedelta(seconds=1)
        with transaction.atomic(), connection.cursor() as cursor:
            states = accounts_lock(account_ids=[account for move in moves for account in move[:2]])
            postings = [Posting(states[source], states[target], Decimal(amount)) for source, target, amount in moves]
            lines = entries_of(postings, {self.currency: self.units_per_base})
            cursor.execute(
                "SELECT wallet_post(%s, %s, %s, %s, 'test', 'round 1', %s, %s, NULL, %s, %s, %s, %s, %s, %s, %s)",
                [
                    booked, kind.value, self.player_id, provider, original, self.fx_rate_id, self.now,
                    [line.account_id for line in lines], [line.currency for line in lines],
                    [line.amount for line in lines], [line.base_amount for line in lines],
                    [line.balance_after for line in lines], [line.version for line in lines],
                ],
            )  # fmt: skip
        return booked


def balance_of_account(account: int) -> Decimal:
    """The balance of a player account, read without a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT balance FROM wallet_account WHERE id = %s", [account])
        row = cursor.fetchone()
    assert row is not None
    return Decimal(row[0])
