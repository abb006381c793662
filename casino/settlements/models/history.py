"""Every change of a break is kept, whoever makes it."""

from casino.settlements.models.break_row import Break
from compliance.audit.history import history_kept

history_kept(Break)
