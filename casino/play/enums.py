from django.db.models import TextChoices


class SessionMode(TextChoices):
    REAL = "real", "Real money"
    DEMO = "demo", "For fun"


class SessionEnd(TextChoices):
    """Why a game session ended."""

    EXPIRED = "expired", "Idle for too long"
    REPLACED = "replaced", "Launched anew"
    CLOSED = "closed", "Closed by the player"
    REVOKED = "revoked", "Ended by the operator"


class RoundState(TextChoices):
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class LegKind(TextChoices):
    BET = "bet", "Bet"
    WIN = "win", "Win"
    ROLLBACK = "rollback", "Rollback"
    JACKPOT = "jackpot", "Jackpot win"


class WinKind(TextChoices):
    GAME = "game", "Game win"
    FREE_ROUND = "free_round", "Free-round win"
    PROMO = "promo", "Promotional credit"
