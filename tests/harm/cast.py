"""Alice with a life on the ledger: bets, wins, deposits and withdrawals booked by the wallet at any time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from compliance.harm.models import Assessment, Case
from compliance.harm.services.assessments import players_assess
from compliance.harm.services.watch import behaviour_watch
from players.models import Player
from tests.factories import player_make
from tests.settled import settled
from wallet.enums import AccountKind, TransactionKind
from wallet.models import Account
from wallet.services.accounts import house_account, player_account_open
from wallet.services.transactions import Movement, transaction_post

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def alice_make(nickname: str = "Alice", *, is_test: bool = False) -> Player:
    """A player without any money yet."""
    return player_make(nickname, balance="0", is_test=is_test)


def book(player: Player, kind: TransactionKind, amount: str, at: datetime) -> None:
    """One booking: deposits and wins come, bets and withdrawals go."""
    purse = player_account_open(kind=AccountKind.PLAYER_REAL, player_id=player.pk, currency="EUR")
    if kind in (TransactionKind.HOLD, TransactionKind.HOLD_RELEASE):
        other = player_account_open(kind=AccountKind.PLAYER_HOLD, player_id=player.pk, currency="EUR")
    elif kind in (TransactionKind.DEPOSIT, TransactionKind.WITHDRAWAL):
        other = house_account(kind=AccountKind.PAYMENT_CLEARING, scope="bank", currency="EUR")
    else:
        other = house_account(kind=AccountKind.GAMING, scope="sandbox", currency="EUR")
    comes = kind in (TransactionKind.DEPOSIT, TransactionKind.WIN, TransactionKind.HOLD_RELEASE)
    source, target = (other.id, purse.id) if comes else (purse.id, other.id)
    transaction_post(
        kind=kind, movements=[Movement(source, target, Decimal(amount))], actor="system:test", now=at,
        player_id=player.pk,
    )  # fmt: skip


def deposit(player: Player, amount: str, at: datetime) -> None:
    """Money from the bank."""
    book(player, TransactionKind.DEPOSIT, amount, at)


def bet(player: Player, amount: str, at: datetime) -> None:
    """A stake that is lost."""
    book(player, TransactionKind.BET, amount, at)


def bets(player: Player, amount: str, start: datetime, *, number: int, every: timedelta) -> None:
    """Several, one after the other."""
    for count in range(number):
        bet(player, amount, start + count * every)


def look(now: datetime = NOW) -> None:
    """What the schedule does, at a moment."""
    settled()
    while behaviour_watch(now=now).more:
        pass
    players_assess(now=now)


def latest(player: Player) -> Assessment:
    """The player's last assessment."""
    return Assessment.objects.filter(player=player).latest("pk")


def case_of(player: Player) -> Case:
    """The player's open case."""
    return Case.objects.get(player=player, state="open")


def markers(player: Player) -> dict[str, bool]:
    """Names of the markers found, with whether each is strong."""
    return {found["marker"]: found["strong"] for found in latest(player).findings}


def real_balance(player: Player) -> Decimal:
    """What the player has."""
    balance = Account.objects.get(player=player, kind=AccountKind.PLAYER_REAL).balance
    assert balance is not None
    return balance
