from django.db.models import TextChoices


class FactName(TextChoices):
    """What happened, one word per fact; a name keeps its meaning and its payload for ever (docs/gateways.md)."""

    PLAYER_REGISTERED = "player:registered", "Player registered"
    DEPOSIT_CREDITED = "deposit:credited", "Deposit credited"
    DEPOSIT_FIRST = "deposit:first", "First deposit"
    DEPOSIT_REFUNDED = "deposit:refunded", "Deposit refunded"
    DEPOSIT_CHARGED_BACK = "deposit:charged_back", "Deposit charged back"
    WITHDRAWAL_REQUESTED = "withdrawal:requested", "Withdrawal requested"
    WITHDRAWAL_PAID = "withdrawal:paid", "Withdrawal paid"
    WITHDRAWAL_RETURNED = "withdrawal:returned", "Withdrawal came back"
