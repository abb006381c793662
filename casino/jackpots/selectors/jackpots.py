"""Which jackpot a game feeds, and what its pool holds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from casino.jackpots.models import Jackpot
from common.fresh import Fresh


@dataclass(frozen=True, slots=True, kw_only=True)
class JackpotFacts:
    """A jackpot as play needs it; `scope` names its pool and funding accounts in the ledger."""

    id: int
    currency: str
    seed: Decimal
    scope: str


def _facts(jackpot: Jackpot | None) -> JackpotFacts | None:
    if jackpot is None:
        return None
    return JackpotFacts(
        id=jackpot.pk,
        currency=jackpot.currency,
        seed=jackpot.seed,
        scope=f"{jackpot.provider.code}:{jackpot.code}",
    )


def _load_of_game(game_id: int) -> JackpotFacts | None:
    return _facts(Jackpot.objects.select_related("provider").filter(fed_by__game_id=game_id, enabled=True).first())


_of_game: Fresh[int, JackpotFacts | None] = Fresh(_load_of_game)


def jackpot_of_game(game_id: int) -> JackpotFacts | None:
    """The enabled jackpot that a game feeds; a change takes effect within a second."""
    return _of_game.get(game_id)


def jackpots_forget() -> None:
    """Drop what this process remembers; for tests."""
    _of_game.forget()


def jackpot_locked(*, provider_id: int, code: str) -> JackpotFacts | None:
    """The jackpot of a provider under its row lock, which serialises its wins; disabled ones still pay what is owed."""
    query = Jackpot.objects.select_for_update(of=("self",)).select_related("provider")
    return _facts(query.filter(provider_id=provider_id, code=code).first())
