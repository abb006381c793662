from django.db.models import TextChoices


class GameCategory(TextChoices):
    SLOT = "slot", "Slot"
    ROULETTE = "roulette", "Roulette"
    BLACKJACK = "blackjack", "Blackjack"
    BACCARAT = "baccarat", "Baccarat"
    LIVE = "live", "Live table"
    CRASH = "crash", "Crash"
    JACKPOT = "jackpot", "Jackpot game"
    OTHER = "other", "Other"


class ProviderProtocol(TextChoices):
    """The dialect that a provider speaks; each further one is a folder in casino/play/adapters."""

    WALLET_V1 = "wallet_v1", "Wallet API v1"
