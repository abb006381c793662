"""Every change of an instrument and a chargeback is kept, whoever makes it. Deposits have steps of their own."""

from casino.cashier.models.chargeback import Chargeback
from casino.cashier.models.instrument import Instrument
from compliance.audit.history import history_kept

history_kept(Instrument)
history_kept(Chargeback)
