from __future__ import annotations

from django.contrib import admin
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from common.backoffice.display import NOTHING, code, instant, money, record_link, tag
from compliance.limits.admin.of_player import OfPlayerScreen
from compliance.limits.enums import DepositState
from compliance.limits.models import DepositReservation

COLOUR = {DepositState.RESERVED: "warning", DepositState.SETTLED: "success"}


@admin.register(DepositReservation)
class DepositReservationAdmin(OfPlayerScreen[DepositReservation]):
    """Deposits that were let in under the caps, and what became of them."""

    list_display = ("number", "player_link", "reference_code", "amount_of", "state_tag", "let_in", "ended")
    list_filter = (("state", ChoicesDropdownFilter),)
    when_empty = "No deposit came through the caps."
    facts = ((None, (("player_link", "state_tag"), ("reference_code", "amount_of"), ("let_in", "ended"), "booked_as")),)

    @admin.display(description="Reference")
    def reference_code(self, row: DepositReservation) -> str:
        return code(row.reference)

    @admin.display(description="Amount")
    def amount_of(self, row: DepositReservation) -> str:
        return money(row.amount, row.currency)

    @admin.display(description="State")
    def state_tag(self, row: DepositReservation) -> str:
        return tag(row.get_state_display(), COLOUR.get(DepositState(row.state), ""))

    @admin.display(description="Let in")
    def let_in(self, row: DepositReservation) -> str:
        return instant(row.reserved_at)

    @admin.display(description="Ended")
    def ended(self, row: DepositReservation) -> str:
        return instant(row.ended_at)

    @admin.display(description="Booked as")
    def booked_as(self, row: DepositReservation) -> str:
        if row.transaction_id is None:
            return NOTHING
        return record_link("wallet.transaction", row.transaction_id, code(row.transaction_id))
