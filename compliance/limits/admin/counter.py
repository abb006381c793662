from __future__ import annotations

from django.contrib import admin

from common.backoffice.display import instant, money, tag
from common.clock import utc_now
from compliance.limits.admin.of_player import OfPlayerScreen
from compliance.limits.models import Counter


@admin.register(Counter)
class CounterAdmin(OfPlayerScreen[Counter]):
    """What is counted of players with limits, in the running day, week and month of each."""

    list_display = ("player_link", "period", "running", "from_when", "until", "stakes", "loss", "deposits")
    list_display_links = ("period",)  # the player has a page of his own
    when_empty = "Nobody has a limit of a day, a week or a month."
    facts = (
        (None, (("player_link", "period"), ("from_when", "until"), "running")),
        ("Counted", (("stakes", "loss"), ("deposits", "withdrawals"))),
    )

    @admin.display(description="State")
    def running(self, row: Counter) -> str:
        return tag("Running", "success") if row.ends_at > utc_now() else tag("Over: counts as nothing")

    @admin.display(description="From")
    def from_when(self, row: Counter) -> str:
        return instant(row.starts_at)

    @admin.display(description="Until")
    def until(self, row: Counter) -> str:
        return instant(row.ends_at)

    @admin.display(description="Stakes")
    def stakes(self, row: Counter) -> str:
        return money(row.wagered, row.player.currency)

    @admin.display(description="Net loss of real money")
    def loss(self, row: Counter) -> str:
        return money(row.staked - row.won, row.player.currency)

    @admin.display(description="Deposits, those under way included")
    def deposits(self, row: Counter) -> str:
        return money(row.deposited, row.player.currency)

    @admin.display(description="Withdrawals paid")
    def withdrawals(self, row: Counter) -> str:
        return money(row.withdrawn, row.player.currency)
