"""Words of payment gateways, in ours: every adapter maps its vendor's onto these."""

from django.db.models import TextChoices


class Purpose(TextChoices):
    """Which way money goes."""

    DEPOSIT = "deposit", "Deposit"
    PAYOUT = "payout", "Payout"


class Standing(TextChoices):
    """What a gateway's answer to our own call means for the payment."""

    REDIRECT = "redirect", "The player goes on at the gateway"
    PENDING = "pending", "Taken on, the outcome comes later"
    AUTHORISED = "authorised", "Authorised, not captured yet"
    DONE = "done", "Done: money is confirmed"
    DECLINED = "declined", "Declined"
    UNKNOWN = "unknown", "No answer, or one that nobody understands"


class NewsKind(TextChoices):
    """What a gateway says happened; one word per fact, whatever the vendor calls it."""

    DEPOSIT_PENDING = "deposit_pending", "Deposit pending"
    DEPOSIT_AUTHORISED = "deposit_authorised", "Deposit authorised"
    DEPOSIT_CONFIRMED = "deposit_confirmed", "Deposit confirmed"
    DEPOSIT_DECLINED = "deposit_declined", "Deposit declined"
    DEPOSIT_EXPIRED = "deposit_expired", "Deposit expired"
    DEPOSIT_CANCELLED = "deposit_cancelled", "Deposit cancelled"
    DEPOSIT_REVERSED = "deposit_reversed", "Deposit reversed after it was confirmed"
    REFUND_DONE = "refund_done", "Refund paid"
    REFUND_FAILED = "refund_failed", "Refund failed"
    DISPUTE_OPENED = "dispute_opened", "Dispute announced, no money moved"
    CHARGEBACK = "chargeback", "Chargeback"
    CHARGEBACK_REVERSED = "chargeback_reversed", "Chargeback reversed"
    PAYOUT_PENDING = "payout_pending", "Payout pending"
    PAYOUT_CONFIRMED = "payout_confirmed", "Payout confirmed"
    PAYOUT_DECLINED = "payout_declined", "Payout declined"
    PAYOUT_EXPIRED = "payout_expired", "Payout expired"
    PAYOUT_RETURNED = "payout_returned", "Payout came back"
    INSTRUMENT_STORED = "instrument_stored", "Instrument stored"
    REPORT_READY = "report_ready", "Settlement report ready"
    NOTED = "noted", "Known, and changes nothing"
    UNKNOWN = "unknown", "Unknown to us"


class Verdict(TextChoices):
    """Whether a message is the gateway's own."""

    VALID = "valid", "Signature holds"
    INVALID = "invalid", "Signature does not hold"
    ABSENT = "absent", "No signature"


class InstrumentKind(TextChoices):
    """What money comes from or goes to."""

    CARD = "card", "Card"
    BANK_ACCOUNT = "bank_account", "Bank account"
    E_WALLET = "e_wallet", "E-wallet"
    VOUCHER = "voucher", "Voucher"


class Outcome(TextChoices):
    """What became of a gateway's message."""

    WAITING = "waiting", "Waiting"
    APPLIED = "applied", "Applied"
    UNKNOWN = "unknown", "Nothing of ours is meant"
    QUARANTINED = "quarantined", "Contradicts our records"
    PUZZLING = "puzzling", "Not understood"
    FAILED = "failed", "Given up"
    INVALID = "invalid", "Not the gateway's own"


class CallKind(TextChoices):
    """What we ask of a gateway."""

    DEPOSIT_BEGIN = "deposit_begin", "Begin a deposit"
    PAYOUT_SEND = "payout_send", "Send a payout"
    REFUND_SEND = "refund_send", "Send a deposit back"
    ASK = "ask", "Ask what became of it"


# Signed messages that people look at, and may have worked off again.
FLAGGED = (Outcome.QUARANTINED, Outcome.UNKNOWN, Outcome.PUZZLING, Outcome.FAILED)
