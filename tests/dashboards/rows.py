"""First deposits by week, and who played again: cohorts that anybody can count."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from django.db import transaction

from casino.cashier.enums import DepositState
from casino.cashier.models import Deposit, DepositStep
from casino.games.models import Game
from common.ids import uuid7
from players.models import Player
from reporting.facts.models import Play
from tests.factories import player_make


@transaction.atomic
def _first_deposit(player: Player, name: str, at: datetime) -> None:
    deposit = Deposit.objects.create(
        reference=f"dep-{name}", player=player, client_key=name, method="card", gateway="sandbox", amount=Decimal(20),
        currency="EUR", credit=Decimal(20), credit_currency="EUR", created_at=at, changed_at=at,
        expires_at=at + timedelta(days=1),
    )  # fmt: skip
    deposit.state, deposit.credited_at, deposit.is_first = DepositState.CREDITED, at, True
    deposit.transaction_id = uuid7()
    deposit.save(update_fields=["state", "credited_at", "is_first", "transaction_id"])
    DepositStep.objects.create(
        deposit=deposit, after=DepositState.CREDITED, at=at, actor="system:tests", note="by hand"
    )


def cohorts_make(today: date, weeks: int = 4, people: int = 4) -> None:
    """`people` first deposits in each of the last weeks; of each cohort one player less plays every further week."""
    monday = today - timedelta(days=today.weekday())
    game = Game.objects.first()
    assert game is not None
    for week in range(weeks):
        begins = monday - timedelta(weeks=week)
        for number in range(people):
            player = player_make(f"Cohort-{week}-{number}")
            at = datetime.combine(begins, time(0, 30), tzinfo=UTC)
            _first_deposit(player, f"{week}-{number}", at)
            for later in range(min(week + 1, people - number)):
                day = begins + timedelta(weeks=later)
                Play.objects.create(
                    posted_day=day, settled_day=day, brand_id=player.brand_id, jurisdiction=player.jurisdiction,
                    currency="EUR", player_id=player.pk, is_test=False, provider_id=game.provider_id, game_id=game.pk,
                    bets=1, rounds=1, stake_real=Decimal(1), first_at=at, last_at=at,
                )  # fmt: skip
