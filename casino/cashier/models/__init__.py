from casino.cashier.models.chargeback import Chargeback
from casino.cashier.models.conversion_margin import ConversionMargin
from casino.cashier.models.deposit import Deposit
from casino.cashier.models.deposit_step import DepositStep
from casino.cashier.models.deposit_try import DepositTry
from casino.cashier.models.instrument import Instrument
from casino.cashier.models.refund import Refund

__all__ = ["Chargeback", "ConversionMargin", "Deposit", "DepositStep", "DepositTry", "Instrument", "Refund"]

from casino.cashier.models import history as _history  # noqa: F401 - below the models whose changes it keeps
