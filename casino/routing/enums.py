"""Words of payment methods and routes."""

from django.db.models import TextChoices


class FeePayer(TextChoices):
    """Who pays what a payment costs."""

    HOUSE = "house", "The house"
    PLAYER = "player", "The player"


class SwitchState(TextChoices):
    """Staff's word over a gateway's circuit breaker."""

    AUTOMATIC = "automatic", "As the breaker finds"
    OFF = "off", "Held open: no call"
    ON = "on", "Held closed: every call"


class Omission(TextChoices):
    """Why a method is not offered or a gateway not tried."""

    METHOD_UNKNOWN = "method_unknown", "No such method"
    NOT_FOR_PURPOSE = "not_for_purpose", "Not for this purpose"
    NO_TERMS = "no_terms", "No terms for this player and currency"
    NOT_OFFERED = "not_offered", "Not offered here"
    BELOW_MINIMUM = "below_minimum", "Below the minimum"
    ABOVE_MAXIMUM = "above_maximum", "Above the maximum"
    NO_ROUTE = "no_route", "No route"
    CURRENCY = "currency", "Not in this currency"
    AMOUNT = "amount", "Not for this amount"
    ELSEWHERE = "elsewhere", "Not for this brand, country or segment"
    SWITCHED_OFF = "switched_off", "Switched off"
    BREAKER_OPEN = "breaker_open", "Does not answer"
    NOT_CONFIGURED = "not_configured", "Not configured"
    OTHER_GATEWAY = "other_gateway", "The stored instrument belongs to another gateway"
    DECLINED_BEFORE = "declined_before", "Declined this player a short while ago"
