from django.db.models import TextChoices


class NoteKind(TextChoices):
    """What a note is about, so that the next person finds it."""

    GENERAL = "general", "General"
    CONTACT = "contact", "Contact with the player"
    COMPLAINT = "complaint", "Complaint"
    MONEY = "money", "Money"
    RISK = "risk", "Risk"
    RESPONSIBLE_GAMING = "rg", "Responsible gaming"


class TagColour(TextChoices):
    """The colours that labels have in light and in dark."""

    GREY = "grey", "Grey"
    BLUE = "info", "Blue"
    GREEN = "success", "Green"
    ORANGE = "warning", "Orange"
    RED = "danger", "Red"
