"""Every change of an alert and of an incident is kept, whoever makes it."""

from compliance.audit.history import history_kept
from reporting.monitoring.models.alert import Alert
from reporting.monitoring.models.incident import Incident

history_kept(Alert, exclude=["value", "worst", "seen_at"])
history_kept(Incident)
