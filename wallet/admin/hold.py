from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from common.backoffice.books import BookScreen
from common.backoffice.display import NOTHING, money, record_link, tag
from common.scope import Scoping
from wallet.enums import HoldState
from wallet.models import Hold

STATE_VARIANT = {HoldState.OPEN: "warning", HoldState.RELEASED: "", HoldState.SETTLED: "success"}


@admin.register(Hold)
class HoldAdmin(BookScreen[Hold]):
    """Money set aside, such as for a withdrawal, and how it ended."""

    scope = Scoping(brand="account__player__brand_id", jurisdiction="account__player__jurisdiction")
    list_display = ("number", "account_link", "held", "state_tag", "reason")
    list_select_related = ("account", "account__player")
    list_filter = (("state", ChoicesDropdownFilter),)
    search_fields = ("account__player__public_id",)
    search_help_text = "Public id of the player, exactly."
    when_empty = "No money was ever held. Withdrawals place holds."
    facts = ((None, (("account_link", "held"), ("state_tag", "reason"), ("placed", "ended"))),)

    @admin.display(description="Hold")
    def number(self, hold: Hold) -> str:
        return f"{hold.pk}"

    @admin.display(description="Account")
    def account_link(self, hold: Hold) -> str:
        return record_link("wallet.account", hold.account_id, hold.account.player or hold.account)

    @admin.display(description="Amount")
    def held(self, hold: Hold) -> str:
        return money(hold.amount, hold.account.currency)

    @admin.display(description="State")
    def state_tag(self, hold: Hold) -> str:
        state = HoldState(hold.state)
        return tag(state.label, STATE_VARIANT[state])

    @admin.display(description="Placed by")
    def placed(self, hold: Hold) -> str:
        return record_link("wallet.transaction", hold.placed_by_id, hold.placed_by_id)

    @admin.display(description="Ended by")
    def ended(self, hold: Hold) -> str:
        if hold.ended_by_id is None:
            return NOTHING
        return record_link("wallet.transaction", hold.ended_by_id, hold.ended_by_id)

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(account__player__public_id=term)
