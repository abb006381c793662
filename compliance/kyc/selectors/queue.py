"""How long a verification may wait for a colleague."""

from datetime import timedelta
from typing import Final

# What players are promised: an answer within a day.
REVIEW_SLA: Final = timedelta(hours=24)
