"""The tables of a player's first screen."""

from __future__ import annotations

from decimal import Decimal

from django.urls import reverse
from django.utils.html import format_html

from casino.cashier.models import Deposit
from casino.play.selectors.player_play import PlayedRound
from common.backoffice.display import NOTHING, code, instant, money, record_link, span, tag
from common.backoffice.sections import Section
from players.models import Player
from reporting.overview.types import MoneyBlock, PeriodOfPlay, PlayBlock, PlayerGlance


def heads(*names: str, text: int = 1) -> tuple[str, ...]:
    """Heads of columns; those after the first `text` stand above figures, to the right as they do."""
    return (*names[:text], *(format_html('<span class="number-name">{}</span>', name) for name in names[text:]))


def figure(text: str) -> str:
    """A figure that is no amount of money."""
    return format_html('<span class="number-cell">{}</span>', text)


def percent(share: Decimal | None) -> str:
    """To two places, as rates of return are read."""
    return figure(NOTHING if share is None else f"{share:.2f} %")


def withheld_section(block: MoneyBlock) -> Section:
    """From everything that the player has down to what may leave."""
    rows: list[tuple[object, ...]] = [("Everything the player has", money(block.withdrawable.of, block.currency))]
    rows += [
        (reason.text, money(-reason.amount, block.currency) if reason.amount else figure(NOTHING))
        for reason in block.withdrawable.reasons
    ]
    rows.append(
        (
            format_html("<strong>{}</strong>", "Withdrawable"),
            format_html("<strong>{}</strong>", money(block.withdrawable.amount, block.currency)),
        )
    )
    return Section("Withdrawable, and why not", heads("", "Amount"), rows, empty="")


def pending_section(block: MoneyBlock, glance: PlayerGlance) -> Section:
    """What is set aside, oldest first."""
    rows = [
        (
            record_link("wallet.hold", key, reason or f"Hold {key}"),
            money(amount, block.currency),
            figure(span((glance.now - placed).total_seconds())),
        )
        for key, amount, reason, placed in block.pending
    ]
    return Section(
        "Pending withdrawals and other holds", heads("For", "Amount", "Waits since"), rows, empty="Nothing is held."
    )


def deposits_section(player: Player) -> Section:
    """The newest deposits, and what the player pays with."""
    rows = [
        (
            record_link("cashier.deposit", one.pk, code(one.reference)),
            one.get_state_display(),
            one.method,
            instant(one.created_at),
            money(one.amount, one.currency),
            money(one.credit, one.credit_currency),
        )
        for one in Deposit.objects.filter(player=player).order_by("-pk")[:10]
    ]
    return Section(
        "Last deposits", heads("Deposit", "State", "Method", "Begun", "Paid", "For the wallet", text=4), rows,
        empty="None was begun.",
        links=[("All deposits", list_of("cashier_deposit", player))],
    )  # fmt: skip


def periods_section(play: PlayBlock, currency: str) -> Section:
    """Today, seven and thirty days, and the player's own habit before."""
    rows = [_period_row(period, currency) for period in (*play.periods, play.baseline)]
    note = "UTC days, today's included; real and bonus money together, less what was taken back. Of transfer games what"
    note += " came back less what went there: their bets are known at the provider."
    if not play.complete:
        note += " The history is long and still being counted: reload in a moment."
    headers = heads("Period", "Bets", "Staked", "Won", "Transfer games", "GGR", "RTP", "Average stake")
    return Section("Play", headers, rows, empty="", note=f"{note} {stake_words(play)}".strip())


def stake_words(play: PlayBlock) -> str:
    """How the average stake of the last seven days stands beside the player's own before."""
    now, usual = play.periods[1].average_stake, play.baseline.average_stake
    if now is None or usual is None or usual == 0:
        return "No earlier play to compare the average stake with." if now is not None else ""
    return f"The average stake of the last 7 days is {now / usual:.1f} times the player's own before."


