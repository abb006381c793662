"""Which rounds misbehave, and how."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from random import Random

from casino.simulator import deliveries, tricks
from casino.simulator.deliveries import Delivery
from casino.simulator.games.spin import Spin
from casino.simulator.plan import ChaosLevel
from casino.simulator.player import Player
from casino.simulator.rounds import GameRound


class Trick(StrEnum):
    """Every way to misbehave, in words for the summary."""

    DUPLICATE = "duplicates after the answer"
    PARALLEL = "duplicates in parallel"
    HANG_UP = "hung up, then repeated"
    INQUIRE = "asked for the state"
    CONFLICT = "same id, other amount"
    OLD_CALL = "repeats of old calls"
    WIN_FIRST = "win before its bet"
    ROLLBACK_FIRST = "rollback before its bet"
    HANG_UP_ROLLBACK = "hung up, then rolled back"
    ROLLBACK_TWICE = "rollbacks repeated"
    ROLLBACK_RACE = "bet against its rollback"
    WIN_REVERSED = "win reversed and paid anew"
    SETTLED_ROLLBACK = "rollback of a settled bet"
    CLOSED_ROUND = "bet and win in a closed round"
    OVER_BALANCE = "bets over the balance"
    DEAD_SESSION = "bets in a dead session"
    LATE_WIN = "wins after the session"
    USED_TOKEN = "launch tokens used twice"  # noqa: S105 - a name for the summary


DELIVERED: Mapping[Trick, Delivery] = {
    Trick.DUPLICATE: deliveries.twice,
    Trick.PARALLEL: deliveries.parallel,
    Trick.HANG_UP: deliveries.hung_up,
    Trick.INQUIRE: deliveries.inquired,
    Trick.CONFLICT: deliveries.contradicted,
    Trick.OLD_CALL: deliveries.remembered,
}
SCRIPTED: Mapping[Trick, Callable[[Player, Spin], GameRound]] = {
    Trick.WIN_FIRST: tricks.win_first,
    Trick.ROLLBACK_FIRST: tricks.rollback_first,
    Trick.HANG_UP_ROLLBACK: tricks.hang_up_rollback,
    Trick.ROLLBACK_TWICE: tricks.rollback_twice,
    Trick.ROLLBACK_RACE: tricks.rollback_race,
    Trick.WIN_REVERSED: tricks.win_reversed,
    Trick.SETTLED_ROLLBACK: tricks.settled_rollback,
    Trick.CLOSED_ROUND: tricks.closed_round,
    Trick.OVER_BALANCE: tricks.over_balance,
    Trick.DEAD_SESSION: tricks.dead_session,
    Trick.LATE_WIN: tricks.late_win,
}
SHARE_OF_ROUNDS: Mapping[ChaosLevel, float] = {ChaosLevel.NONE: 0.0, ChaosLevel.LOW: 0.12, ChaosLevel.HIGH: 0.6}
TRICKS = tuple(Trick)


def trick_choose(rng: Random, level: ChaosLevel) -> Trick | None:
    """The trick of the next round, or None for a round without."""
    if level is ChaosLevel.NONE or rng.random() >= SHARE_OF_ROUNDS[level]:
        return None
    return rng.choice(TRICKS)


def round_play(player: Player, level: ChaosLevel) -> None:
    """Play one round, with or without a trick; raises OutOfPatienceError."""
    trick = trick_choose(player.rng, level)
    if not player.sit_down(reuse_token=trick is Trick.USED_TOKEN):
        return
    spin = player.game.deal(player.rng, player.currency.unit)
    if trick is not None:
        player.client.tally.tricks[trick.value] += 1
    played = _with_trick(player, spin, trick) if trick is not None else plain(player, spin, deliveries.once)
    played.finish()
    player.client.tally.rounds += 1


def _with_trick(player: Player, spin: Spin, trick: Trick) -> GameRound:
    if trick in SCRIPTED:
        return SCRIPTED[trick](player, spin)
    return plain(player, spin, DELIVERED.get(trick, deliveries.once))


def plain(player: Player, spin: Spin, deliver: Delivery) -> GameRound:
    """All stakes, then the payouts, each call delivered the given way."""
    played = GameRound(player, spin)
    for leg in spin.legs:
        if not played.bet(leg, deliver=deliver):
            break
    played.settle(deliver=deliver)
    return played
