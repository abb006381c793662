"""What happened to a stay's money: its transfers, and every call about them."""

from __future__ import annotations

from typing import Final

from casino.transfers.enums import LegState
from casino.transfers.models import TransferVisit
from casino.transfers.selectors.visits import calls_of, legs_of
from common.backoffice.display import NOTHING, code, instant, money, precise, record_link, tag
from common.backoffice.sections import Section

SHOWN: Final = 60
VARIANTS: Final = {LegState.CONFIRMED: "success", LegState.UNKNOWN: "danger", LegState.SENT: "info"}
LEGS: Final = ("Way", "Reference", "Amount", "State", "Sent", "Asked", "Last sent", "Settled", "Note")
CALLS: Final = ("When", "For", "Answer", "Amount", "Note", "Took")


def visit_sections(visit: TransferVisit) -> tuple[Section, Section]:
    """Transfers in their order, calls newest first."""
    legs = [
        (
            record_link("transfers.transferleg", leg.pk, leg.get_direction_display()),
            code(leg.reference),
            money(leg.amount, visit.currency),
            tag(leg.get_state_display(), VARIANTS.get(LegState(leg.state), "")),
            leg.attempts,
            leg.asked,
            instant(leg.sent_at),
            instant(leg.settled_at),
            leg.note or NOTHING,
        )
        for leg in legs_of(visit.pk)[:SHOWN]
    ]
    calls = [
        (
            precise(call.called_at),
            call.get_purpose_display(),
            call.get_standing_display(),
            money(call.amount, visit.currency),
            call.note or NOTHING,
            f"{call.busy_ms} ms",
        )
        for call in calls_of(visit.pk)[:SHOWN]
    ]
    return Section("Transfers", LEGS, legs, "None."), Section("Calls to the provider", CALLS, calls, "None.")
