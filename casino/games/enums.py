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


# What the law's stake caps and speed of play mean by a slot; a jackpot game is one with a pool.
SLOTS = (GameCategory.SLOT, GameCategory.JACKPOT)


class ProviderProtocol(TextChoices):
    """The dialect that a provider speaks; each further one is a folder in casino/play/adapters, or in
    casino/transfers/adapters where the money moves to the provider for the time of play (TRANSFERS)."""

    WALLET_V1 = "wallet_v1", "Wallet API v1"
    TRANSFER_V1 = "transfer_v1", "Transfer wallet v1"


# Providers without seamless calls: they are called, and call nobody (docs/transfer-wallet.md).
TRANSFERS = (ProviderProtocol.TRANSFER_V1,)


class StopScope(TextChoices):
    """What a stop stops; the value names the column that tells which."""

    ALL = "all", "All gaming"
    PROVIDER = "provider", "A provider"
    GAME = "game", "A game"
    PLAYER = "player", "A player"


class StopReason(TextChoices):
    """Why play is stopped (backoffice.md §4.11)."""

    INCIDENT = "incident", "Technical incident"
    RTP_ALERT = "rtp_alert", "Game pays out wrongly"
    SECURITY = "security", "Fraud or security"
    PROTECTION = "protection", "Protection of a player"
    MAINTENANCE = "maintenance", "Maintenance"
    COMMERCIAL = "commercial", "Commercial"
    LEGAL = "legal", "Legal"
    REGULATOR = "regulator", "Regulator's order"


# A stop for these reasons has no planned end: a person resumes play, no timer.
ENDED_BY_PEOPLE_ONLY = (StopReason.LEGAL, StopReason.REGULATOR)
