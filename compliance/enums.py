from django.db.models import TextChoices


class RestrictionKind(TextChoices):
    """Why a player may not bet; the value is the code that providers receive (wallet-api-v1 §5)."""

    SELF_EXCLUDED = "self_excluded", "Self-excluded"
    TIME_OUT_ACTIVE = "time_out_active", "Time-out"
    KYC_REQUIRED = "kyc_required", "Identity check required"
    LIMIT_REACHED = "limit_reached", "Limit reached"
    REALITY_CHECK_DUE = "reality_check_due", "Reality check due"
    GEO_BLOCKED = "geo_blocked", "Location not allowed"
