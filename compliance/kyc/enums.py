from django.db.models import IntegerChoices, TextChoices


class Level(IntegerChoices):
    """How far a person is proved; each level holds those before it."""

    NONE = 0, "Nothing"
    IDENTITY = 1, "Identity"
    ADDRESS = 2, "Identity and address"
    FUNDS = 3, "Source of funds"


class Status(TextChoices):
    """Where the verification stands."""

    OPEN = "open", "Not started"
    PENDING = "pending", "With the provider"
    REVIEW = "review", "For a colleague"
    RESUBMIT = "resubmit", "Player to send again"
    VERIFIED = "verified", "Verified"
    REJECTED = "rejected", "Rejected"


class Due(TextChoices):
    """What asks for a level that the player does not have yet (AML-01, AML-04, UK-28)."""

    DEPOSITS = "deposits", "Cumulative deposits"
    LINKED_24H = "linked_24h", "Linked within 24 hours"
    ROLLING_180D = "rolling_180d", "Within 180 days"
    LIFETIME = "lifetime", "Of the relationship"
    RECHECK = "recheck", "To be checked again"
    STAFF = "staff", "A colleague"


class DocumentKind(TextChoices):
    PASSPORT = "passport", "Passport"
    ID_CARD = "id_card", "Identity card"
    DRIVING_LICENCE = "driving_licence", "Driving licence"
    RESIDENCE_PERMIT = "residence_permit", "Residence permit"
    ADDRESS_PROOF = "address_proof", "Proof of address"
    FUNDS_PROOF = "funds_proof", "Source of funds"
    SELFIE = "selfie", "Selfie"


class DocumentState(TextChoices):
    SCANNING = "scanning", "Being scanned"
    WAITING = "waiting", "For review"
    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Rejected"
    EXPIRED = "expired", "Expired"
    INFECTED = "infected", "Infected"


class Scan(TextChoices):
    """What the virus scanner said."""

    NONE = "none", "No scanner is set up"
    WAITING = "waiting", "Not scanned yet"
    CLEAN = "clean", "Clean"
    INFECTED = "infected", "Infected"


class FileType(TextChoices):
    """What a file is by its content; its name does not matter."""

    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"
    PDF = "application/pdf", "PDF"


class RejectReason(TextChoices):
    """Why a document is not accepted, in words that the player reads."""

    UNREADABLE = "unreadable", "It can not be read"
    CUT_OFF = "cut_off", "Parts of it are missing"
    EXPIRED = "expired", "It has expired"
    WRONG_KIND = "wrong_kind", "It is another kind of document"
    OTHER_PERSON = "other_person", "It does not match the account"
    TOO_OLD = "too_old", "It is older than three months"
    ALTERED = "altered", "It seems to be altered"


class EventOutcome(TextChoices):
    """What became of a provider's message."""

    WAITING = "waiting", "Waiting"
    APPLIED = "applied", "Applied"
    STALE = "stale", "Older than what is known"
    UNKNOWN = "unknown", "Not understood"
    FORGED = "forged", "Signature wrong"


IDENTITY_KINDS = frozenset(
    {DocumentKind.PASSPORT, DocumentKind.ID_CARD, DocumentKind.DRIVING_LICENCE, DocumentKind.RESIDENCE_PERMIT}
)
