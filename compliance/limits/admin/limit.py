from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter
from unfold.decorators import action

from common.backoffice.confirmed import Question, asked, staff_actor
from common.backoffice.display import NOTHING, instant, record_link, tag
from common.backoffice.reach import reach
from common.backoffice.sections import Section
from common.clock import utc_now
from compliance.approvals.admin.proposal import proposed
from compliance.approvals.types import Payload
from compliance.audit.admin.links import actor_link
from compliance.limits.admin.forms import LoosenForm, OperatorLimitForm
from compliance.limits.admin.limit_change import change_tag
from compliance.limits.admin.of_player import OfPlayerScreen, amount_shown
from compliance.limits.approval_kinds import LOOSEN, PROPOSE, amount_words, loosening_payload
from compliance.limits.enums import LimitOwner
from compliance.limits.models import Limit
from compliance.limits.selectors.history import changes_of_player, limits_of_player
from compliance.limits.selectors.usage import limits_in_force
from compliance.limits.services.operator_limits import operator_limit_set
from compliance.limits.types import Usage

SET = "limits.set_operator_limit"
MOST = 50


class InForce(DropdownFilter):
    """In force, or over."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("in_force", "In force"), ("over", "Replaced or ended")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() in ("in_force", "over"):
            return queryset.filter(ended_at__isnull=self.value() == "in_force")
        return queryset


@admin.register(Limit)
class LimitAdmin(OfPlayerScreen[Limit]):
    """Limits of players: their own, which staff only look at, and the house's, which staff tighten at once."""

    list_display = ("number", "player_link", "owner_tag", "what", "amount_of", "state", "since", "set_by_whom")
    list_filter = (InForce, ("owner", ChoicesDropdownFilter), ("kind", ChoicesDropdownFilter))
    when_empty = "Nobody has a limit. Players set their own; the button above sets one of the house."
    facts = (
        (None, (("player_link", "state"), ("owner_tag", "what"), ("amount_of", "set_by_whom"))),
        ("Time", (("since", "ended"), ("replaced_one", "asked_for"))),
        ("Why", ("reason_words",)),
    )
    actions_list = ("set_limit",)
    actions_detail = ("loosen",)

    @admin.display(description="Whose")
    def owner_tag(self, row: Limit) -> str:
        return tag(row.get_owner_display(), "primary" if row.owner == LimitOwner.OPERATOR else "info")

    @admin.display(description="What")
    def what(self, row: Limit) -> str:
        kind = row.get_kind_display()
        return f"{kind}, a {row.period}" if row.period else kind

    @admin.display(description="Amount")
    def amount_of(self, row: Limit) -> str:
        return amount_shown(row.amount, row.currency)

    @admin.display(description="State")
    def state(self, row: Limit) -> str:
        return tag("In force", "success") if row.ended_at is None else tag("Over")

    @admin.display(description="Since")
    def since(self, row: Limit) -> str:
        return instant(row.starts_at)

    @admin.display(description="Until")
    def ended(self, row: Limit) -> str:
        return instant(row.ended_at) if row.ended_at else "it stands"

    @admin.display(description="Set by")
    def set_by_whom(self, row: Limit) -> str:
        return actor_link(row.set_by)

    @admin.display(description="In the place of")
    def replaced_one(self, row: Limit) -> str:
        return record_link("limits.limit", row.replaces_id, f"no. {row.replaces_id}") if row.replaces_id else NOTHING

    @admin.display(description="Asked for by")
    def asked_for(self, row: Limit) -> str:
        if row.change_id is None:
            return NOTHING
        return record_link("limits.limitchange", row.change_id, f"request {row.change_id}")

    @admin.display(description="Reason")
    def reason_words(self, row: Limit) -> str:
        return row.reason or NOTHING

    def sections(self, request: HttpRequest, row: Limit) -> Sequence[Section]:
        usages = limits_in_force(player=row.player, now=utc_now()).usages
        changes = changes_of_player(row.player_id)[:MOST]
        before = limits_of_player(row.player_id).filter(kind=row.kind, period=row.period)[:MOST]
        return (
            Section(
                "Every limit of the player now", ("Whose", "What", "Amount", "Used", "Left", "Percent", "Until"),
                [_usage_row(usage, row.player.currency) for usage in usages], empty="None.",
                note="The strictest of a kind and period decides. Looser ones never help against a stricter one.",
            ),
            Section(
                "Requests of the player for looser limits", ("Request", "Limit", "To", "State", "In force from"),
                [
                    (
                        record_link("limits.limitchange", one.pk, f"no. {one.pk}"),
                        record_link("limits.limit", one.limit_id, f"no. {one.limit_id}"),
                        amount_words(one.limit, one.amount), change_tag(one), instant(one.effective_from),
                    )
                    for one in changes
                ],
                empty="None.", permission="limits.view_limitchange",
            ),
            Section(
                "This kind and period before", ("No.", "Whose", "Amount", "From", "Until", "Set by"),
                [
                    (
                        record_link("limits.limit", one.pk, f"no. {one.pk}"), one.get_owner_display(),
                        self.amount_of(one), self.since(one), self.ended(one), one.set_by,
                    )
                    for one in before
                ],
                empty="None.",
            ),
        )  # fmt: skip

    def has_set_operator_limit_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may set a limit of the house."""
        return self.may(request, SET, obj)

    def has_loosen_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may propose to loosen a limit of the house; a player's own nobody may."""
        if not self.may(request, PROPOSE, obj):
            return False
        row = obj if isinstance(obj, Limit) else self.get_object(request, str(obj)) if obj else None
        return row is None or (row.owner == LimitOwner.OPERATOR and row.ended_at is None)

    @action(description="Set an operator limit", url_path="set", icon="speed", permissions=["set_operator_limit"])
    def set_limit(self, request: HttpRequest) -> HttpResponse:
        """A first or stricter limit of the house, from now on."""
        words = (
            "It is in force for the very next bet or deposit, beside the player's own limits: the strictest decides."
            " Loosening it later takes two people. The player's own limits stay as they are."
        )

        def perform(form: OperatorLimitForm) -> str:
            data = form.cleaned_data
            limit = operator_limit_set(
                player_id=data["player"].pk, kind=data["kind"], period=data["period"], amount=data["amount"],
                reason=data["reason"], actor=staff_actor(request), now=utc_now(),
            )  # fmt: skip
            return f"{data['player']} has an operator limit: {amount_words(limit, limit.amount)} (no. {limit.pk})."

        form_class = type("OperatorLimitForm", (OperatorLimitForm,), {"reach": reach(request, SET)})
        question = Question("Set an operator limit?", words, "Set it")
        back = reverse("admin:limits_limit_changelist")
        return asked(self, request, question=lambda: question, form_class=form_class, perform=perform, back=back)

    @action(description="Propose to loosen it", url_path="loosen", icon="lock_open", permissions=["loosen"])
    def loosen(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """A looser amount, or none: somebody else decides."""

        def payload_of(row: Limit, form: LoosenForm) -> Payload:
            return loosening_payload(limit=row, amount=form.cleaned_data["amount"])

        return proposed(
            self, request, object_id, kind=LOOSEN, title=lambda row: f"Loosen limit {row.pk}?",
            explanation="The house's limit is loosened or ended once a second person agrees.", payload_of=payload_of,
            form_class=LoosenForm,
        )  # fmt: skip


def _usage_row(usage: Usage, currency: str) -> tuple[object, ...]:
    bound = usage.bound
    unit = "" if bound.kind == "session_time" else currency
    what = f"{bound.kind.replace('_', ' ')}, {f'a {bound.period}' if bound.period else 'each'}"
    return (
        record_link("limits.limit", bound.id, bound.owner) if bound.id else "policy",
        what, amount_shown(bound.amount, unit), amount_shown(usage.used, unit), amount_shown(usage.left, unit),
        f"{usage.percent} %", instant(usage.until),
    )  # fmt: skip
