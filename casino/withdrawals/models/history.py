"""Every change of a payment is kept, whoever makes it. Withdrawals have steps of their own."""

from casino.withdrawals.models.payout import Payout
from compliance.audit.history import history_kept

history_kept(Payout)
