"""One game round told to the wallet: stakes, payouts, the jackpot, the end."""

from decimal import Decimal

from casino.simulator import calls
from casino.simulator.answers import PLAY_REFUSALS
from casino.simulator.calls import Call
from casino.simulator.currencies import EXACT, ZERO
from casino.simulator.deliveries import Delivery, once
from casino.simulator.games.spin import Leg, Spin
from casino.simulator.player import OK, Player

SHORT = frozenset({"insufficient_funds"})


class GameRound:
    """A round in progress: which legs the wallet accepted and what has been paid so far."""

    def __init__(self, player: Player, spin: Spin) -> None:
        self.player = player
        self.spin = spin
        self.key = player.key()
        self.game = player.game
        self.accepted: list[tuple[Leg, Call]] = []
        self.paid = ZERO

    def bet_call(self, leg: Leg, *, closed: bool = False) -> Call:
        """The bet of one leg, not yet sent."""
        return calls.bet(
            transaction_id=self.player.name("b"),
            key=self.key,
            session_id=self.player.session_id,
            stake=leg.stake,
            contribution=leg.contribution,
            closed=closed,
        )

    def bet(self, leg: Leg, *, deliver: Delivery = once) -> bool:
        """Place one leg; False when it was refused."""
        return self.place(leg, self.bet_call(leg), deliver=deliver)

    def place(self, leg: Leg, call: Call, *, deliver: Delivery = once) -> bool:
        """Send a bet that was made before; False when it was refused."""
        short = leg.stake > self.player.book.expected
        expect = (SHORT if short else OK) | PLAY_REFUSALS
        answer = deliver(self.player, call, expect)
        self.player.note_bet(answer.outcome)
        if answer.ok:
            self.accept(leg, call)
        return answer.ok

    def accept(self, leg: Leg, call: Call) -> None:
        """The wallet booked this leg."""
        self.accepted.append((leg, call))
        self.player.share.contribute(leg.contribution)

    def withdraw(self, leg: Leg, call: Call) -> None:
        """The leg was rolled back."""
        self.accepted.remove((leg, call))
        self.player.share.contribute(-leg.contribution)

    def settle(self, *, deliver: Delivery = once) -> None:
        """Pay what the accepted legs earn, by one win or by several, and close the round."""
        if not self.accepted:
            return
        rng = self.player.rng
        manner = rng.choice(("closing win", "closing win", "win, then end", "a win each", "end alone"))
        winners = [(leg, bet) for leg, bet in self.accepted if leg.payout]
        jackpot_due = self.spin.jackpot_hit and self.player.share.payable() > 0
        if manner == "a win each" and len(winners) > 1:
            for leg, bet in winners:
                self.win_send(self.win_call(leg.payout, bet), deliver=deliver)
        elif winners or manner != "end alone":
            total = sum((leg.payout for leg, _ in self.accepted), ZERO)
            bet_id = self.accepted[0][1] if len(self.accepted) == 1 else None
            closed = manner == "closing win" and not jackpot_due
            self.win_send(self.win_call(total, bet_id, closed=closed), deliver=deliver)
            if closed:
                return
        self.pay_jackpot(deliver=deliver)
        self.end(twice=rng.random() < 0.2)

    def win_call(self, amount: Decimal, bet: Call | None, *, closed: bool = False) -> Call:
        """A win of this round, not yet sent."""
        return calls.win(
            transaction_id=self.player.name("w"),
            key=self.key,
            amount=amount,
            bet_id=bet.transaction_id if bet is not None else None,
            closed=closed,
        )

    def pay_jackpot(self, *, deliver: Delivery = once) -> None:
        """Pay the player's share of the pool if this round hit it."""
        amount = self.player.share.payable()
        if not self.spin.jackpot_hit or not amount or not self.accepted:
            return
        call = calls.jackpot(
            transaction_id=self.player.name("j"),
            key=self.key,
            jackpot_code=self.game.jackpot_code or "",
            amount=amount,
        )
        if deliver(self.player, call, OK).ok:
            self.player.share.pay(amount)
            self.paid = EXACT.add(self.paid, amount)

    def win_send(self, call: Call, *, deliver: Delivery = once) -> None:
        """Send a win that the wallet must accept."""
        if deliver(self.player, call, OK).ok:
            self.paid = EXACT.add(self.paid, call.effect)

    def end(self, *, twice: bool = False) -> None:
        """Close the round; closing twice is a success."""
        for _ in range(2 if twice else 1):
            self.player.ask(calls.end_round(key=self.key))

    def finish(self) -> None:
        """Count the round in the takings of its game."""
        if not self.accepted:
            return
        tally = self.player.client.tally
        takings = tally.takings_of(self.game.code, self.key.currency.code)
        stake = sum((leg.stake for leg, _ in self.accepted), ZERO)
        takings.add(rounds=1, stake=stake, win=self.paid, unit=self.key.currency.unit)
