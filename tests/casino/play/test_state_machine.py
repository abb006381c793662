"""Random play against the model of the contract: after every call, answers, balances, rounds and the pool agree."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from casino.play import errors
from casino.play.enums import WinKind
from casino.play.models import Round as StoredRound
from casino.play.services.rounds import round_end
from casino.play.types import Answer
from tests.casino.play.model import Call, Model, Purse
from tests.casino.play.table import Table, account_balance, seat
from tests.factories import caches_forget, game_make, jackpot_make, provider_make, rate_make
from tests.wallet.verification.quiet import everything_verified
from wallet.enums import AccountKind
from wallet.models import Account
from wallet.selectors.house_balances import house_balance

CAST = {"Alice": ("EUR", "1", "10"), "Aiko": ("JPY", "162.5", "1000"), "Ada": ("BTC", "0.000015", "0.0005")}
PLAYERS, ROUNDS = st.sampled_from(list(CAST)), st.sampled_from(["r1", "r2"])
# In tenths of what each player begins with, so that money runs out now and then, and down to the last digit kept.
SHARES = st.sampled_from(["0", "0.1", "0.25", "0.5", "1", "2.5", "0.33333333"])


class Play(RuleBasedStateMachine):
    """Calls are kept, so that they are repeated, contradicted and rolled back, before and after they arrive."""

    bets: Bundle[Call] = Bundle("bets")
    wins: Bundle[Call] = Bundle("wins")
    rest: Bundle[Call] = Bundle("rest")

    def __init__(self) -> None:
        super().__init__()
        caches_forget()
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.numbers = 0
        self.answers: dict[str, bytes] = {}

    @initialize()
    def sit_down(self) -> None:
        game = game_make(provider_make())
        jackpot_make(game, seed="50")
        self.tables: dict[str, Table] = {}
        purses = {}
        for name, (currency, per_euro, balance) in CAST.items():
            if currency != "EUR":
                rate_make(currency, per_euro)
            self.tables[name] = seat(game, name, balance=balance, currency=currency)
            purses[name] = Purse(currency, Decimal(per_euro), Decimal(balance))
        self.model = Model(purses, Decimal(50))
        self.pool = Account.objects.get(kind=AccountKind.JACKPOT_POOL).pk

    @rule(target=bets, player=PLAYERS, played=ROUNDS, share=SHARES, free=st.integers(0, 5), feeds=st.booleans(),
          closes=st.integers(0, 7))  # fmt: skip
    def bet(self, player: str, played: str, share: str, free: int, feeds: bool, closes: int) -> Call:
        amount = self.amount(player, share)
        # Bitcoin's smallest share would be finer than the pool's euros; what is fed is exact in both.
        fed = amount / 10 if feeds else Decimal(0)
        return self.send(Call("bet", self.name(), player, played, amount, contribution=fed, free=not free,
                              closes=not closes))  # fmt: skip

    @rule(target=bets, player=PLAYERS, played=ROUNDS)
    def bet_everything(self, player: str, played: str) -> Call:
        return self.bet_everything_of(player, played)

    @rule(target=wins, bet=bets, share=SHARES)
    def win_of_a_bet(self, bet: Call, share: str) -> Call:
        return self.send(Call("win", self.name(), bet.player, bet.round, self.amount(bet.player, share)))

    @rule(target=wins, player=PLAYERS, played=ROUNDS, share=SHARES, closes=st.integers(0, 7),
          kind=st.sampled_from(["game", "game", "game", "free_round", "promo"]))  # fmt: skip
    def win(self, player: str, played: str, share: str, kind: str, closes: int) -> Call:
        amount = self.amount(player, share)
        return self.send(Call("win", self.name(), player, played, amount, win_kind=kind, closes=not closes))

    @rule(target=rest, player=PLAYERS, played=ROUNDS, share=SHARES)
    def jackpot(self, player: str, played: str, share: str) -> Call:
        return self.send(Call("jackpot", self.name(), player, played, self.amount(player, share) or Decimal(1)))

    @rule(target=rest, call=bets | wins)
    def rollback(self, call: Call) -> Call:
        return self.send(Call("rollback", self.name(), call.player, original=call.id))

    @rule(target=rest, win=wins, played=ROUNDS)
    def spend_and_take_back(self, win: Call, played: str) -> Call:
        self.bet_everything_of(win.player, played)
        return self.send(Call("rollback", self.name(), win.player, original=win.id))

    @rule(target=rest, player=PLAYERS, played=ROUNDS, share=SHARES, kind=st.sampled_from(["bet", "win"]))
    def rollback_that_comes_first(self, player: str, played: str, share: str, kind: str) -> Call:
        late = Call(kind, self.name(), player, played, self.amount(player, share))
        self.send(Call("rollback", self.name(), player, original=late.id))
        return late

    @rule(call=bets | wins, player=PLAYERS)
    def rollback_of_somebody(self, call: Call, player: str) -> None:
        self.send(Call("rollback", self.name(), player, original=call.id))

    @rule(call=bets | wins | rest)
    def repeat(self, call: Call) -> None:
        self.send(call)

    @rule(call=bets | wins | rest)
    def contradict(self, call: Call) -> None:
        other = {"original": self.name()} if call.kind == "rollback" else {"amount": call.amount + 1}
        self.send(replace(call, **other))

    @rule(player=PLAYERS, played=ROUNDS)
    def end_round(self, player: str, played: str) -> None:
        table = self.tables[player]
        try:
            round_end(player=table.player.public_id, game_code=table.game.code, reference=played,
                      caller=table.caller, now=table.now)  # fmt: skip
            outcome = "ok"
        except errors.RoundNotFound as refusal:
            outcome = refusal.code
        assert outcome == self.model.end_round(player, played)

    @invariant()
    def the_books_agree(self) -> None:
        if not hasattr(self, "model"):
            return
        for name, purse in self.model.purses.items():
            player = self.tables[name].player
            assert account_balance(player, "player_real") == purse.real, name
            assert account_balance(player, "player_receivable") == -purse.owed, name
        assert house_balance(self.pool) == self.model.pool
        stored = {
            (row.player.nickname, row.reference): (row.live_bets, row.live_wins, row.dead_bets, row.state == "closed")
            for row in StoredRound.objects.select_related("player")
        }
        assert stored == {key: (r.bets, r.wins, r.rolled_back, r.closed) for key, r in self.model.rounds.items()}
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM (SELECT 1 FROM wallet_entry GROUP BY currency HAVING sum(amount) <> 0) c"
                " UNION ALL SELECT count(*) FROM wallet_account a WHERE a.balance <> coalesce((SELECT sum(e.amount)"
                " FROM wallet_entry e WHERE e.account_id = a.id), 0)"
            )
            assert cursor.fetchall() == [(0,), (0,)]

    def teardown(self) -> None:
        try:
            if hasattr(self, "model"):
                everything_verified()
        finally:
            transaction.set_rollback(True)
            self.frame.__exit__(None, None, None)

    def send(self, call: Call) -> Call:
        """Make the call and compare its answer with the model's."""
        outcome, original, replayed = self.model.send(call)
        answer = self.made(call)
        body = json.loads(answer.body)
        assert (body["status"] if body["status"] == "ok" else body["error"]["code"]) == outcome, call
        assert answer.replayed == replayed, call
        if replayed:
            assert answer.body == self.answers.setdefault(call.id, answer.body), call
        elif outcome not in ("idempotency_conflict", "bet_not_found"):
            self.answers[call.id] = answer.body
            assert body.get("original", "") == original, call
        if outcome in ("ok", "insufficient_funds") and not replayed:
            assert Decimal(body["balance"]["real"]) == self.model.purses[call.player].real, call
        return call

    def bet_everything_of(self, player: str, played: str) -> Call:
        """A stake of all that the player has, so that what is taken back later is not there."""
        return self.send(Call("bet", self.name(), player, played, self.model.purses[player].real))

    def made(self, call: Call) -> Answer:
        table = self.tables[call.player]
        table.now += timedelta(seconds=1)
        if call.kind == "bet":
            return table.bet(str(call.amount), call.round, call_id=call.id, contribution=f"{call.contribution:f}",
                             free_round="f" if call.free else "", closes=call.closes)  # fmt: skip
        if call.kind == "win":
            return table.win(str(call.amount), call.round, call_id=call.id, kind=WinKind(call.win_kind),
                             closes=call.closes)  # fmt: skip
        if call.kind == "jackpot":
            return table.jackpot(str(call.amount), call.round, call_id=call.id)
        return table.rollback(call.original, call_id=call.id)

    def amount(self, player: str, share: str) -> Decimal:
        digits = Decimal("1e-18") if CAST[player][0] == "BTC" else Decimal("1e-8")
        return (Decimal(CAST[player][2]) * Decimal(share)).quantize(digits).normalize() + 0

    def name(self) -> str:
        self.numbers += 1
        return f"call-{self.numbers}"


@pytest.mark.django_db
def test_random_play_agrees_with_the_model_of_the_contract() -> None:
    run_state_machine_as_test(
        Play,
        settings=settings(
            max_examples=40,
            stateful_step_count=35,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate, Phase.shrink),
        ),
    )
