"""What stands below a player's facts: money, play and restrictions, the newest of each."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from casino.play.selectors.rounds import rounds_of_player
from casino.play.selectors.sessions import session_state, sessions_of_player
from common.backoffice.display import code, instant, list_link, money, record_link, tag
from common.backoffice.sections import Section
from compliance.selectors.restrictions import restriction_state, restrictions_of_player
from players.models import Player
from wallet.selectors.accounts import accounts_of_player

NEWEST = 10


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


def rounds_section(player: Player) -> Section:
    """The newest rounds."""
    rows = [
        (
            record_link("play.round", item.pk, item.reference),
            item.game.name,
            money(item.staked, item.currency),
            money(item.won, item.currency),
            tag("Open", "warning") if item.closed_at is None else tag("Closed"),
            instant(item.opened_at),
        )
        for item in rounds_of_player(player.pk)[:NEWEST]
    ]
    headers = ("Round", "Game", "Staked", "Won", "State", "Opened")
    return Section(
        "Newest rounds", headers, rows, empty="No round yet.", links=[("All rounds", _list("play_round", player))]
    )


def sessions_section(player: Player, now: datetime) -> Section:
    """The newest game sessions."""
    rows = []
    for session in sessions_of_player(player.pk)[:NEWEST]:
        state = session_state(session, now=now)
        rows.append(
            (
                record_link("play.gamesession", session.pk, code(session.public_id)),
                session.game.name if session.game else session.provider.name,
                tag(state.title, state.variant),
                instant(session.launched_at),
                instant(session.last_seen_at),
            )
        )
    headers = ("Session", "Game", "State", "Launched", "Last seen")
    return Section(
        "Newest game sessions",
        headers,
        rows,
        empty="Never launched a game.",
        links=[("All sessions", _list("play_gamesession", player))],
    )


def restrictions_section(player: Player, now: datetime) -> Section:
    """Every restriction, in force or past."""
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
        links=[("Place a restriction", place)],
    )


def more_links(player: Player) -> str:
    """Where to read on."""
    return list_link("play.leg", urlencode({"q": player.public_id}), "Booked calls")


def _list(name: str, player: Player) -> str:
    return reverse(f"admin:{name}_changelist") + "?" + urlencode({"q": player.public_id})
