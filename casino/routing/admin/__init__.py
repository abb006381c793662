from casino.routing.admin.gateway_switch import GatewaySwitchAdmin
from casino.routing.admin.method_terms import MethodTermsAdmin
from casino.routing.admin.payment_method import PaymentMethodAdmin
from casino.routing.admin.route import RouteAdmin

__all__ = ["GatewaySwitchAdmin", "MethodTermsAdmin", "PaymentMethodAdmin", "RouteAdmin"]
