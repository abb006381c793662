"""Alice and a game of North Star; what is hers, where it is, and whether all the books agree.

What a test compares is `Any` here: amounts with whole numbers, states with their words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

from django.core.management import call_command

from casino.games.enums import ProviderProtocol
from casino.games.models import Game, Provider, ProviderKey
from casino.play.enums import SessionMode
from casino.play.services.sessions import session_launch
from casino.transfers.models import TransferLeg, TransferVisit
from casino.transfers.services.janitor import transfers_resolve
from casino.transfers.services.launches import Begun, Wish, game_begin, player_leave
from casino.transfers.services.openings import visit_plan
from casino.transfers.services.sweeps import visits_sweep
from common.field_secrets import secret_close
from compliance.limits.models import Counter
from players.models import Player
from tests.factories import NOON, game_make, player_make
from tests.transfers.conftest import SECRET, NorthStar
from wallet.models import Account

ZERO = Decimal(0)


def north_star_make(code: str = "north-star") -> Game:
    """The provider as this house knows it, with its key and one slot."""
    provider = Provider.objects.create(
        code=code, name=code.title(), protocol=ProviderProtocol.TRANSFER_V1, is_sandbox=True
    )
    ProviderKey.objects.create(
        provider=provider, key_id="k1", secret_encrypted=secret_close(SECRET), slot=1, created_at=NOON
    )
    return game_make(provider, "comet")


@dataclass
class Scene:
    """One player, one game, and a clock that the test moves."""

    star: NorthStar
    game: Game = field(default_factory=north_star_make)
    alice: Player = field(default_factory=player_make)
    now: datetime = NOON
    sign_in_id: int | None = None

    def later(self, seconds: float) -> datetime:
        self.now += timedelta(seconds=seconds)
        return self.now

    def launch(self, amount: str | None = None, game: Game | None = None, player: Player | None = None) -> Begun:
        chosen = game or self.game
        wish = Wish(
            player=player or self.alice, provider=chosen.provider.code, code=chosen.code, mode=SessionMode.REAL,
            device="desktop", amount=None if amount is None else Decimal(amount), sign_in_id=self.sign_in_id,
        )  # fmt: skip
        return game_begin(wish=wish, now=self.now)

    def plays(self, stake: int, win: int) -> None:
        """A round at the provider, in whole units of the currency."""
        self.star.plays(self.alice.public_id, stake * 100, win * 100)

    def leave(self) -> Any:
        return player_leave(player=self.alice, now=self.now)

    def janitor(self, seconds: float = 61) -> int:
        """Some time passes, and the janitor comes by."""
        return transfers_resolve(now=self.later(seconds))

    def sweep(self, seconds: float = 60) -> int:
        return visits_sweep(now=self.later(seconds))

    def there(self) -> Any:
        """What the provider's own books say."""
        return self.star.holds(self.alice.public_id)

    def has(self, kind: str) -> Any:
        row = Account.objects.filter(player=self.alice, kind=f"player_{kind}").first()
        return ZERO if row is None or row.balance is None else row.balance

    @property
    def money(self) -> Any:
        """Real and held."""
        return self.has("real"), self.has("hold")

    def counter(self) -> Counter:
        return Counter.objects.get(player=self.alice)

    def visit(self) -> Any:
        return TransferVisit.objects.latest("pk")

    def leg(self) -> Any:
        return TransferLeg.objects.latest("pk")


def planned(scene: Scene, amount: str | None = None) -> TransferLeg:
    """What a launch leaves that was killed before it sent anything."""
    session = session_launch(player=scene.alice, game=scene.game, mode=SessionMode.REAL, now=scene.now).session
    return visit_plan(
        player=scene.alice, game=scene.game, session=session, sign_in_id=None,
        amount=None if amount is None else Decimal(amount), actor="player:1", now=scene.now,
    )  # fmt: skip


def proved() -> None:
    """verify_ledger finds nothing to say."""
    call_command("verify_ledger", stdout=StringIO())
