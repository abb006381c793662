"""Every change of a payment method is kept (compliance.audit.history); terms and routes are dated rows instead."""

from casino.routing.models.payment_method import PaymentMethod
from compliance.audit.history import history_kept

history_kept(PaymentMethod)
