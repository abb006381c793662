"""Rounds in which the order of things goes wrong. Each plays its first stake only, and returns the round."""

from dataclasses import replace

from casino.simulator import calls
from casino.simulator.books import LineState
from casino.simulator.calls import Call
from casino.simulator.currencies import ZERO
from casino.simulator.deliveries import inquire, repeat
from casino.simulator.games.spin import Leg, Spin
from casino.simulator.player import OK, Player
from casino.simulator.rounds import GameRound

TOO_EARLY = frozenset({"bet_not_found"})
ROLLED_BACK = frozenset({"transaction_rolled_back"})
SETTLED = frozenset({"original_settled"})
CLOSED = frozenset({"round_closed"})
EXPIRED = frozenset({"session_expired"})
TOO_HIGH = frozenset({"insufficient_funds", "stake_limit_exceeded"})


def win_first(player: Player, spin: Spin) -> GameRound:
    """The win overtakes its bet: refused for now, and paid when it is repeated after the bet."""
    played, leg = _begin(player, spin)
    bet = played.bet_call(leg)
    win = played.win_call(leg.payout, bet)
    player.ask(win, expect=TOO_EARLY)
    if played.place(leg, bet):
        played.win_send(win)
        _finish(played)
    return played


def rollback_first(player: Player, spin: Spin) -> GameRound:
    """The rollback overtakes its bet: the late bet must be refused, however often it comes."""
    played, leg = _begin(player, spin)
    bet = played.bet_call(leg)
    _rollback(played, bet, wanted="not_found")
    for _ in range(player.rng.choice((1, 2))):
        player.ask(bet, expect=ROLLED_BACK)
    inquire(player, bet)
    return played


def hang_up_rollback(player: Player, spin: Spin) -> GameRound:
    """The provider times out on the bet and rolls back until it knows that the stake is with the player."""
    played, leg = _begin(player, spin)
    bet = played.bet_call(leg)
    player.owe(bet)
    player.client.hang_up(bet)
    _rollback(played, bet, wanted=None)
    player.acquit(bet)
    inquire(player, bet)
    return played


def rollback_twice(player: Player, spin: Spin) -> GameRound:
    """A rollback repeated with its own id and with a new one gives the money back once."""
    played, leg = _begin(player, spin)
    bet = played.bet_call(leg)
    if not played.place(leg, bet):
        _rollback(played, bet, wanted="not_found")
        return played
    first = _rollback(played, bet, wanted="reversed")
    played.withdraw(leg, bet)
    repeat(player, first, "ok")
    _rollback(played, bet, wanted="already_reversed")
    inquire(player, bet)
    repeat(player, bet, "ok")
    return played


def rollback_race(player: Player, spin: Spin) -> GameRound:
    """Bet and rollback arrive at the same time: whichever comes first, the player keeps the stake."""
    played, leg = _begin(player, spin)
    bet = played.bet_call(leg)
    back = _rollback_call(played, bet)
    player.owe(bet)
    player.owe(back)
    answers = player.client.together([bet, back])
    wanted = (OK | ROLLED_BACK | EXPIRED | TOO_HIGH, OK)
    for call, answer, expect in zip((bet, back), answers, wanted, strict=True):
        if answer is not None and not answer.retry:
            player.hear(call, answer, expect=expect, in_doubt=True)
            player.acquit(call)
    for call, expect in ((back, OK), (bet, wanted[0])):
        if call in player.open_calls:
            player.ask(call, expect=expect, in_doubt=True)
    line = player.book.line(bet.transaction_id or "")
    if line is not None and line.state is LineState.BOOKED:
        player.client.violated(back, "the bet stands although it was rolled back", player.book.player_id)
    return played


def win_reversed(player: Player, spin: Spin) -> GameRound:
    """A mistaken win is taken back and the right one paid."""
    played, leg = _begin(player, spin)
    bet = played.bet_call(leg)
    if not played.place(leg, bet):
        return played
    mistaken = played.win_call(leg.payout + player.currency.unit, bet)
    if player.ask(mistaken).ok:
        back = _rollback(played, mistaken, wanted="reversed")
        repeat(player, back, "ok")
        played.win_send(played.win_call(leg.payout, bet))
    _finish(played)
    return played


def settled_rollback(player: Player, spin: Spin) -> GameRound:
    """A bet whose win is booked cannot be rolled back any more."""
    played, leg = _begin(player, spin)
    bet = played.bet_call(leg)
    if not played.place(leg, bet):
        return played
    played.win_send(played.win_call(leg.payout, bet))
    if leg.payout:
        player.ask(_rollback_call(played, bet), expect=SETTLED)
    _finish(played)
    return played


def closed_round(player: Player, spin: Spin) -> GameRound:
    """A closed round takes no further bet and no further win."""
    played, leg = _begin(player, spin)
    if not played.bet(leg):
        return played
    played.settle()
    player.ask(played.bet_call(leg), expect=CLOSED)
    player.ask(played.win_call(player.currency.unit, None), expect=CLOSED)
    played.end()
    return played


def over_balance(player: Player, spin: Spin) -> GameRound:
    """More than the player has is refused, with the balance, and refused again."""
    played, leg = _begin(player, spin)
    high = replace(leg, stake=player.book.expected + player.currency.unit, contribution=ZERO)
    bet = played.bet_call(high)
    answer = player.ask(bet, expect=TOO_HIGH)
    repeat(player, bet, answer.outcome)
    return played


def dead_session(player: Player, spin: Spin) -> GameRound:
    """A bet in a session that ended is refused; in a new session the game goes on."""
    player.expire_session()
    played, leg = _begin(player, spin)
    player.ask(played.bet_call(leg), expect=EXPIRED)
    player.session_id = ""
    if not player.sit_down():
        return played
    spin = player.game.deal(player.rng, player.currency.unit)
    played, leg = _begin(player, spin)
    if played.bet(leg):
        played.settle()
    return played


def late_win(player: Player, spin: Spin) -> GameRound:
    """Money owed is paid although the session has ended meanwhile."""
    played, leg = _begin(player, spin)
    if played.bet(leg):
        player.expire_session()
        player.session_id = ""
        played.settle()
    return played


def _begin(player: Player, spin: Spin) -> tuple[GameRound, Leg]:
    return GameRound(player, Spin(spin.legs[:1], spin.jackpot_hit)), spin.legs[0]


def _finish(played: GameRound) -> None:
    played.pay_jackpot()
    played.end()


def _rollback_call(played: GameRound, original: Call) -> Call:
    return calls.rollback(
        transaction_id=played.player.name("x"),
        key=played.key,
        original_id=original.transaction_id or "",
        reason="time-out",
    )


def _rollback(played: GameRound, original: Call, *, wanted: str | None) -> Call:
    call = _rollback_call(played, original)
    answer = played.player.ask(call)
    said = answer.text("original")
    if wanted is not None and answer.ok and said != wanted:
        played.player.client.violated(call, f"original {said!r}, expected {wanted!r}", played.key.player_id)
    return call
