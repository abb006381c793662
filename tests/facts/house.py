"""A house that plays for days: two brands with clocks of their own, three currencies, whatever may happen to money."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from casino.play.enums import WinKind
from casino.play.errors import RoundNotFound
from casino.play.services.rounds import round_end
from casino.play.types import Answer
from compliance.errors import RealityCheckDue
from players.models import Brand
from reporting.facts.columns import GAME_KEY, LEG, MEASURES, PLAY_KEY, PURSE, listed
from reporting.facts.models import CalendarRow
from reporting.facts.services.reading import facts_read
from tests.casino.play.table import Table, code_of, new_id, seat
from tests.factories import brand_make, game_make, jackpot_make, player_make, provider_make, rate_make, session_make
from tests.settled import settled
from wallet.enums import AccountKind, HoldState, TransactionKind
from wallet.models import Hold
from wallet.services.accounts import house_account, player_account_open
from wallet.services.holds import hold_place, hold_release, hold_settle
from wallet.services.player_money import player_credit, player_take_back
from wallet.services.transactions import Movement, transaction_post
from wallet.services.transfers import transfer_in, transfer_out

START = datetime(2026, 3, 27, 18, tzinfo=UTC)  # the days on which clocks go forward in Malta


def calendar_make(brand: Brand, from_day: date, zone: str, hours: int = 0) -> CalendarRow:
    return CalendarRow.objects.create(
        brand_id=brand.pk, from_day=from_day, time_zone=zone, day_starts=timedelta(hours=hours),
        added_at=START, added_by="staff:1",
    )  # fmt: skip


def read_all(now: datetime = START) -> None:
    """Read on until nothing waits."""
    settled()
    while facts_read(now=now, limit=40) is not None:
        pass


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All facts, in an order of their own."""
    texts = {
        "play": f"{listed(PLAY_KEY)}, {listed(MEASURES)}, first_at, last_at FROM facts_play",
        "game": f"{listed(GAME_KEY)}, {listed(MEASURES)} FROM facts_game",
        "waiting": f"{listed(LEG)}, opens, {listed(MEASURES)} FROM facts_waiting",
        "late": f"{listed(LEG)}, settled_day, cause, {listed(MEASURES)} FROM facts_late",
        "money": f"posted_day, player_id, currency, kind, scope, count, {listed(PURSE)} FROM facts_money",
        "balance": f"posted_day, player_id, currency, {listed(PURSE)} FROM facts_balance",
        "rate": "day, currency, rate, source FROM facts_rate",
    }
    found = {}
    with connection.cursor() as cursor:
        for name, text in texts.items():
            cursor.execute(f"SELECT {text}")
            found[name] = sorted(cursor.fetchall(), key=repr)
    return found


