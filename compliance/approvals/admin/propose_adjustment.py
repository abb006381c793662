"""Proposing a credit or debit: reached from the player's page."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from common.backoffice.confirmed import record_address
from common.backoffice.reach import may
from compliance.approvals.admin.proposal import proposal_page
from compliance.approvals.admin.proposal_forms import AdjustmentForm, adjustment_form
from compliance.approvals.kinds.adjustment import KINDS, adjustment_payload
from compliance.approvals.kinds.adjustment_reasons import CREDIT, REASONS
from compliance.approvals.types import Payload
from players.models import Player
from wallet.selectors.accounts import accounts_of_player

EXPLANATION = (
    "The money is booked between the player and the house's account of the reason, once somebody else approved it."
    " A credit repays what the player owes first; a debit beyond the balance becomes owed."
)


class ProposeAdjustmentView:
    """A view of the approvals' screen; a player out of the maker's reach does not exist."""

    def __init__(self, screen: ModelAdmin[Any]) -> None:
        self.screen = screen

    def __call__(
        self, request: HttpRequest, *, direction: str, player_id: int, model_admin: object = None
    ) -> HttpResponse:
        if direction not in KINDS:
            raise Http404("There is no such page.")
        permission = f"wallet.propose_{KINDS[direction]}"
        person: Any = request.user
        if not person.has_perm(permission):
            raise PermissionDenied
        player = Player.objects.filter(pk=player_id).first()
        if player is None or not may(request, permission, brand_id=player.brand_id, jurisdiction=player.jurisdiction):
            raise Http404("There is no such player.")
        owned = accounts_of_player(player.pk).values_list("currency", flat=True)
        form_class = adjustment_form(
            direction=direction,
            currencies=[player.currency, *sorted(set(owned) - {player.currency})],
            permissions={reason.permission for reason in REASONS.values() if person.has_perm(reason.permission)},
        )

        def payload_of(form: AdjustmentForm) -> Payload:
            data = form.cleaned_data
            return adjustment_payload(
                player=player, direction=direction, amount=data["amount"], currency=data["currency"],
                reason_code=data["reason_code"],
            )  # fmt: skip

        return proposal_page(
            self.screen,
            request,
            kind=KINDS[direction],
            title=f"Credit {player}" if direction == CREDIT else f"Debit {player}",
            explanation=EXPLANATION,
            payload_of=payload_of,
            form_class=form_class,
            back=record_address(player),
        )
