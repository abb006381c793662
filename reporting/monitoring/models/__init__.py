from reporting.monitoring.models.alert import Alert
from reporting.monitoring.models.calls import CallMinute, CallTotal
from reporting.monitoring.models.incident import Incident
from reporting.monitoring.models.proof import HouseProof, SoftwareCheck
from reporting.monitoring.models.rule import AlertRule
from reporting.monitoring.models.sample import Evaluation, Sample

__all__ = [
    "Alert", "AlertRule", "CallMinute", "CallTotal", "Evaluation", "HouseProof", "Incident", "Sample", "SoftwareCheck",
]  # fmt: skip

from reporting.monitoring.models import history as _history  # noqa: F401 - below the models whose changes it keeps
