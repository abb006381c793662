"""The demo's house: brand, sandbox provider, games, jackpot, players of our own, staff. Safe to run again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.db import transaction

from casino.games.models import Game, Provider, ProviderKey
from casino.jackpots.models import Jackpot, JackpotGame
from common.field_secrets import secret_close
from common.ids import public_id
from players.models import Brand, Player
from players.personal.services.demo_people import demo_personal_data
from wallet.enums import AccountKind, TransactionKind
from wallet.services.accounts import house_account, player_account_open
from wallet.services.transactions import Movement, transaction_post

PROVIDER: Final = "sandbox"
KEY_ID: Final = "k1"
SECRET: Final = "sandbox-secret"  # noqa: S105 - published in the contract, usable only while SANDBOX=1
JACKPOT: Final = "sandbox-pool"
SEED: Final = Decimal(1000)

GAMES: Final = (
    # σ of the slot is that of its pay table (casino/simulator/games/slot.py); the others depend on what players choose.
    ("sandbox-slot", "Sandbox Slot", "slot", "96.0000", "6.093308"),
    ("sandbox-roulette", "Sandbox Roulette", "roulette", "97.2973", None),
    ("sandbox-jackpot", "Sandbox Jackpot", "jackpot", "95.0000", None),
)
PEOPLE: Final = (
    ("Alice", "EUR", "MT", "en", "250"),
    ("Björn", "SEK", "SE", "sv", "1800"),
    ("Chloé", "EUR", "FR", "fr", "75.5"),
    ("Dai", "GBP", "GB", "en", "120"),
    ("Emi", "JPY", "JP", "ja", "30000"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoHouse:
    """What the demo set up, for the command to tell."""

    provider: str
    games: int
    players: int


@transaction.atomic
def demo_seed(*, now: datetime) -> DemoHouse:
    """Create what is missing of the demo. Money is credited through the ledger, once."""
    brand, _ = Brand.objects.get_or_create(code="aurora", defaults={"name": "Aurora Casino", "jurisdiction": "MT"})
    provider, made = Provider.objects.get_or_create(
        code=PROVIDER, defaults={"name": "Sandbox Games", "is_sandbox": True, "max_stake": Decimal(5000)}
    )
    if made:
        ProviderKey.objects.create(
            provider=provider, key_id=KEY_ID, secret_encrypted=secret_close(SECRET), slot=1, created_at=now
        )
    games = [
        Game.objects.get_or_create(
            provider=provider,
            code=code,
            defaults={
                "name": name,
                "category": category,
                "version": "1.0",
                "theoretical_rtp": Decimal(rtp),
                "volatility": Decimal(volatility) if volatility else None,
            },
        )[0]
        for code, name, category, rtp, volatility in GAMES
    ]
    _jackpot(provider, games[2], now)
    if not Player.objects.filter(is_test=False).exists():
        for nickname, currency, country, language, balance in PEOPLE:
            _player(brand, nickname, currency, country, language, Decimal(balance), now)
    demo_personal_data(now=now)
    return DemoHouse(provider=PROVIDER, games=len(games), players=Player.objects.filter(is_test=False).count())


def _jackpot(provider: Provider, game: Game, now: datetime) -> None:
    jackpot, made = Jackpot.objects.get_or_create(
        provider=provider, code=JACKPOT, defaults={"name": "Sandbox Pool", "currency": "EUR", "seed": SEED}
    )
    JackpotGame.objects.get_or_create(game=game, defaults={"jackpot": jackpot})
    if made:
        scope = f"{provider.code}:{jackpot.code}"
        funding = house_account(kind=AccountKind.JACKPOT_FUNDING, scope=scope, currency=jackpot.currency)
        pool = house_account(kind=AccountKind.JACKPOT_POOL, scope=scope, currency=jackpot.currency)
        transaction_post(
            kind=TransactionKind.JACKPOT_SEED,
            movements=[Movement(source_id=funding.id, target_id=pool.id, amount=SEED)],
            actor="system:demo",
            now=now,
            reference=scope,
        )


def _player(
    brand: Brand, nickname: str, currency: str, country: str, language: str, balance: Decimal, now: datetime
) -> None:
    player = Player.objects.create(
        public_id=public_id("pl"),
        brand=brand,
        nickname=nickname,
        currency=currency,
        country=country,
        language=language,
        jurisdiction=brand.jurisdiction,
        created_at=now,
    )
    clearing = house_account(kind=AccountKind.PAYMENT_CLEARING, scope="demo", currency=currency)
    purse = player_account_open(kind=AccountKind.PLAYER_REAL, player_id=player.pk, currency=currency)
    transaction_post(
        kind=TransactionKind.DEPOSIT,
        movements=[Movement(source_id=clearing.id, target_id=purse.id, amount=balance)],
        actor="system:demo",
        now=now,
        player_id=player.pk,
        reference="opening deposit of the demo",
    )
