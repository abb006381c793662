"""Which jackpot a game feeds, and what its pool holds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

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


def _load_of_game(key: tuple[int, str]) -> JackpotFacts | None:
    provider_id, game_code = key
    fed = Jackpot.objects.select_related("provider").filter(
        fed_by__game__provider_id=provider_id, fed_by__game__code=game_code, enabled=True
    )
    return _facts(fed.first())


_of_game: Fresh[tuple[int, str], JackpotFacts | None] = Fresh(_load_of_game)


def jackpot_of_game(provider_id: int, game_code: str) -> JackpotFacts | None:
    """The enabled jackpot that a provider's game feeds; a change takes effect within a second."""
    return _of_game.get((provider_id, game_code))


def jackpots_forget() -> None:
    """Drop what this process remembers; for tests."""
    _of_game.forget()


def jackpot_locked(*, provider_id: int, code: str) -> JackpotFacts | None:
    """The jackpot of a provider under its row lock, which serialises its wins; disabled ones still pay what is owed.

    Runs inside the money transaction, which Django's own query locks do not know.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT j.id, j.currency, j.seed, v.code || ':' || j.code FROM jackpots_jackpot j"
            " JOIN games_provider v ON v.id = j.provider_id"
            " WHERE j.provider_id = %s AND j.code = %s FOR NO KEY UPDATE OF j",
            [provider_id, code],
        )
        row = cursor.fetchone()
    return None if row is None else JackpotFacts(id=row[0], currency=row[1], seed=row[2], scope=row[3])
