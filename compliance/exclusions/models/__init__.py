from compliance.exclusions.models.excluded_identity import ExcludedIdentity
from compliance.exclusions.models.exclusion import Exclusion
from compliance.exclusions.models.return_request import ReturnRequest

__all__ = ["ExcludedIdentity", "Exclusion", "ReturnRequest"]

from compliance.exclusions.models import history as _history  # noqa: F401 - below the models whose changes it keeps
