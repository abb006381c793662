from enum import StrEnum

from django.db.models import TextChoices


class ExclusionKind(TextChoices):
    """Who keeps the player away from play."""

    TIME_OUT = "time_out", "Time-out"
    SELF_EXCLUSION = "self_exclusion", "Self-exclusion"
    OPERATOR = "operator", "Operator's exclusion"
    REGISTER = "register", "National register"


class ExclusionScope(TextChoices):
    """How far it reaches."""

    BRAND = "brand", "This brand"
    GROUP = "group", "All brands of the group"


class ComesOff(TextChoices):
    """How it ends. Nothing ends it before its term."""

    AT_END = "at_end", "By itself, at its end"
    ON_REQUEST = "on_request", "When the player asks after its term"
    BY_REGISTER = "by_register", "When the register says so"
    NEVER = "never", "Never"


class IdentityKind(TextChoices):
    """By what an excluded person is known again; each is kept as a keyed digest alone (GDPR-09)."""

    PERSON = "person", "Name, birth date and postcode"
    EMAIL = "email", "E-mail address"
    PHONE = "phone", "Phone"
    DOCUMENT = "document", "Document"
    NAMESAKE = "namesake", "Name and birth date"


class ReturnState(TextChoices):
    """How far a request to return is."""

    WAITING = "waiting", "Waiting"
    RETURNED = "returned", "Returned"
    KEPT = "kept", "Exclusion kept"
    TAKEN_BACK = "taken_back", "Taken back by the player"


class DepositOutcome(StrEnum):
    """What happens with a deposit that succeeds at the payment provider."""

    CREDIT = "credit"
    REFUND = "refund"
