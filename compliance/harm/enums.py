from django.db.models import TextChoices


class MarkerGroup(TextChoices):
    """The seven groups that are watched from the opening of an account (UK-15)."""

    SPEND = "spend", "Spend"
    PATTERNS = "patterns", "Patterns of spend"
    TIME = "time", "Time"
    BEHAVIOUR = "behaviour", "Behaviour"
    CONTACT = "contact", "Contact led by the customer"
    TOOLS = "tools", "Use of management tools"
    ACCOUNT = "account", "Account indicators"


class Tier(TextChoices):
    """How likely harm is, from none to severe; the order is that of the queue."""

    NONE = "none", "None"
    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"
    SEVERE = "severe", "Severe"

    @property
    def rank(self) -> int:
        """0 for none, 4 for severe."""
        return list(Tier).index(self)


class CaseState(TextChoices):
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class ReviewOutcome(TextChoices):
    """What a person found about a step that was taken automatically (GDPR-06)."""

    UPHELD = "upheld", "Right: it stands"
    TO_BE_LIFTED = "to_be_lifted", "Wrong: to be lifted"


class Channel(TextChoices):
    """How somebody spoke with the player."""

    EMAIL = "email", "E-mail"
    PHONE = "phone", "Phone"
    CHAT = "chat", "Chat"
    LETTER = "letter", "Letter"
    IN_PLAY = "in_play", "Message in play"
    NONE = "none", "No contact: a step without it"
