"""Carol, who operates the back office, and a house in which Alice has played one round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client

from casino.games.models import Game, Provider
from casino.play.models import Leg, Round
from casino.play.services.demo import demo_seed
from common.clock import utc_now
from compliance.staff.models import StaffUser
from players.models import Player
from tests.admin import office as back_office
from wallet.enums import AccountKind, TransactionKind
from wallet.models import Account, FxRate
from wallet.services.accounts import house_account
from wallet.services.transactions import Movement, transaction_post

CURRENCIES = ("SEK", "GBP", "JPY")


@dataclass(frozen=True)
class House:
    """What stands in the test's house."""

    provider: Provider
    game: Game
    alice: Player
    purse: Account
    round: Round
    bet: UUID
    win: UUID


@pytest.fixture(autouse=True)
def _forget(db: None) -> None:
    back_office.nothing_remembered()


@pytest.fixture
def carol() -> StaffUser:
    return back_office.carol_make()


@pytest.fixture
def office(carol: StaffUser) -> Client:
    return back_office.office_for(carol)


@pytest.fixture
def strict_office(carol: StaffUser) -> Client:
    """With CSRF checked, as browsers get it."""
    return back_office.office_for(carol, strict=True)


@pytest.fixture
def house() -> House:
    now = utc_now() - timedelta(minutes=1)
    for currency in CURRENCIES:
        FxRate.objects.create(
            currency=currency,
            units_per_base=Decimal(2),
            valid_on=now.date(),
            source="ECB",
            file_sha256="ab" * 32,
            loaded_at=now,
        )
    demo_seed(now=now)
    alice = Player.objects.get(nickname="Alice")
    game = Game.objects.get(code="sandbox-slot")
    purse = Account.objects.get(player=alice, kind=AccountKind.PLAYER_REAL)
    played = Round.objects.create(
        provider=game.provider, player=alice, reference="r-1", game=game, currency="EUR", staked=Decimal(2),
        won=Decimal("5.005"), live_bets=1, live_wins=1, dead_bets=0, balance_before=Decimal(250),
        balance_after=Decimal("253.005"), opened_at=now,
    )  # fmt: skip
    bet = played_call(played, purse, "bet", "tx-bet", Decimal(2), now)
    win = played_call(played, purse, "win", "tx-win", Decimal("5.005"), now + timedelta(seconds=1))
    return House(game.provider, game, alice, purse, played, bet, win)


def played_call(played: Round, purse: Account, kind: str, name: str, amount: Decimal, now: datetime) -> UUID:
    """One booked call: ledger transaction, leg and recorded answer under one id."""
    gaming = house_account(kind=AccountKind.GAMING, scope=played.provider.code, currency=purse.currency)
    source, target = (purse.pk, gaming.id) if kind == "bet" else (gaming.id, purse.pk)
    made = transaction_post(
        kind=TransactionKind(kind),
        movements=[Movement(source_id=source, target_id=target, amount=amount)],
        actor=f"provider:{played.provider.code}",
        now=now,
        player_id=played.player_id,
        reference=f"round {played.pk}",
    )
    Leg.objects.create(
        id=made, kind=kind, round=played, player_id=played.player_id, provider=played.provider,
        provider_transaction_id=name, game=played.game, real=amount, bonus=Decimal(0), contribution=Decimal(0),
        booked_at=now,
    )  # fmt: skip
    # By hand, as the hot path does: the application may not write the place in the commit order.
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO wallet_recordedanswer (provider_id, provider_transaction_id, call, outcome, fingerprint,"
            " player_id, amount, currency, round_reference, transaction_id, status, body, recorded_at)"
            " VALUES (%s, %s, %s, 'booked', '', %s, %s, %s, %s, %s, 200, %s, %s)",
            [played.provider_id, name, kind, played.player_id, amount, purse.currency, played.reference, made,
             b'{"status":"ok"}', now],
        )  # fmt: skip
    return made


@pytest.fixture
def noon() -> datetime:
    return datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
