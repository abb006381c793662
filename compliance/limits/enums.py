from django.db.models import TextChoices


class LimitKind(TextChoices):
    """What a limit bounds. Money is in the player's currency; session time is in minutes."""

    DEPOSIT = "deposit", "Deposits"
    NET_DEPOSIT = "net_deposit", "Deposits less withdrawals"
    LOSS = "loss", "Losses"
    WAGER = "wager", "Stakes"
    STAKE = "stake", "A single stake"
    SESSION_TIME = "session_time", "Time signed in"


# What the cashier asks, and what a bet asks.
OF_DEPOSITS = (LimitKind.DEPOSIT, LimitKind.NET_DEPOSIT)
OF_BETS = (LimitKind.LOSS, LimitKind.WAGER, LimitKind.STAKE, LimitKind.SESSION_TIME)


class LimitPeriod(TextChoices):
    """Calendar periods of the player's time zone; weeks begin on Monday. A single stake has none."""

    NONE = "", "Each"
    DAY = "day", "Day"
    WEEK = "week", "Week"
    MONTH = "month", "Month"


class LimitOwner(TextChoices):
    """Whose limit it is: both are enforced, the strictest decides, and neither may be loosened by the other (G-17)."""

    PLAYER = "player", "Player"
    OPERATOR = "operator", "Operator"


class ChangeState(TextChoices):
    WAITING = "waiting", "Waiting"
    APPLIED = "applied", "In force"
    CANCELLED = "cancelled", "Cancelled"
    EXPIRED = "expired", "Not confirmed in time"


class DepositState(TextChoices):
    RESERVED = "reserved", "Authorised or under way"
    RELEASED = "released", "Failed"
    SETTLED = "settled", "Booked"


class CaseKind(TextChoices):
    """What somebody of the house must do because of how much a player deposits or allows himself."""

    VULNERABILITY = "vulnerability", "Vulnerability check"
    AFFORDABILITY = "affordability", "Affordability check"
    CONTACT = "contact", "Contact about a high limit"


class CaseState(TextChoices):
    OPEN = "open", "Open"
    CLEARED = "cleared", "Nothing against it"
    CONCERN = "concern", "Concern"