class House:
    """Chance decides, from a seed; time goes on by minutes and hours."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.now = START
        malta = brand_make()
        york = Brand.objects.create(code="york", name="York", jurisdiction="NJ")
        calendar_make(malta, date(2026, 1, 1), "Europe/Malta")
        calendar_make(york, date(2026, 1, 1), "America/New_York", hours=6)
        for day in (1, 26, 28, 30):
            rate_make("USD", f"1.0{day:02}", on=date(2026, 3, day))
        provider = provider_make()
        games = [game_make(provider), game_make(provider, "wheel")]
        jackpot_make(games[0], seed="50")
        self.tables: list[Table] = [seat(games[0], "Alice"), seat(games[1], "Dora", currency="USD", balance="200")]
        for name, brand, is_test in (("Eve", york, False), ("Tess", york, True)):
            player = player_make(name, is_test=is_test)
            player.brand = brand
            player.save(update_fields=["brand"])
            self.tables.append(Table(game=games[0], player=player, session=session_make(player, games[0])))
        self.calls: list[tuple[Table, str]] = []
        self.rounds = [f"r{number}" for number in range(4)]
        self.played = 0

    def play(self, steps: int) -> None:
        """So many things happen, one after the other; what is refused is refused."""
        for _step in range(steps):
            self.now += timedelta(minutes=self.chance.choice([0, 1, 7, 45, 200]))
            table = self.chance.choice(self.tables)
            table.now = self.now
            # A session of the past has run out: each call comes from a live one.
            with suppress(RealityCheckDue):
                table.session = session_make(table.player, table.game, now=self.now)
            self.chance.choice(
                [self.bet, self.bet, self.bet, self.win, self.win, self.rollback, self.rollback, self.jackpot,
                 self.end, self.end, self.promo, self.free, self.cashier, self.bonus, self.transfer]
            )(table)  # fmt: skip

    def bet(self, table: Table) -> None:
        fed = self.chance.choice(["0", "0.5"])
        self._call(table, lambda name: table.bet(self._amount(), self._round(), call_id=name, contribution=fed,
                                                 closes=self._now_and_then()))  # fmt: skip

    def win(self, table: Table) -> None:
        amount = self.chance.choice(["0", self._amount(), "12.34567891"])
        closes = self._now_and_then()
        self._call(table, lambda name: table.win(amount, self._round(), call_id=name, closes=closes))

    def promo(self, table: Table) -> None:
        self._call(table, lambda name: table.win("3", self._round(), call_id=name, kind=WinKind.PROMO))

    def free(self, table: Table) -> None:
        played = self._round()
        self._call(table, lambda name: table.bet("2", played, call_id=name, free_round="f"))
        self._call(table, lambda name: table.win("4", played, call_id=name, kind=WinKind.FREE_ROUND))

    def rollback(self, _table: Table) -> None:
        if self.calls:
            table, name = self.chance.choice(self.calls[-12:])
            table.now = self.now
            table.rollback(name)

    def jackpot(self, table: Table) -> None:
        table.jackpot("5", self._round(), closes=self._now_and_then())

    def end(self, table: Table) -> None:
        reference = self._round()
        with suppress(RoundNotFound):
            round_end(player=table.player.public_id, game_code=table.game.code, reference=reference,
                      caller=table.caller, now=self.now)  # fmt: skip
        if self._now_and_then():
            # A new reference, so that rounds are opened for as long as play lasts.
            self.played += 1
            self.rounds[self.rounds.index(reference)] = f"next{self.played}"

    def cashier(self, table: Table) -> None:
        player_id, currency = table.player.pk, table.player.currency
        clearing = house_account(kind=AccountKind.PAYMENT_CLEARING, scope="bank", currency=currency)
        what = self.chance.choice(["deposit", "chargeback", "hold", "end"])
        common: dict[str, Any] = {"player_id": player_id, "currency": currency, "actor": "psp:bank", "now": self.now}
        if what == "deposit":
            player_credit(kind=TransactionKind.DEPOSIT, source_id=clearing.id, amount=Decimal(20), **common)
        elif what == "chargeback":
            player_take_back(kind=TransactionKind.CHARGEBACK, target_id=clearing.id, amount=Decimal(30), **common)
        elif what == "hold" and table.balance() >= 5:
            hold_place(reason="withdrawal", amount=Decimal(5), **common)
        for hold in Hold.objects.filter(account__player_id=player_id, state=HoldState.OPEN) if what == "end" else []:
            if self._now_and_then():
                hold_release(hold_id=hold.pk, actor="system:tests", now=self.now)
            else:
                hold_settle(hold_id=hold.pk, target_id=clearing.id, actor="system:tests", now=self.now)

    def bonus(self, table: Table) -> None:
        player_id, currency = table.player.pk, table.player.currency
        cost = house_account(kind=AccountKind.BONUS_COST, scope="", currency=currency)
        bonus = player_account_open(kind=AccountKind.PLAYER_BONUS, player_id=player_id, currency=currency)
        transaction_post(
            kind=TransactionKind.BONUS_GRANT, movements=[Movement(cost.id, bonus.id, Decimal(1))],
            actor="system:tests", now=self.now, player_id=player_id,
        )  # fmt: skip

    def transfer(self, table: Table) -> None:
        if table.balance() < 8:
            return
        common: dict[str, Any] = {"actor": "system:tests", "now": self.now}
        hold = transfer_out(
            player_id=table.player.pk, currency=table.player.currency, amount=Decimal(8), reference=new_id(), **common
        )
        returned = Decimal(self.chance.choice(["0", "3.5", "8", "11"]))
        transfer_in(hold_id=hold.pk, returned=returned, provider=table.game.provider.code, **common)

    def _call(self, table: Table, call: Any) -> None:
        name = new_id()
        answer: Answer = call(name)
        if code_of(answer) == "ok":
            self.calls.append((table, name))

    def _amount(self) -> str:
        return self.chance.choice(["1", "2.5", "7.77", "0.00000001"])

    def _round(self) -> str:
        return self.chance.choice(self.rounds)

    def _now_and_then(self) -> bool:
        return self.chance.random() < 0.4
