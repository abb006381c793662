from casino.routing.models.gateway_switch import GatewaySwitch
from casino.routing.models.method_terms import MethodTerms
from casino.routing.models.payment_method import PaymentMethod
from casino.routing.models.route import Route

__all__ = ["GatewaySwitch", "MethodTerms", "PaymentMethod", "Route"]

from casino.routing.models import history as _history  # noqa: F401 - below the models whose changes it keeps
