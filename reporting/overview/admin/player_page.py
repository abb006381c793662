"""A player's first screen: one aggregate read, laid out for people (backoffice.md §4.1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from common.backoffice.display import NOTHING, money, span
from common.backoffice.reach import reach
from common.clock import utc_now
from common.errors import Refusal
from common.money import ZERO, decimal_text
from compliance.enums import RestrictionKind
from players.enums import PlayerStatus
from players.models import Player
from players.notes.enums import NoteKind
from players.notes.selectors.notes import tags_to_choose
from reporting.overview.admin import player_sections as tables
from reporting.overview.admin.sight import Sight, sight_of
from reporting.overview.as_of import instant_read
from reporting.overview.local_time import local_time_text
from reporting.overview.selectors.player_glance import player_glance
from reporting.overview.selectors.player_line import SORTS
from reporting.overview.types import PlayerGlance
from wallet.enums import AccountKind

STATUS_VARIANT = {
    PlayerStatus.ACTIVE.value: "success",
    PlayerStatus.BLOCKED.value: "danger",
    PlayerStatus.CLOSED.value: "",
}


def player_page(request: HttpRequest, player: Player) -> dict[str, Any]:
    """What templates/admin/players/player/change_form.html shows above the account's facts."""
    now = utc_now()
    asked, problem = request.GET.get("as_of", "")[:40], ""
    as_of: datetime | None = None
    try:
        as_of = instant_read(asked, now=now)
        if as_of is not None and as_of < player.created_at:
            problem = f"The account was opened at {player.created_at:%Y-%m-%d %H:%M} UTC: nothing is known before."
            as_of = None
    except Refusal as refusal:
        problem = refusal.message
    sight = sight_of(request, player)
    sort = request.GET.get("sort", "")
    sorts = {sort} & sight.sorts or sight.sorts
    scope = reach(request, "players.view_player")
    glance = player_glance(player=player, now=now, as_of=as_of, sorts=sorts, scope=scope)
    return {
        "glance": glance,
        "sight": sight,
        **_header(glance, sight),
        "money_cards": _money_cards(glance),
        "local_time": local_time_text(player.country, now),
        "as_of_asked": asked if problem else f"{as_of:%Y-%m-%dT%H:%M}" if as_of else "",
        "as_of_problem": problem,
        "sort": sort if sort in sight.sorts else "",
        "sort_links": _sort_links(sight, sort, as_of),
        "line": _line(glance),
        "notes": _notes(glance),
        "obstacles": [replace(one, by=named(glance, one.by)) for one in glance.obstacles],
        "note_kinds": NoteKind.choices,
        "tag_choices": _tag_choices(glance) if sight.set_tags else [],
        "tables": _tables(glance, player, sight),
    }


def _header(glance: PlayerGlance, sight: Sight) -> dict[str, Any]:
    standing = [one for one in glance.obstacles if one.record == "compliance.restriction"]
    age = glance.person.age
    return {
        "person": {
            "name": glance.person.name if sight.person else "hidden from your role",
            "age": f"{age}" if age is not None and sight.person else NOTHING,
        },
        "status_variant": STATUS_VARIANT[glance.status.code],
        "status_since": f"{glance.status.since:%Y-%m-%d %H:%M} UTC" if glance.status.since else "not recorded",
        "status_by": named(glance, glance.status.actor),
        "rg": {
            "text": RestrictionKind(standing[0].code).label if standing else "No restriction",
            "variant": "danger" if standing else "",
        },
    }


