from django.db.models import TextChoices


class SessionEnd(TextChoices):
    """Why a player's sign-in ended."""

    SIGNED_OUT = "signed_out", "Signed out"
    REVOKED = "revoked", "Ended by the player from another device"
    STAFF = "staff", "Ended by staff"
    PASSWORD = "password", "The password was changed or reset"
    EXCLUDED = "excluded", "The player is excluded or on a break"
    BLOCKED = "blocked", "The account was blocked or closed"
    TOO_OLD = "too_old", "A full sign-in was due"
    ERASED = "erased", "Personal data was erased"


class TokenPurpose(TextChoices):
    """What a link that was sent by e-mail does."""

    VERIFY_EMAIL = "verify_email", "Confirm the e-mail address"
    RESET_PASSWORD = "reset_password", "Choose a new password"


class Product(TextChoices):
    """What marketing is about: each is consented to by itself (UK-22)."""

    CASINO = "casino", "Casino"
    BETTING = "betting", "Betting"
    BINGO = "bingo", "Bingo"


class Channel(TextChoices):
    """How marketing reaches a player: each is consented to by itself (UK-22)."""

    EMAIL = "email", "E-mail"
    SMS = "sms", "SMS"
    PHONE = "phone", "Phone"
    PUSH = "push", "Push notification"
    POST = "post", "Letter"


class TermsKind(TextChoices):
    """Texts that a player accepts, each in versions."""

    TERMS = "terms", "Terms and conditions"
    PRIVACY = "privacy", "Privacy policy"


class ErasureState(TextChoices):
    """How far the erasure of a player has come (GDPR-02)."""

    RESTRICTED = "restricted", "Restricted: marketing erased, the rest is kept for the law alone"
    PSEUDONYMISED = "pseudonymised", "Pseudonymised: the person's key is destroyed"
    PURGED = "purged", "Purged: what was unreadable is gone too"


class RegistrationOutcome(TextChoices):
    """What became of an attempt to register."""

    OPENED = "opened", "Account opened"
    UNDERAGE = "underage", "Too young"
    DUPLICATE = "duplicate", "The person has an account"
    EXCLUDED = "excluded", "The person is excluded"
    REGISTER_SILENT = "register_silent", "The national register did not answer"


class LetterKind(TextChoices):
    """E-mails that an account gets."""

    VERIFY_EMAIL = "verify_email", "Confirm your e-mail address"
    RESET_PASSWORD = "reset_password", "Choose a new password"
    PASSWORD_CHANGED = "password_changed", "Your password was changed"
    PERSONAL_CHANGED = "personal_changed", "Your details were changed"
    FACTOR_CHANGED = "factor_changed", "Your second factor was changed"
    NEW_DEVICE = "new_device", "A new device signed in"
    ACCOUNT_CLOSED = "account_closed", "Your account is closed"
    ERASURE_STARTED = "erasure_started", "Your data will be erased"
    DOCUMENT_EXPIRES = "document_expires", "A document expires soon"
    DOCUMENT_REJECTED = "document_rejected", "Please send a document again"
    LIMITS_REVIEW = "limits_review", "Look at your limits"
