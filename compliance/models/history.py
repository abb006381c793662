"""Every change of a restriction is kept, also of one that was placed or lifted past its services."""

from compliance.audit.history import history_kept
from compliance.models.restriction import Restriction

history_kept(Restriction)
