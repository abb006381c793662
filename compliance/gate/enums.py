from django.db.models import TextChoices


class Touchpoint(TextChoices):
    """Where a player meets the house; each asks the gate."""

    BET = "bet", "Bet"
    DEPOSIT = "deposit", "Deposit"
    LAUNCH = "launch", "Game launch"
    BONUS = "bonus", "Bonus"
    MARKETING = "marketing", "Marketing"
    WITHDRAWAL = "withdrawal", "Withdrawal"
    SIGN_IN = "sign_in", "Sign-in"
    REGISTER = "register", "Registration"


class FlagKind(TextChoices):
    """What staff or a rule set against a player: one touchpoint blocked by itself, or a risk that closes several."""

    DEPOSIT_BLOCKED = "deposit_blocked", "Deposits blocked"
    BET_BLOCKED = "bet_blocked", "Bets blocked"
    WITHDRAWAL_BLOCKED = "withdrawal_blocked", "Withdrawals blocked"
    RISK_HARM = "risk_harm", "Risk: harm from gambling"
    RISK_BONUS_ABUSE = "risk_bonus_abuse", "Risk: bonus abuse"
    RISK_CHARGEBACK = "risk_chargeback", "Risk: chargebacks"
    RISK_FRAUD = "risk_fraud", "Risk: fraud"
    RISK_LINKED = "risk_linked", "Risk: linked accounts"


# Which touchpoints each closes. Harm stops what invites to more play, never the way out (UK-16).
CLOSED_BY: dict[FlagKind, frozenset[Touchpoint]] = {
    FlagKind.DEPOSIT_BLOCKED: frozenset({Touchpoint.DEPOSIT}),
    FlagKind.BET_BLOCKED: frozenset({Touchpoint.BET, Touchpoint.LAUNCH}),
    FlagKind.WITHDRAWAL_BLOCKED: frozenset({Touchpoint.WITHDRAWAL}),
    FlagKind.RISK_HARM: frozenset({Touchpoint.BONUS, Touchpoint.MARKETING}),
    FlagKind.RISK_BONUS_ABUSE: frozenset({Touchpoint.BONUS}),
    FlagKind.RISK_CHARGEBACK: frozenset({Touchpoint.DEPOSIT, Touchpoint.BONUS}),
    FlagKind.RISK_FRAUD: frozenset(
        {Touchpoint.DEPOSIT, Touchpoint.BET, Touchpoint.LAUNCH, Touchpoint.BONUS, Touchpoint.WITHDRAWAL}
    ),
    FlagKind.RISK_LINKED: frozenset({Touchpoint.BONUS, Touchpoint.WITHDRAWAL}),
}
