"""The balances of one player's accounts."""

from __future__ import annotations

from decimal import Decimal

from wallet.models import Account


def player_balances(*, player_id: int, currency: str) -> dict[str, Decimal]:
    """Balance by account kind, in one currency; kinds without an account are absent."""
    rows = Account.objects.filter(player_id=player_id, currency=currency, scope="", balance__isnull=False)
    return {kind: balance for kind, balance in rows.values_list("kind", "balance") if balance is not None}
