"""Every change of an exclusion and of a request to return is kept, also one made past the services."""

from compliance.audit.history import history_kept
from compliance.exclusions.models.exclusion import Exclusion
from compliance.exclusions.models.return_request import ReturnRequest

history_kept(Exclusion)
history_kept(ReturnRequest)
