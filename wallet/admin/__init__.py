from wallet.admin.account import AccountAdmin
from wallet.admin.fx_rate import FxRateAdmin
from wallet.admin.hold import HoldAdmin
from wallet.admin.seal import SealAdmin
from wallet.admin.transaction import TransactionAdmin

__all__ = ["AccountAdmin", "FxRateAdmin", "HoldAdmin", "SealAdmin", "TransactionAdmin"]
