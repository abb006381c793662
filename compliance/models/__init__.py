from compliance.models.restriction import Restriction

__all__ = ["Restriction"]

from compliance.models import history as _history  # noqa: F401 - below the models whose changes it keeps
