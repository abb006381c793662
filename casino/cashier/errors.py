"""What the cashier refuses."""

from __future__ import annotations

from common.errors import Refusal


class DepositGoesBack(Refusal):
    code = "deposit_goes_back"
    message = "The deposit is not credited: it goes back where it came from."
    recorded = False
