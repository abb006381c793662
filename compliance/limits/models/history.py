"""Every change of a limit, of a request to loosen one, and of a check is kept, whoever makes it."""

from compliance.audit.history import history_kept
from compliance.limits.models.care_case import CareCase
from compliance.limits.models.limit import Limit
from compliance.limits.models.limit_change import LimitChange

history_kept(Limit)
history_kept(LimitChange, part_of=(Limit, "limit_id"))
history_kept(CareCase)
