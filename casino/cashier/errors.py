"""What the cashier refuses."""

from __future__ import annotations

from common.errors import Refusal


class CashierRefusal(Refusal):
    recorded = False


class AmountRefused(CashierRefusal):
    code = "amount_refused"
    message = "This is no amount that can be paid."


class MethodNotOpen(CashierRefusal):
    code = "method_not_open"
    message = "This payment method can not be used for this."


class ClientKeyTaken(CashierRefusal):
    code = "idempotency_key_taken"
    message = "This key stands for another payment."


class ConversionNotOffered(CashierRefusal):
    code = "conversion_not_offered"
    message = "Payments in this currency are not converted to yours."


class FiguresChanged(CashierRefusal):
    code = "figures_changed"
    message = "What would be credited has changed since it was shown: look at it again."


class DepositNotFound(CashierRefusal):
    code = "not_found"
    message = "There is no such deposit."


class DepositNotOpen(CashierRefusal):
    code = "deposit_not_open"
    message = "This deposit is not under way any more."


class DepositNotRefundable(CashierRefusal):
    code = "deposit_not_refundable"
    message = "This deposit can not be refunded."


class InstrumentNotFound(CashierRefusal):
    code = "instrument_not_found"
    message = "There is no such means of payment."


class InstrumentBlocked(CashierRefusal):
    code = "instrument_blocked"
    message = "This means of payment can not be used."


class MarginRefused(CashierRefusal):
    code = "margin_refused"
    message = "This margin can not be set."


class EvidenceNotWanted(CashierRefusal):
    code = "evidence_not_wanted"
    message = "This chargeback is over: no evidence is taken any more."


class NewsTooEarly(Exception):  # noqa: N818 - tried again, not a program error
    """News about something whose own news has not come yet: it is tried again."""
