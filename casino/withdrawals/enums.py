"""Words of withdrawals."""

from django.db.models import TextChoices


class WithdrawalState(TextChoices):
    """Where a withdrawal stands (PAY-02, back-office §4.3); what follows what is `states.py`."""

    REQUESTED = "requested", "Requested"
    CHECKED = "checked", "Checked"
    REVIEW = "review", "Waits for review"
    KYC = "kyc", "Waits for documents"
    FROZEN = "frozen", "Frozen"
    IN_PROCESS = "in_process", "In process"
    APPROVED = "approved", "Approved"
    SUBMITTED = "submitted", "Sent to the gateway"
    PAY_PENDING = "pay_pending", "Being paid"
    PAID = "paid", "Paid"
    PART_PAID = "part_paid", "Paid in part"
    FAILED = "failed", "Payment failed"
    REJECTED = "rejected", "Rejected"
    CANCELLED = "cancelled", "Cancelled by the player"
    EXPIRED = "expired", "Expired"
    RETURNED = "returned", "Came back"


class PayoutState(TextChoices):
    """Where one payment of a withdrawal stands. A split withdrawal has several, a tried-again one has earlier ones."""

    PLANNED = "planned", "Planned"
    SENDING = "sending", "Being sent"
    UNKNOWN = "unknown", "Sent, no answer"
    PENDING = "pending", "Taken on by the gateway"
    CONFIRMED = "confirmed", "Paid"
    FAILED = "failed", "Failed"
    DROPPED = "dropped", "Never sent"
    RETURNED = "returned", "Came back"


class Effect(TextChoices):
    """What a red rule means for the withdrawal, the weightiest last."""

    REVIEW = "review", "A person looks"
    KYC = "kyc", "Waits for documents"
    FREEZE = "freeze", "Frozen"
    REFUSE = "refuse", "Not accepted"
