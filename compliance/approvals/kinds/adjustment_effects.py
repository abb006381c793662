"""What an adjustment is computed on, and what it would change: balances, liability, and the figures it enters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from common.money import ZERO, base_amount
from compliance.approvals.kinds.adjustment_reasons import CREDIT, REASONS
from compliance.approvals.kinds.worth import rate_now, worded, worded_base
from compliance.approvals.types import Consequence, Payload
from compliance.enums import RestrictionKind
from compliance.selectors.restriction_in_force import restriction_in_force
from players.enums import PlayerStatus
from players.models import Player
from wallet.enums import AccountKind
from wallet.selectors.house_balances import house_balance
from wallet.selectors.player_balances import player_balances
from wallet.services.accounts import house_account_find

ASIDE = (AccountKind.PLAYER_BONUS, AccountKind.PLAYER_HOLD)


def adjustment_state(payload: Payload, now: datetime) -> dict[str, str]:
    """The player's state and balances in the currency, and the rate, each as it stands."""
    key, currency = payload["player"], str(payload["currency"])
    assert isinstance(key, int)
    balances = player_balances(player_id=key, currency=currency)
    kind = restriction_in_force(player_id=key, now=now)
    return {
        "Account of the player": PlayerStatus(Player.objects.get(pk=key).status).label,
        "Restriction": RestrictionKind(kind).label if kind else "none",
        "Real money": worded(balances.get(AccountKind.PLAYER_REAL, ZERO), currency),
        "Owed by the player": worded(-balances.get(AccountKind.PLAYER_RECEIVABLE, ZERO), currency),
        "Bonus and held money": worded(_aside(balances), currency),
        "Exchange rate": f"{rate_now(currency, now).units_per_base.normalize():f}",
    }


def adjustment_consequences(payload: Payload, now: datetime) -> list[Consequence]:
    """How the player, the house and its figures would stand afterwards."""
    key, currency = payload["player"], str(payload["currency"])
    assert isinstance(key, int)
    amount, credit = Decimal(str(payload["amount"])), payload["direction"] == CREDIT
    balances = player_balances(player_id=key, currency=currency)
    real, owed = balances.get(AccountKind.PLAYER_REAL, ZERO), -balances.get(AccountKind.PLAYER_RECEIVABLE, ZERO)
    real_after, owed_after = _after(real, owed, amount, credit=credit)
    reason = REASONS[str(payload["reason_code"])]
    house = _house(reason.code, currency)
    units = rate_now(currency, now).units_per_base
    liability = real + _aside(balances)
    moved = -amount if credit else amount
    return [
        Consequence("Real money", worded(real, currency), worded(real_after, currency)),
        Consequence("Owed by the player", worded(owed, currency), worded(owed_after, currency), owed_after > owed),
        Consequence(
            "Liability to the player",
            worded_base(base_amount(liability, units)),
            worded_base(base_amount(liability + real_after - real, units)),
        ),
        Consequence(f"House: adjustment of {reason.code}", worded(house, currency), worded(house + moved, currency)),
        _restriction(key, now),
        _figure("Net gaming revenue", base_amount(moved, units), counts=reason.in_ngr),
        _figure("Affiliate's base", base_amount(moved, units), counts=reason.in_affiliate),
        Consequence("Tax", "–", "reported as a taxed prize" if reason.taxed else "not taxed", reason.taxed),
    ]


def _aside(balances: Mapping[str, Decimal]) -> Decimal:
    """What the house owes the player besides real money."""
    return sum((balances.get(kind, ZERO) for kind in ASIDE), ZERO)


def _after(real: Decimal, owed: Decimal, amount: Decimal, *, credit: bool) -> tuple[Decimal, Decimal]:
    """Real money and debt afterwards: a credit repays what is owed first, a debit beyond the balance becomes owed."""
    if credit:
        repaid = min(amount, owed)
        return real + amount - repaid, owed - repaid
    covered = min(real, amount)
    return real - covered, owed + amount - covered


def _house(reason: str, currency: str) -> Decimal:
    account = house_account_find(kind=AccountKind.ADJUSTMENT, scope=reason, currency=currency)
    return ZERO if account is None else house_balance(account.id)


def _restriction(player_id: int, now: datetime) -> Consequence:
    """Money for somebody who may not play wants a second look."""
    kind = restriction_in_force(player_id=player_id, now=now)
    told = RestrictionKind(kind).label if kind else "none"
    return Consequence("Restriction in force", told, told, kind is not None)


def _figure(name: str, moved: Decimal, *, counts: bool) -> Consequence:
    return Consequence(name, "–", f"{worded_base(moved)}" if counts else "does not count")
