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
