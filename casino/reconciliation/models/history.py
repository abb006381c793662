"""Every change of what was agreed with a provider is kept, whoever makes it. A break tells its own steps."""

from casino.reconciliation.models.source import StatementSource
from compliance.audit.history import history_kept

history_kept(StatementSource, exclude=["token"])
