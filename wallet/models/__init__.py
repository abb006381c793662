from wallet.models.account import Account
from wallet.models.entry import Entry
from wallet.models.fx_rate import FxRate
from wallet.models.hold import Hold
from wallet.models.recorded_answer import RecordedAnswer
from wallet.models.seal import HouseBalance, Seal
from wallet.models.transaction import Transaction

__all__ = ["Account", "Entry", "FxRate", "Hold", "HouseBalance", "RecordedAnswer", "Seal", "Transaction"]