def _money_cards(glance: PlayerGlance) -> list[tuple[str, str, str]]:
    """What stands on the accounts, and what came in and went out ever."""
    block, currency = glance.money, glance.money.currency
    counted = (
        "" if block.counted >= block.counted_of else f"{block.counted:,} of {block.counted_of:,} movements counted"
    )
    awards = [one for one in block.accounts if one.kind == AccountKind.PLAYER_BONUS and one.currency == currency]
    split = [f"{one.scope or 'bonus'}: {decimal_text(one.balance)}" for one in awards] if len(awards) > 1 else []
    found = [
        ("Real", money(block.real, currency), ""),
        ("Bonus", money(block.bonus, currency), "; ".join(split)),
        ("Held", money(block.held, currency), f"{len(block.pending)} pending" if block.pending else ""),
        ("Owes", money(block.receivable, currency), ""),
        ("In open rounds", money(glance.play.open.staked, currency), f"{glance.play.open.rounds:,} open"),
        (
            "Deposits ever",
            money(block.deposits, currency),
            counted or f"{block.deposit_count:,} made, less those taken back",
        ),
        ("Withdrawals ever", money(block.withdrawals, currency), counted or f"{block.withdrawal_count:,} paid"),
        ("Net deposits", money(block.net, currency), ""),
        ("Last deposit", f"{block.last_deposit_at:%Y-%m-%d}" if block.last_deposit_at else "never", _ago(glance)),
    ]
    others = {one.currency for one in block.accounts} - {currency}
    return found + [
        (f"In {other}", money(sum((one.balance for one in block.accounts if one.currency == other), ZERO), other), "")
        for other in sorted(others)
    ]


def _ago(glance: PlayerGlance) -> str:
    at = glance.money.last_deposit_at
    return f"{span((glance.now - at).total_seconds())} ago" if at else ""


def named(glance: PlayerGlance, actor: str) -> str:
    """The person behind "staff:7", or the actor as it is written."""
    return glance.names.get(actor, actor)


def _tables(glance: PlayerGlance, player: Player, sight: Sight) -> dict[str, Any]:
    found: dict[str, Any] = {"links": tables.links_section(glance)}
    if sight.money:
        found["withheld"] = tables.withheld_section(glance.money)
        found["pending"] = tables.pending_section(glance.money, glance)
    if sight.deposits:
        found["deposits"] = tables.deposits_section(player)
    if sight.play:
        found["periods"] = tables.periods_section(glance.play, player.currency)
        found["favourites"] = tables.favourites_section(glance.play, player.currency)
        found["rounds"] = tables.rounds_section(glance.play, player)
    if sight.sessions:
        found["sessions"] = tables.sessions_section(glance, player, may_end=sight.end_sessions)
    return found


def _sort_links(sight: Sight, chosen: str, as_of: datetime | None) -> list[dict[str, Any]]:
    """The time line's filter: everything, or one sort of moments."""
    kept = {"as_of": f"{as_of:%Y-%m-%dT%H:%M}"} if as_of else {}
    words = {"": "Everything"} | {sort: title for sort, title in SORTS.items() if sort in sight.sorts}
    return [
        {
            "title": title,
            "address": "?" + urlencode(kept | ({"sort": sort} if sort else {})) + "#time-line",
            "chosen": sort == (chosen if chosen in sight.sorts else ""),
        }
        for sort, title in words.items()
    ]


def _line(glance: PlayerGlance) -> list[dict[str, Any]]:
    return [
        {
            "item": item,
            "sort": SORTS[item.sort],
            "actor": named(glance, item.actor),
            "amount": money(item.amount, item.currency) if item.amount is not None else "",
            "address": _address(item.record, item.key),
        }
        for item in glance.line
    ]


def _address(record: str, key: str) -> str:
    """Where the record is shown; a record without a screen of its own has none."""
    try:
        return reverse(f"admin:{record.replace('.', '_')}_change", args=[key]) if record and key else ""
    except NoReverseMatch:
        return ""


def _notes(glance: PlayerGlance) -> list[dict[str, Any]]:
    return [
        {
            "note": note,
            "author": named(glance, note.author),
            "correct": "" if note.superseded else reverse("overview:note-correct", args=[note.id]),
        }
        for note in glance.notes
    ]


def _tag_choices(glance: PlayerGlance) -> list[tuple[int, str]]:
    """Tags that the player does not have yet."""
    on = {tag.id for tag in glance.tags}
    return [(key, name) for key, name in tags_to_choose() if key not in on]
