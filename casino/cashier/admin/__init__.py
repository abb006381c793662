from casino.cashier.admin.chargeback import ChargebackAdmin
from casino.cashier.admin.conversion_margin import ConversionMarginAdmin
from casino.cashier.admin.deposit import DepositAdmin
from casino.cashier.admin.instrument import InstrumentAdmin
from casino.cashier.admin.refund import RefundAdmin

__all__ = ["ChargebackAdmin", "ConversionMarginAdmin", "DepositAdmin", "InstrumentAdmin", "RefundAdmin"]
