"""The contract (wallet-api-v1 §4) once more, small and without a database: what the state machine compares with.

Written from the contract and not from the product: balances, rounds, ids and the jackpot's pool of a few players.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Context, Decimal

WIDE = Context(prec=50, rounding=ROUND_HALF_EVEN)
ZERO = Decimal(0)


@dataclass(frozen=True)
class Call:
    """What a provider sends; `amount` is in the player's currency, `original` names another call's id."""

    kind: str
    id: str
    player: str
    round: str = ""
    amount: Decimal = ZERO
    original: str = ""
    contribution: Decimal = ZERO
    win_kind: str = "game"
    free: bool = False
    closes: bool = False

    @property
    def content(self) -> tuple[object, ...]:
        """What makes a repeat the same call; flags and the jackpot's share are no part of it."""
        return self.kind, self.player, self.round, self.amount, self.original


@dataclass
class Purse:
    """A player: units of the currency for one euro, real money, debt, and the accounts' currency."""

    currency: str
    per_euro: Decimal
    real: Decimal = ZERO
    owed: Decimal = ZERO

    def credit(self, amount: Decimal) -> None:
        """Debts first."""
        repaid = min(amount, self.owed)
        self.owed -= repaid
        self.real += amount - repaid

    def take_back(self, amount: Decimal) -> None:
        """What is there; the rest is owed."""
        there = min(amount, self.real)
        self.real -= there
        self.owed += amount - there

    def in_euros(self, amount: Decimal) -> Decimal:
        """For the pool, which is kept in euros to eight decimals."""
        return WIDE.divide(amount, self.per_euro).quantize(Decimal("1e-8"), context=WIDE)


@dataclass
class Round:
    """One round of one player."""

    bets: int = 0
    wins: int = 0
    rolled_back: int = 0
    closed: bool = False


@dataclass
class Booked:
    """What an id stands for: the first determinate outcome and, of a booking, whether it was reversed.

    A tombstone has no call, and belongs to the player whose rollback came first.
    """

    call: Call | None
    player: str
    outcome: str
    reversed: bool = False


@dataclass
class Model:
    """The wallet as the contract describes it. Each call returns (outcome, `original` of a rollback, replayed)."""

    purses: dict[str, Purse]
    seed: Decimal
    pool: Decimal = field(init=False)
    rounds: dict[tuple[str, str], Round] = field(default_factory=dict)
    known: dict[str, Booked] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.pool = self.seed

    def send(self, call: Call) -> tuple[str, str, bool]:
        """What the wallet has to answer; books it."""
        before = self.known.get(call.id)
        if before is not None and before.call is None:
            return "transaction_rolled_back", "", True
        if before is not None and before.call is not None:
            same = before.call.content == call.content
            return (before.outcome, "", True) if same else ("idempotency_conflict", "", False)
        outcome, original = getattr(self, f"_{call.kind}")(call)
        if outcome != "bet_not_found":
            self.known[call.id] = Booked(call, call.player, outcome)
        return outcome, original, False

    def end_round(self, player: str, name: str) -> str:
        """Closing twice is a success."""
        if (player, name) not in self.rounds:
            return "round_not_found"
        self.rounds[player, name].closed = True
        return "ok"

    def _bet(self, call: Call) -> tuple[str, str]:
        purse, played = self.purses[call.player], self.rounds.get((call.player, call.round))
        if played is not None and played.closed:
            return "round_closed", ""
        stake = ZERO if call.free else call.amount
        if purse.real < stake:
            return "insufficient_funds", ""
        purse.real -= stake
        if not call.free:
            self.pool += purse.in_euros(call.contribution)
        played = self._round(call)
        played.bets += 1
        return "ok", ""

    def _win(self, call: Call) -> tuple[str, str]:
        played = self.rounds.get((call.player, call.round))
        if call.win_kind == "game" and (refusal := self._bet_missing(played)):
            return refusal, ""
        if call.win_kind == "free_round" and played is not None and played.rolled_back and not played.bets:
            return "transaction_rolled_back", ""
        if played is not None and played.closed and call.win_kind != "promo":
            return "round_closed", ""
        self.purses[call.player].credit(call.amount)
        self._round(call).wins += call.win_kind != "promo"
        return "ok", ""

    def _jackpot(self, call: Call) -> tuple[str, str]:
        if refusal := self._bet_missing(self.rounds.get((call.player, call.round))):
            return refusal, ""
        purse = self.purses[call.player]
        self.pool = max(self.pool - purse.in_euros(call.amount), self.seed)
        purse.credit(call.amount)
        self._round(call).wins += 1
        return "ok", ""

    def _rollback(self, call: Call) -> tuple[str, str]:
        original = self.known.get(call.original)
        if original is None:
            self.known[call.original] = Booked(None, call.player, "tombstone")
            return "ok", "not_found"
        if original.player != call.player:
            return "player_mismatch", ""
        undone = original.call
        if undone is None or original.outcome != "ok":
            return "ok", "not_found"
        if original.reversed:
            return "ok", "already_reversed"
        purse, played = self.purses[call.player], self.rounds[undone.player, undone.round]
        if undone.kind == "win":
            purse.take_back(undone.amount)
            played.wins -= undone.win_kind != "promo"
        elif played.wins:
            return "original_settled", ""
        else:
            purse.credit(ZERO if undone.free else undone.amount)
            if not undone.free:
                self.pool -= purse.in_euros(undone.contribution)
            played.bets -= 1
            played.rolled_back += 1
        original.reversed = True
        return "ok", "reversed"

    def _bet_missing(self, played: Round | None) -> str:
        if played is None or not (played.bets or played.rolled_back):
            return "bet_not_found"
        return "" if played.bets else "transaction_rolled_back"

    def _round(self, call: Call) -> Round:
        played = self.rounds.setdefault((call.player, call.round), Round())
        played.closed = played.closed or call.closes
        return played
