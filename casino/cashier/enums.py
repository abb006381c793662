"""Words of the cashier."""

from django.db.models import TextChoices


class DepositState(TextChoices):
    """Where a deposit stands (PAY-01); which may follow which: casino/cashier/states.py.

    Captured and credited are one step: a gateway confirms what it captured.
    """

    CREATED = "created", "Let in"
    PENDING = "pending", "Under way at the gateway"
    AUTHORISED = "authorised", "Authorised"
    CREDITED = "credited", "Credited"
    DECLINED = "declined", "Declined"
    EXPIRED = "expired", "Expired"
    CANCELLED = "cancelled", "Cancelled"
    FAILED = "failed", "Refused by us"
    TO_REFUND = "to_refund", "Received, goes back"
    REFUNDING = "refunding", "Refund under way"
    REFUNDED = "refunded", "Refunded"
    REVERSED = "reversed", "Reversed by the gateway"
    CHARGED_BACK = "charged_back", "Charged back"
    CHARGEBACK_REVERSED = "chargeback_reversed", "Chargeback reversed"
    CHARGED_BACK_AGAIN = "charged_back_again", "Charged back again"


class RefundState(TextChoices):
    """Where a refund stands."""

    WAITING = "waiting", "To be sent"
    SENT = "sent", "Sent"
    DONE = "done", "Paid"
    FAILED = "failed", "Failed"


class RefundOrigin(TextChoices):
    """Where the money of a refund lies."""

    SUSPENSE = "suspense", "Never credited"
    CREDITED = "credited", "Credited before"


class ChargebackState(TextChoices):
    """Where a dispute stands."""

    ANNOUNCED = "announced", "Announced, no money moved"
    BOOKED = "booked", "Money taken"
    REVERSED = "reversed", "Money came back"


class Ownership(TextChoices):
    """Whether an instrument is the player's own, by the names that the gateway and we know."""

    UNKNOWN = "unknown", "The gateway tells no name"
    MATCHES = "matches", "Same name"
    SIMILAR = "similar", "Part of the name"
    DIFFERS = "differs", "Another name"
    VERIFIED = "verified", "Verified by staff"
