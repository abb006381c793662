from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import action

from casino.games.admin.stop_actions import StopsPlay
from casino.games.enums import StopScope
from common.backoffice.books import ListScreen
from common.backoffice.confirmed import Question, ReasonForm, confirmed, staff_actor
from common.backoffice.display import code, instant, tag
from common.backoffice.reach import BrandFilter, may
from common.backoffice.sections import Section
from common.clock import utc_now
from compliance.approval_kinds import UNBLOCK, unblock_payload
from compliance.approvals.admin.proposal import proposed
from compliance.approvals.admin.proposal_forms import ProposalForm
from compliance.approvals.types import Payload
from compliance.gate.admin.why import why_section
from players.accounts.admin.player_sections import account_sections
from players.accounts.admin.player_steps import AccountSteps
from players.admin.player_sections import accounts_section, restrictions_section
from players.enums import PlayerStatus
from players.models import Player
from players.personal.admin.player_steps import PersonalSteps, personal_section
from players.personal.admin.search import FindPlayerView
from players.reach import PLAYERS
from players.services.players import player_block, player_close
from reporting.overview.admin.player_page import player_page
from reporting.overview.admin.sight import sight_of

STATUS_VARIANT = {PlayerStatus.ACTIVE: "success", PlayerStatus.BLOCKED: "danger", PlayerStatus.CLOSED: ""}


