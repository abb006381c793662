"""One day of play of four people, small enough to be added up by hand.

Alice (Lucky) plays the slot for 10 and wins 25, loses 20 of which 1 goes to the pool, has 5 rolled back, and leaves 8
in an open round. Dora (York) loses 100. Tess, a test player, loses 7. Bob (Lucky) stakes 0.2 and wins 30, and the
jackpot pays him 40.
"""

from __future__ import annotations

from dataclasses import dataclass

from casino.games.models import Game
from casino.play.services.rounds import round_end
from players.models import Brand
from tests.casino.play.table import Table, seat
from tests.factories import NOON, game_make, jackpot_make, player_make, provider_make, session_make
from tests.facts.house import read_all


@dataclass
class Scene:
    """Whoever sits at the slot."""

    game: Game
    york: Brand
    alice: Table
    bob: Table
    dora: Table


def scene_make() -> Scene:
    """Everything of the day, read into the facts."""
    game = game_make(provider_make())
    jackpot_make(game, seed="50")
    york = Brand.objects.create(code="york", name="York", jurisdiction="NJ")
    alice, bob, dora = (seat(game, name) for name in ("Alice", "Bob", "Dora"))
    dora.player.brand = york
    dora.player.save(update_fields=["brand"])
    tess = player_make("Tess", is_test=True)

    alice.bet("10", "a1", call_id="a1-bet")
    alice.win("25", "a1", closes=True)
    alice.bet("20", "a2", contribution="1", closes=True)
    alice.bet("5", "a3", call_id="a3-bet")
    alice.rollback("a3-bet")
    round_end(player=alice.player.public_id, game_code="slot", reference="a3", caller=alice.caller, now=NOON)
    alice.bet("8", "a4")
    bob.bet("0.2", "b1")
    bob.jackpot("40", "b1")
    bob.win("30", "b1", closes=True)
    dora.bet("100", "d1", closes=True)
    Table(game=game, player=tess, session=session_make(tess, game)).bet("7", "t1", closes=True)
    read_all(NOON)
    return Scene(game, york, alice, bob, dora)
