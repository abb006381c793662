from compliance.kyc.models.decision import Decision
from compliance.kyc.models.document import Document
from compliance.kyc.models.money_flow import MoneyFlow
from compliance.kyc.models.provider_event import ProviderEvent
from compliance.kyc.models.state import KycState

__all__ = ["Decision", "Document", "KycState", "MoneyFlow", "ProviderEvent"]

from compliance.kyc.models import history as _history  # noqa: F401 - below the models whose changes it keeps
