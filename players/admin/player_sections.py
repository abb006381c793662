"""What stands below a player's facts: money, play and restrictions."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from common.backoffice.display import instant, money, record_link, tag
from common.backoffice.sections import Section
from compliance.selectors.restrictions import restriction_state, restrictions_of_player
from players.models import Player
from wallet.selectors.accounts import accounts_of_player


def accounts_section(player: Player) -> Section:
    """Every account of the player with its balance."""
    rows = [
        (
            record_link("wallet.account", account.pk, account.get_kind_display()),
            money(account.balance, account.currency),
            f"{account.version:,}",
            instant(account.opened_at),
        )
        for account in accounts_of_player(player.pk)
    ]
    return Section(
        "Accounts",
        ("Account", "Balance", "Entries", "Opened"),
        rows,
        empty="No account yet: the first deposit opens one.",
        links=[("Transactions", _list("wallet_transaction", player))],
    )


def restrictions_section(player: Player, now: datetime, *, may_place: bool) -> Section:
    """Every restriction, in force or past; the link to place one for who may."""
    rows = []
    for restriction in restrictions_of_player(player.pk)[:50]:
        state = restriction_state(restriction, now=now)
        rows.append(
            (
                record_link("compliance.restriction", restriction.pk, restriction.get_kind_display()),
                tag(state.title, state.variant),
                instant(restriction.starts_at),
                instant(restriction.ends_at) if restriction.ends_at else "until lifted",
                restriction.reason,
                restriction.placed_by,
            )
        )
    place = reverse("admin:compliance_restriction_add") + "?" + urlencode({"player": player.public_id})
    return Section(
        "Restrictions",
        ("Restriction", "State", "From", "Until", "Reason", "Placed by"),
        rows,
        empty="None: nothing keeps this player from playing but the account's own status.",
        links=[("Place a restriction", place)] if may_place else [],
    )


def _list(name: str, player: Player) -> str:
    return reverse(f"admin:{name}_changelist") + "?" + urlencode({"q": player.public_id})
