from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from common.backoffice.books import BookScreen
from common.backoffice.display import NOTHING, instant, money, record_link
from common.backoffice.sections import Section
from common.scope import PLAYER
from wallet.admin.entry_rows import STATEMENT_HEADERS, statement_row
from wallet.models import Account
from wallet.selectors.entries import newest_lines_of, statement_page
from wallet.selectors.house_balances import house_balance


@admin.register(Account)
class AccountAdmin(BookScreen[Account]):
    """Where money stands. A player account shows its statement; a house account is summed when it is opened."""

    scope = PLAYER
    list_display = ("number", "kind", "owner", "currency", "standing", "entries", "opened")
    list_select_related = ("player",)
    list_filter = (("kind", ChoicesDropdownFilter),)
    search_fields = ("player__public_id",)
    search_help_text = "Public id of the player, number of the account, or scope of a house account, exactly."
    when_empty = "No account yet: the first deposit of a player and the first bet of a provider open them."
    facts = ((None, (("kind", "owner"), ("currency", "exact_balance"), ("entries", "opened"), "closed")),)

    @admin.display(description="Account")
    def number(self, account: Account) -> str:
        return f"{account.pk}"

    @admin.display(description="Owner")
    def owner(self, account: Account) -> str:
        if account.player_id is not None:
            return record_link("players.player", account.player_id, account.player)
        return f"House · {account.scope}" if account.scope else "House"

    @admin.display(description="Balance")
    def standing(self, account: Account) -> str:
        return money(account.balance, account.currency) if account.balance is not None else "summed on its page"

    @admin.display(description="Balance")
    def exact_balance(self, account: Account) -> str:
        if account.balance is not None:
            return money(account.balance, account.currency)
        return money(house_balance(account.pk), account.currency)

    @admin.display(description="Entries")
    def entries(self, account: Account) -> str:
        return NOTHING if account.balance is None else f"{account.version:,}"

    @admin.display(description="Opened")
    def opened(self, account: Account) -> str:
        return instant(account.opened_at)

    @admin.display(description="Closed")
    def closed(self, account: Account) -> str:
        return instant(account.closed_at)

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        if term.isascii() and term.isdigit() and len(term) < 18:
            return queryset.filter(pk=int(term))
        if (of_player := queryset.filter(player__public_id=term)).exists():
            return of_player
        return queryset.filter(player__isnull=True, scope=term)

    def sections(self, request: HttpRequest, row: Account) -> Sequence[Section]:
        if row.balance is None:
            return (self._house_lines(row),)
        asked = request.GET.get("below", "")
        below = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None
        page = statement_page(row, below=below)
        links = [("Newest", "?")] if below is not None else []
        if page.older_than is not None:
            links.append(("Older", f"?below={page.older_than}"))
        return (
            Section(
                "Statement, newest first",
                STATEMENT_HEADERS,
                [statement_row(entry) for entry in page.entries],
                empty="No entry yet: the account was opened and never moved.",
                links=links,
            ),
        )

    def _house_lines(self, account: Account) -> Section:
        page = newest_lines_of(account.pk)
        return Section(
            "Newest lines",
            STATEMENT_HEADERS,
            [statement_row(entry) for entry in page.entries],
            empty="No line among the newest of the ledger.",
            note=""
            if page.complete
            else "The newest lines only: house accounts carry no index that a bet would pay for.",
        )
