"""What stands below a break: both sides beside each other, what the call log knows, and what was done about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from casino.calls.models import ProviderCall
from casino.play.models import Leg
from casino.reconciliation.models import Break, BreakStep, Correction
from common.backoffice.display import NOTHING, code, instant, money, precise, record_link, tag
from common.backoffice.sections import Section
from compliance.approvals.models import Approval
from compliance.audit.admin.links import actor_link

CALLS: Final = 20


def break_sections(row: Break) -> Sequence[Section]:
    """Four tables."""
    leg = Leg.objects.select_related("round", "game", "player").filter(pk=row.leg).first() if row.leg else None
    return (_sides(row, leg), _calls(row), _approvals(row), _steps(row))


def _sides(row: Break, leg: Leg | None) -> Section:
    line = row.line
    theirs = {
        "Kind": line.get_kind_display(), "Transaction": code(line.transaction_id), "Original": code(line.of),
        "Round": code(line.round_reference), "Player": code(line.player), "Game": code(line.game),
        "Amount": money(line.amount, line.currency) if line.amount is not None else NOTHING,
        "State": line.get_state_display(), "Moment": instant(line.at),
    } if line else {}  # fmt: skip
    ours = {
        "Kind": leg.get_kind_display(), "Transaction": record_link("play.leg", leg.pk, leg.provider_transaction_id),
        "Original": code(leg.provider_transaction_id),
        "Round": record_link("play.round", leg.round_id, leg.round) if leg.round else NOTHING,
        "Player": record_link("players.player", leg.player_id, leg.player.public_id),
        "Game": code(leg.game.code) if leg.game else NOTHING,
        "Amount": money(leg.real + leg.bonus, leg.round.currency if leg.round else row.currency),
        "State": tag("Rolled back", "warning") if leg.reversed_by_id else "Stands", "Moment": instant(leg.booked_at),
    } if leg else {}  # fmt: skip
    names = ("Kind", "Transaction", "Original", "Round", "Player", "Game", "Amount", "State", "Moment")
    cells = [(name, theirs.get(name, NOTHING), ours.get(name, NOTHING)) for name in names]
    headers = ("What", "The provider's statement", "Our books")
    return Section("Side by side", headers, cells, "Neither side has anything.")


def _calls(row: Break) -> Section:
    found = ProviderCall.objects.filter(
        provider_transaction_id=row.transaction_id, provider_code=row.provider.code
    ).order_by("received_at")[:CALLS]
    cells = [
        (precise(one.received_at), record_link("calls.providercall", one.pk, one.call), one.outcome,
         "repeat" if one.replayed else "first", f"{one.status}")
        for one in found
    ]  # fmt: skip
    headers = ("Received", "Call", "Answered", "Time", "Status")
    return Section("Calls with this transaction", headers, cells, "No call with this id ever reached us.",
                   permission="calls.view_providercall")  # fmt: skip


def _approvals(row: Break) -> Section:
    found = Approval.objects.filter(subject=f"reconciliation.break:{row.pk}").order_by("-pk")
    cells = [
        (record_link("approvals.approval", one.pk, f"Number {one.pk}"), one.get_state_display(), one.reason,
         instant(one.created_at))
        for one in found
    ]  # fmt: skip
    made = Correction.objects.filter(break_row=row).first()
    note = f"{made.get_way_display()}: booked as {made.transaction}." if made else ""
    headers = ("Proposal", "State", "Reason", "Proposed")
    return Section("Corrections", headers, cells, "No correction was proposed.", note)


def _steps(row: Break) -> Section:
    cells = [
        (instant(one.at), one.get_kind_display(), one.words, actor_link(one.actor))
        for one in BreakStep.objects.filter(break_row=row).order_by("pk")
    ]
    return Section("What was done", ("When", "Step", "Words", "By"), cells, "Nothing yet.")
