"""Stored words of monitoring."""

from django.db.models import TextChoices


class Severity(TextChoices):
    """How fast somebody must look."""

    P1 = "p1", "P1: now, at any hour"
    P2 = "p2", "P2: within the hour"
    P3 = "p3", "P3: on the next working day"


class Area(TextChoices):
    """What part of the house an alert is about: the board is ordered by it."""

    CALLS = "calls", "Providers' calls"
    MONEY = "money", "Money and balances"
    PLAY = "play", "Games and rounds"
    PAYMENTS = "payments", "Payments"
    PEOPLE = "people", "Work that waits for people"
    PROOF = "proof", "Proof of the books"
    PLATFORM = "platform", "Platform"


class Expression(TextChoices):
    """How a measure's value is judged against the threshold."""

    ABOVE = "above", "above the threshold"
    BELOW = "below", "below the threshold"
    GROWTH = "growth", "above the threshold, and more than at the start of the window"
    DRIFT = "drift", "further from zero than the threshold, either way"


class AlertState(TextChoices):
    FIRING = "firing", "Firing"
    ACKNOWLEDGED = "acknowledged", "Somebody is on it"
    RESOLVED = "resolved", "Resolved"


LIVE = (AlertState.FIRING, AlertState.ACKNOWLEDGED)


class FreezeScope(TextChoices):
    """What is frozen, never the whole house; the value names the column that tells which."""

    PLAYER = "player", "A player"
    GAME = "game", "A game"
    PROVIDER = "provider", "A provider"


class IncidentState(TextChoices):
    OPEN = "open", "Frozen"
    LIFTED = "lifted", "Lifted"


class ProofKind(TextChoices):
    FULL = "full", "Everything"
    INCREMENTAL = "incremental", "Since a seal"
