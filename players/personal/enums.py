from django.db.models import TextChoices


class RevealGroup(TextChoices):
    """What is revealed together, each with a right of its own (players.reveal_identity, players.reveal_contact)."""

    IDENTITY = "identity", "Name, birth date and address"
    CONTACT = "contact", "E-mail address and phone"


class RevealPurpose(TextChoices):
    """Why somebody looks; the free text beside it tells the rest."""

    PLAYER_ASKED = "player_asked", "The player contacted us"
    VERIFICATION = "verification", "Verifying identity or documents"
    PAYMENT = "payment", "Checking a deposit or a withdrawal"
    FRAUD = "fraud", "Investigating fraud or money laundering"
    PROTECTION = "protection", "Protecting the player"
    DISPUTE = "dispute", "A complaint or a dispute"
    AUTHORITY = "authority", "An authority asked"
