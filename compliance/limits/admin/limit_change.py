from __future__ import annotations

from django.contrib import admin
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from common.backoffice.display import NOTHING, instant, record_link, tag
from compliance.audit.admin.links import actor_link
from compliance.limits.admin.of_player import OfPlayerScreen
from compliance.limits.approval_kinds import amount_words
from compliance.limits.enums import ChangeState
from compliance.limits.models import LimitChange

COLOUR = {ChangeState.WAITING: "warning", ChangeState.APPLIED: "success"}


def change_tag(change: LimitChange) -> str:
    """The state of a request in colour."""
    return tag(ChangeState(change.state).label, COLOUR.get(ChangeState(change.state), ""))


@admin.register(LimitChange)
class LimitChangeAdmin(OfPlayerScreen[LimitChange]):
    """Players' requests for looser limits. Nobody of the house speeds them up: there is no button here."""

    list_display = ("number", "player_link", "limit_link", "now_and_then", "state_tag", "asked", "from_when", "until")
    list_select_related = ("player", "limit")
    list_filter = (("state", ChoicesDropdownFilter),)
    when_empty = "No player ever asked for a looser limit."
    facts = (
        (None, (("player_link", "state_tag"), ("limit_link", "now_and_then"))),
        ("Time", (("asked", "from_when"), ("until", "ended"), ("second_act", "ended_by_whom"))),
        ("Rules", ("rows",)),
    )

    @admin.display(description="Limit")
    def limit_link(self, row: LimitChange) -> str:
        return record_link("limits.limit", row.limit_id, f"{row.limit.get_kind_display()} (no. {row.limit_id})")

    @admin.display(description="From and to")
    def now_and_then(self, row: LimitChange) -> str:
        return f"{amount_words(row.limit, row.limit.amount)} → {amount_words(row.limit, row.amount)}"

    @admin.display(description="State")
    def state_tag(self, row: LimitChange) -> str:
        return change_tag(row)

    @admin.display(description="Asked")
    def asked(self, row: LimitChange) -> str:
        return instant(row.asked_at)

    @admin.display(description="Not before")
    def from_when(self, row: LimitChange) -> str:
        return instant(row.effective_from)

    @admin.display(description="To be confirmed before")
    def until(self, row: LimitChange) -> str:
        return instant(row.confirm_by)

    @admin.display(description="Ended")
    def ended(self, row: LimitChange) -> str:
        return instant(row.ended_at)

    @admin.display(description="Second act")
    def second_act(self, row: LimitChange) -> str:
        return "needed" if row.needs_confirmation else "not needed"

    @admin.display(description="Ended by")
    def ended_by_whom(self, row: LimitChange) -> str:
        return actor_link(row.ended_by) if row.ended_by else NOTHING

    @admin.display(description="Policy rows that decided")
    def rows(self, row: LimitChange) -> str:
        return ", ".join(f"{key}: no. {number}" for key, number in sorted(row.policy.items())) or NOTHING
