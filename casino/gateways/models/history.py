"""Every switching of a gateway is kept, whoever does it (compliance.audit.history)."""

from casino.gateways.models.gateway import Gateway
from compliance.audit.history import history_kept

history_kept(Gateway)
