"""Test players of the sandbox: mock credits, marked for ever, the same code path as everybody (wallet-api-v1 §7)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from casino.games.models import Game
from casino.play import errors
from casino.play.enums import SessionEnd, SessionMode
from casino.play.models import GameSession
from casino.play.selectors.balances import balance_of_player
from casino.play.services.sessions import Launch, session_prepare
from casino.play.types import Balance, Caller
from common.ids import public_id
from common.money import ZERO
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from players.enums import PlayerStatus
from players.models import Brand, Player
from wallet.enums import AccountKind, TransactionKind
from wallet.locks import busy_when_locked, wallet_lock
from wallet.services.accounts import house_account, player_account_open
from wallet.services.player_money import player_credit

MOCK = "mock-credits"


@transaction.atomic
def sandbox_player_create(
    *, currency: str, balance: Decimal, country: str, language: str, caller: Caller, now: datetime
) -> Player:
    """A fresh test player of the first brand with `balance` mock credits in `currency`."""
    brand = Brand.objects.order_by("pk").first()
    if brand is None:
        raise errors.InvalidRequest(problem="no brand exists: run manage.py seed_demo")
    name = public_id("pl")
    player = Player.objects.create(
        public_id=name,
        brand=brand,
        nickname=f"Test {name[-6:]}",
        currency=currency,
        country=country,
        language=language,
        jurisdiction=brand.jurisdiction,
        is_test=True,
        created_at=now,
    )
    player_account_open(kind=AccountKind.PLAYER_REAL, player_id=player.pk, currency=currency)
    mock_credit(player=player, amount=balance, caller=caller, now=now)
    audit_record(
        name=EventName.SANDBOX_PLAYER_MADE, actor=caller.actor, now=now, subject=f"players.player:{player.pk}",
        brand_id=brand.pk, player_id=player.pk,
        after={"public_id": name, "currency": currency, "country": country, "mock_credit": balance},
    )  # fmt: skip
    return player


def mock_credit(*, player: Player, amount: Decimal, caller: Caller, now: datetime) -> None:
    """Add `amount` mock credits in the player's currency; zero adds none. Test players only."""
    if not player.is_test:
        raise errors.PlayerNotFound
    if amount <= ZERO:
        return
    source = house_account(kind=AccountKind.ADJUSTMENT, scope=MOCK, currency=player.currency)
    player_credit(
        kind=TransactionKind.ADJUSTMENT,
        player_id=player.pk,
        currency=player.currency,
        source_id=source.id,
        amount=amount,
        actor=caller.actor,
        now=now,
        reference=MOCK,
    )


def sandbox_player_get(public: str) -> Player:
    """The test player of that public id. Raises PlayerNotFound for anybody else, real players included."""
    player = Player.objects.filter(public_id=public, is_test=True).first()
    if player is None:
        raise errors.PlayerNotFound
    return player


def sandbox_player_launch(*, player: Player, game_code: str, caller: Caller, now: datetime) -> Launch:
    """A launch token of one of the caller's games. Raises GameNotFound."""
    game = sandbox_game_get(game_code=game_code, caller=caller)
    return session_prepare(player=player, game=game, mode=SessionMode.REAL, now=now)


def sandbox_game_get(*, game_code: str, caller: Caller) -> Game:
    """One of the caller's games. Raises GameNotFound."""
    game = Game.objects.filter(provider_id=caller.provider_id, code=game_code).first()
    if game is None:
        raise errors.GameNotFound
    return game


@busy_when_locked()
@transaction.atomic
def sandbox_player_state(
    *, player: Player, status: str, session_expired: bool, credit: Decimal, caller: Caller, now: datetime
) -> Balance:
    """Set the status, end the sessions, add credits: what a certification suite needs to bring about."""
    wallet_lock(player_id=player.pk, currency=player.currency)
    if status:
        player.status = PlayerStatus(status)
        player.save(update_fields=["status"])
    if session_expired:
        GameSession.objects.filter(player_id=player.pk, provider_id=caller.provider_id, ended_at__isnull=True).update(
            ended_at=now, end_reason=SessionEnd.EXPIRED
        )
    mock_credit(player=player, amount=credit, caller=caller, now=now)
    audit_record(
        name=EventName.SANDBOX_PLAYER_SET, actor=caller.actor, now=now, subject=f"players.player:{player.pk}",
        brand_id=player.brand_id, player_id=player.pk,
        after={"status": player.status, "session_expired": session_expired, "mock_credit": credit},
    )  # fmt: skip
    return balance_of_player(player_id=player.pk, currency=player.currency)
