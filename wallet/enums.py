from django.db.models import TextChoices


class AccountKind(TextChoices):
    """The chart of accounts (docs/ledger.md). A house account is told apart by its scope: provider, pool, reason."""

    PLAYER_REAL = "player_real", "Player: real money"
    PLAYER_BONUS = "player_bonus", "Player: bonus"
    PLAYER_HOLD = "player_hold", "Player: held"
    PLAYER_RECEIVABLE = "player_receivable", "Player: receivable"
    GAMING = "gaming", "House: gaming of a provider"
    BONUS_COST = "bonus_cost", "House: bonus cost"
    JACKPOT_POOL = "jackpot_pool", "House: jackpot pool"
    JACKPOT_FUNDING = "jackpot_funding", "House: jackpot funding"
    PAYMENT_CLEARING = "payment_clearing", "House: payment clearing"
    PAYMENT_SUSPENSE = "payment_suspense", "House: payments not credited"
    PAYMENT_FEE = "payment_fee", "House: payment fees charged"
    PAYMENT_COST = "payment_cost", "House: payment costs"
    BANK = "bank", "House: bank"
    ADJUSTMENT = "adjustment", "House: adjustment"
    FX = "fx", "House: currency conversion"
    FX_MARGIN = "fx_margin", "House: conversion margin"


class TransactionKind(TextChoices):
    """What happened, one word per business event."""

    BET = "bet", "Bet"
    WIN = "win", "Win"
    ROLLBACK = "rollback", "Rollback"
    JACKPOT_WIN = "jackpot_win", "Jackpot win"
    DEPOSIT = "deposit", "Deposit"
    CHARGEBACK = "chargeback", "Chargeback"
    CHARGEBACK_REVERSAL = "chargeback_reversal", "Chargeback reversed"
    SUSPENSE = "suspense", "Payment not credited"
    REFUND = "refund", "Refund of a deposit"
    REFUND_RETURN = "refund_return", "Refund came back"
    SETTLEMENT = "settlement", "Settlement by a gateway"
    HOLD = "hold", "Hold"
    HOLD_RELEASE = "hold_release", "Hold released"
    WITHDRAWAL = "withdrawal", "Withdrawal"
    WITHDRAWAL_RETURN = "withdrawal_return", "Withdrawal came back"
    TRANSFER_OUT = "transfer_out", "Moved to a provider's wallet"
    TRANSFER_IN = "transfer_in", "Moved back from a provider's wallet"
    ADJUSTMENT = "adjustment", "Adjustment"
    BONUS_GRANT = "bonus_grant", "Bonus granted"
    BONUS_CONVERSION = "bonus_conversion", "Bonus converted"
    BONUS_FORFEIT = "bonus_forfeit", "Bonus forfeited"
    CONVERSION = "conversion", "Currency conversion"
    JACKPOT_SEED = "jackpot_seed", "Jackpot seeded"


class HoldState(TextChoices):
    OPEN = "open", "Open"
    RELEASED = "released", "Released to the player"
    SETTLED = "settled", "Paid out"


class AnswerOutcome(TextChoices):
    BOOKED = "booked", "Booked"
    REFUSED = "refused", "Refused"
    TOMBSTONE = "tombstone", "Rolled back before it arrived"
