"""The fixed cast and its house, made with the product's own services: Alice plays, Bob is excluded, Carol operates.

Every amount is text or Decimal in the currency named beside it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from casino.games.models import Game, Provider, ProviderKey
from casino.games.selectors.callers import provider_facts_forget
from casino.jackpots.models import Jackpot, JackpotGame
from casino.jackpots.selectors.jackpots import jackpots_forget
from casino.play.enums import SessionMode
from casino.play.services.sessions import session_authenticate, session_launch
from casino.play.types import Caller
from common.field_secrets import secret_close
from common.ids import public_id
from players.models import Brand, Player
from wallet.enums import AccountKind, TransactionKind
from wallet.models import FxRate
from wallet.selectors.rates import rates_forget
from wallet.services.accounts import house_account, house_accounts_forget, player_account_open
from wallet.services.player_money import player_credit
from wallet.services.transactions import Movement, transaction_post

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
CAROL = "staff:carol"
SECRET = "sandbox-secret"


def caches_forget() -> None:
    """Drop what this process remembers of rows that are gone: accounts, rates, jackpots, providers."""
    house_accounts_forget()
    rates_forget()
    jackpots_forget()
    provider_facts_forget()


def brand_make() -> Brand:
    """The shop window under which the cast plays."""
    return Brand.objects.get_or_create(code="lucky", defaults={"name": "Lucky", "jurisdiction": "MT"})[0]


def provider_make(code: str = "sandbox") -> Provider:
    """A provider with the contract's demo key."""
    provider = Provider.objects.create(code=code, name=code.title(), is_sandbox=True)
    ProviderKey.objects.create(
        provider=provider, key_id="k1", secret_encrypted=secret_close(SECRET), slot=1, created_at=NOON
    )
    return provider


def game_make(provider: Provider, code: str = "slot", *, category: str = "slot") -> Game:
    """A game without stake limits."""
    return Game.objects.create(
        provider=provider, code=code, name=code.title(), category=category, theoretical_rtp=Decimal(96)
    )


def jackpot_make(game: Game, *, seed: str = "1000", currency: str = "EUR", code: str = "pool") -> Jackpot:
    """A jackpot that the game feeds, its pool filled to the seed."""
    jackpot = Jackpot.objects.create(
        provider=game.provider, code=code, name=code.title(), currency=currency, seed=Decimal(seed)
    )
    JackpotGame.objects.create(jackpot=jackpot, game=game)
    scope = f"{game.provider.code}:{code}"
    funding = house_account(kind=AccountKind.JACKPOT_FUNDING, scope=scope, currency=currency)
    pool = house_account(kind=AccountKind.JACKPOT_POOL, scope=scope, currency=currency)
    if Decimal(seed) > 0:
        transaction_post(
            kind=TransactionKind.JACKPOT_SEED,
            movements=[Movement(funding.id, pool.id, Decimal(seed))],
            actor=CAROL,
            now=NOON,
            reference=scope,
        )
    jackpots_forget()
    return jackpot


def rate_make(currency: str, units_per_base: str, *, on: date | None = None) -> FxRate:
    """What one euro bought of `currency` on a day, NOON's when none is given."""
    rate = FxRate.objects.create(
        currency=currency, units_per_base=Decimal(units_per_base), valid_on=on or NOON.date(), source="ECB",
        file_sha256="0" * 64, loaded_at=NOON,
    )  # fmt: skip
    rates_forget()
    return rate


def player_make(
    nickname: str = "Alice", *, currency: str = "EUR", balance: str = "100", is_test: bool = False
) -> Player:
    """A player with real money from an opening deposit; "0" deposits nothing."""
    player = Player.objects.create(
        public_id=public_id("pl"), brand=brand_make(), nickname=nickname, currency=currency, country="MT",
        jurisdiction="MT", is_test=is_test, created_at=NOON,
    )  # fmt: skip
    player_account_open(kind=AccountKind.PLAYER_REAL, player_id=player.pk, currency=currency)
    if Decimal(balance) > 0:
        deposit_make(player, balance)
    return player


def deposit_make(player: Player, amount: str) -> None:
    """Payment clearing of the test bank -> the player's real money."""
    clearing = house_account(kind=AccountKind.PAYMENT_CLEARING, scope="bank", currency=player.currency)
    player_credit(
        kind=TransactionKind.DEPOSIT,
        player_id=player.pk,
        currency=player.currency,
        source_id=clearing.id,
        amount=Decimal(amount),
        actor="psp:bank",
        now=NOON,
        reference="deposit",
    )


def session_make(player: Player, game: Game, *, now: datetime = NOON) -> str:
    """Launch and authenticate; returns the session's public id."""
    launch = session_launch(player=player, game=game, mode=SessionMode.REAL, now=now)
    caller = caller_of(game.provider)
    return session_authenticate(token=launch.token, game_code=game.code, caller=caller, now=now).session_id


def caller_of(provider: Provider) -> Caller:
    """The provider after its signature held."""
    return Caller(provider_id=provider.pk, code=provider.code)