def _period_row(period: PeriodOfPlay, currency: str) -> tuple[object, ...]:
    return (
        period.title,
        figure(f"{period.bets:,}"),
        money(period.staked, currency),
        money(period.won, currency),
        money(period.stays, currency) if period.stays else figure(NOTHING),
        money(period.ggr, currency),
        percent(period.rtp),
        money(period.average_stake, currency) if period.average_stake is not None else figure(NOTHING),
    )


def favourites_section(play: PlayBlock, currency: str) -> Section:
    """Games by stake, and the biggest win."""
    found = play.favourites
    rows = [
        (one.game, figure(f"{one.rounds:,}"), money(one.staked, currency), money(one.won, currency))
        for one in found.games
    ]
    note = "" if found.all_read else "Of the newest 5,000 rounds."
    if found.biggest_round is not None:
        link = record_link("play.round", found.biggest_round, "its round")
        note = format_html("{} Biggest win: {} ({}).", note, money(found.biggest_win, currency), link)
    return Section(
        "Favourite games, 30 days",
        heads("Game", "Rounds", "Staked", "Won"),
        rows,
        empty="No round in 30 days.",
        note=note,
    )


def rounds_section(play: PlayBlock, player: Player) -> Section:
    """The newest rounds with the legs' real and bonus money."""
    rows = [_round_row(one) for one in play.rounds]
    headers = heads(
        "Round", "Game", "State", "Opened", "Stake real", "Stake bonus", "Win real", "Win bonus", "Result", text=4
    )
    return Section(
        f"Last {len(rows) or 20} rounds", headers, rows, empty="No round yet.",
        links=[("All rounds", list_of("play_round", player))],
    )  # fmt: skip


def _round_row(one: PlayedRound) -> tuple[object, ...]:
    return (
        record_link("play.round", one.id, one.reference),
        one.game,
        tag("Open", "warning") if one.closed_at is None else tag("Closed"),
        instant(one.opened_at),
        money(one.stake_real, one.currency),
        money(one.stake_bonus, one.currency) if one.stake_bonus else figure(NOTHING),
        money(one.win_real, one.currency) if one.win_real else figure(NOTHING),
        money(one.win_bonus, one.currency) if one.win_bonus else figure(NOTHING),
        money(one.won - one.staked, one.currency),
    )


def sessions_section(glance: PlayerGlance, player: Player, *, may_end: bool) -> Section:
    """The newest game sessions, and how to end those that are alive."""
    rows = [
        (
            record_link("play.gamesession", line.id, code(line.public_id)),
            line.game,
            tag(line.state, line.variant),
            instant(line.launched_at),
            instant(line.last_seen_at),
            figure(span(((line.ended_at or line.last_seen_at) - line.launched_at).total_seconds())),
        )
        for line in glance.sessions
    ]
    links = [("All sessions", list_of("play_gamesession", player))]
    if may_end and any(line.state in {"Alive", "Launched"} for line in glance.sessions):
        links.insert(0, ("End all sessions", reverse("overview:sessions-end", args=[player.pk])))
    headers = heads("Session", "Game", "State", "Launched", "Last seen", "Lasted", text=5)
    return Section("Game sessions", headers, rows, empty="Never launched a game.", links=links)


def links_section(glance: PlayerGlance) -> Section:
    """Accounts that share something."""
    rows = [
        (record_link("players.player", one.player_id, one.public_id), one.nickname, one.brand, one.shares)
        for one in glance.links
    ]
    note = "Compared: personal data and devices, by their blind indexes, and means of payment as gateways tell them."
    empty = "No other account has the same personal data, device or means of payment."
    return Section("Linked accounts", ("Player", "Nickname", "Brand", "Shares"), rows, empty=empty, note=note)


def list_of(name: str, player: Player) -> str:
    """The list of a book, narrowed to the player."""
    return f"{reverse(f'admin:{name}_changelist')}?q={player.public_id}"
