from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from casino.jackpots.models import Jackpot
from casino.jackpots.selectors.pools import PoolLine, pool_lines, pool_of
from common.backoffice.books import BookScreen
from common.backoffice.display import code, money, precise, record_link, tag
from common.backoffice.sections import Section
from common.scope import HouseWide


@admin.register(Jackpot)
class JackpotAdmin(BookScreen[Jackpot]):
    """Progressive pots: what the pool holds, what fed it, what it paid."""

    scope = HouseWide("A jackpot is a provider's; players of every brand pay into it.")
    list_display = ("name", "code_text", "provider", "pool", "guaranteed", "state")
    list_select_related = ("provider",)
    search_fields = ("code",)
    search_help_text = "Code of the jackpot, exactly."
    when_empty = "No jackpot yet. `manage.py demo` sets one up for the sandbox provider."
    facts = ((None, (("name", "code_text"), ("provider", "state"), ("pool", "guaranteed"), "account")),)

    @admin.display(description="Code")
    def code_text(self, jackpot: Jackpot) -> str:
        return code(jackpot.code)

    @admin.display(description="Pool")
    def pool(self, jackpot: Jackpot) -> str:
        return money(pool_of(jackpot).balance, jackpot.currency)

    @admin.display(description="Guaranteed seed")
    def guaranteed(self, jackpot: Jackpot) -> str:
        return money(jackpot.seed, jackpot.currency)

    @admin.display(description="State")
    def state(self, jackpot: Jackpot) -> str:
        return tag("Live", "success") if jackpot.enabled else tag("Disabled", "danger")

    @admin.display(description="Ledger account")
    def account(self, jackpot: Jackpot) -> str:
        account_id = pool_of(jackpot).account_id
        if account_id is None:
            return "not opened yet: the first contribution opens it"
        return record_link("wallet.account", account_id, f"Account {account_id}")

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(code=term)

    def sections(self, request: HttpRequest, row: Jackpot) -> Sequence[Section]:
        lines = pool_lines(row)
        headers = ("Time (UTC)", "What", "Amount", "Transaction")
        games = [(record_link("games.game", fed.game_id, fed.game),) for fed in row.fed_by.select_related("game")]
        return (
            Section("Fed by", ("Game",), games, empty="No game feeds it: it can only be won down to its seed."),
            Section(
                "Wins and seedings",
                headers,
                [self._row(line, row.currency) for line in lines if not line.is_contribution],
                empty="Neither won nor seeded among the newest lines of the ledger.",
            ),
            Section(
                "Newest contributions and their rollbacks",
                headers,
                [self._row(line, row.currency) for line in lines if line.is_contribution][:30],
                empty="No contribution among the newest lines of the ledger.",
            ),
        )

    def _row(self, line: PoolLine, currency: str) -> tuple[object, ...]:
        return (
            precise(line.booked_at),
            line.title,
            money(line.amount, currency),
            record_link("wallet.transaction", line.transaction_id, "Open"),
        )
