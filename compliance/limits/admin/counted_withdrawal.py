from __future__ import annotations

from django.contrib import admin

from common.backoffice.display import code, instant, money
from compliance.limits.admin.of_player import OfPlayerScreen
from compliance.limits.models import CountedWithdrawal


@admin.register(CountedWithdrawal)
class CountedWithdrawalAdmin(OfPlayerScreen[CountedWithdrawal]):
    """Withdrawals as net deposits count them."""

    list_display = ("number", "player_link", "reference_code", "amount_of", "paid")
    when_empty = "No withdrawal was paid."
    facts = ((None, (("player_link", "paid"), ("reference_code", "amount_of"))),)

    @admin.display(description="Reference")
    def reference_code(self, row: CountedWithdrawal) -> str:
        return code(row.reference)

    @admin.display(description="Amount")
    def amount_of(self, row: CountedWithdrawal) -> str:
        return money(row.amount, row.currency)

    @admin.display(description="Paid")
    def paid(self, row: CountedWithdrawal) -> str:
        return instant(row.paid_at)