@admin.register(Player)
class PlayerAdmin(StopsPlay, AccountSteps, PersonalSteps, ListScreen[Player]):
    """Players: found by public id or number. The status moves only by the actions, each with its reason."""

    scope = PLAYERS
    list_display = ("public_id_code", "nickname", "status_tag", "brand", "country", "currency", "test", "created")
    list_select_related = ("brand",)
    list_filter = (
        ("status", ChoicesDropdownFilter),
        ("brand", BrandFilter),
        ("currency", ChoicesDropdownFilter),
    )
    search_fields = ("public_id",)
    search_help_text = "Public id (pl_…) or number, exactly."
    when_empty = "No player yet. `manage.py demo` opens test players; the registration flow opens real ones."
    facts = (
        (None, (("public_id_code", "nickname"), ("status_tag", "brand"), ("created", "test"))),
        ("Residence and rules", (("country", "language"), ("jurisdiction", "currency"))),
    )
    readonly_fields = (
        "public_id_code",
        "nickname",
        "status_tag",
        "brand",
        "created",
        "test",
        "country",
        "language",
        "jurisdiction",
        "currency",
    )
    stop_scope = StopScope.PLAYER
    actions_detail = (
        "reveal_contact",
        "reveal_identity",
        "change_personal",
        "export_subject",
        "credit",
        "debit",
        "block",
        "unblock",
        "close_account",
        "stop_play",
        "resume_play",
    )

    @admin.display(description="Player")
    def public_id_code(self, player: Player) -> str:
        return code(player.public_id)

    @admin.display(description="Status")
    def status_tag(self, player: Player) -> str:
        return tag(player.get_status_display(), STATUS_VARIANT[PlayerStatus(player.status)])

    @admin.display(description="Money")
    def test(self, player: Player) -> str:
        return tag("Test", "info") if player.is_test else tag("Real")

    @admin.display(description="Opened")
    def created(self, player: Player) -> str:
        return instant(player.created_at)

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        by_number = queryset.filter(pk=int(term)) if term.isascii() and term.isdigit() and len(term) < 18 else None
        return by_number if by_number is not None else queryset.filter(public_id=term)

    def page_context(self, request: HttpRequest, row: Player) -> dict[str, Any]:
        """The player at a glance, and the account's facts below."""
        return super().page_context(request, row) | player_page(request, row)

    def sections(self, request: HttpRequest, row: Player) -> Sequence[Section]:
        sight = sight_of(request, row)
        may_place = may(request, "compliance.place_restriction", brand_id=row.brand_id, jurisdiction=row.jurisdiction)
        shown = [
            (sight.money, accounts_section(row)),
            (sight.restrictions, restrictions_section(row, utc_now(), may_place=may_place)),
        ]
        tables = [personal_section(row), *(section for allowed, section in shown if allowed)]
        if may(request, "gate.view_flag", brand_id=row.brand_id, jurisdiction=row.jurisdiction):
            tables.append(why_section(row, utc_now()))
        return [*tables, *account_sections(row)]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Players open their accounts themselves."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """No free editing: the status has its actions."""
        return False

    def has_block_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may block and unblock."""
        return self.may(request, "players.block_player", obj)

    def has_close_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may close."""
        return self.may(request, "players.close_player", obj)

    @action(description="Block", icon="block", permissions=["block"])
    def block(self, request: HttpRequest, object_id: str) -> HttpResponse:
        words = "Bets are refused from now on; rounds that are open can still be settled. You can unblock later."
        return self._decide(request, object_id, "Block", words, player_block, "blocked")

    @action(description="Unblock", icon="lock_open", permissions=["block"])
    def unblock(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def payload_of(player: Player, _form: ProposalForm) -> Payload:
            return unblock_payload(player=player)

        words = "Once somebody else approved it, the player may bet again, unless a restriction is in force."
        return proposed(
            self, request, object_id, kind=UNBLOCK, title=lambda player: f"Unblock {player.nickname}",
            explanation=words, payload_of=payload_of, form_class=ProposalForm,
        )  # fmt: skip

    @action(description="Close account", url_path="close", icon="person_off", permissions=["close"])
    def close_account(self, request: HttpRequest, object_id: str) -> HttpResponse:
        words = "The account ends for good: nobody can open it again. Its money, rounds and history stay."
        return self._decide(request, object_id, "Close", words, player_close, "closed")

    def has_credit_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may propose a credit."""
        return self.may(request, "wallet.propose_adjustment_credit", obj)

    def has_debit_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may propose a debit."""
        return self.may(request, "wallet.propose_adjustment_debit", obj)

    @action(description="Credit", icon="add_card", permissions=["credit"])
    def credit(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Leads to the proposal (compliance/approvals/admin/propose_adjustment.py)."""
        return HttpResponseRedirect(reverse("admin:approvals_approval_adjust", args=["credit", object_id]))

    @action(description="Debit", icon="credit_card_off", permissions=["debit"])
    def debit(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Leads to the proposal."""
        return HttpResponseRedirect(reverse("admin:approvals_approval_adjust", args=["debit", object_id]))

    def _decide(
        self,
        request: HttpRequest,
        object_id: str,
        verb: str,
        words: str,
        service: Callable[..., Player],
        result: str,
    ) -> HttpResponse:
        def question(player: Player) -> Question:
            return Question(f"{verb} {player.nickname}?", words, f"{verb} the account", dangerous=True)

        def perform(player: Player, form: ReasonForm) -> str:
            reason = form.cleaned_data["reason"]
            service(player_id=player.pk, actor=staff_actor(request), now=utc_now(), reason=reason)
            return f"{player.nickname} is {result}. Reason: {reason}"

        return confirmed(self, request, object_id, question=question, form_class=ReasonForm, perform=perform)

    def get_actions_detail(self, request: HttpRequest, object_id: str) -> list[Any]:
        """Only the steps that the present status allows."""
        player = self.get_object(request, object_id)
        fitting = {
            PlayerStatus.ACTIVE: {"block", "close_account"},
            PlayerStatus.BLOCKED: {"unblock", "close_account"},
        }.get(PlayerStatus(player.status) if player else PlayerStatus.CLOSED, set())
        fitting |= {"credit", "debit", "stop_play", "resume_play"}
        fitting |= {"reveal_contact", "reveal_identity", "change_personal", "export_subject"}
        found: list[Any] = super().get_actions_detail(request, object_id)
        return [item for item in found if item.action_name.removeprefix("players_player_") in fitting]

    def get_custom_urls(self) -> tuple[tuple[str, str, Any], ...]:
        return (("find/", "players_player_find", FindPlayerView.as_view(model_admin=self)),)
