"""What staff do with a player's account on the player's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from unfold.decorators import action

from casino.entrance.services.subject_export import subject_export, subject_export_begin
from common.backoffice.confirmed import Question, ReasonForm, confirmed, staff_actor
from common.clock import utc_now
from players.models import Player

if TYPE_CHECKING:
    from common.backoffice.books import ListScreen

    _Screen = ListScreen[Player]
else:
    _Screen = object


class AccountSteps(_Screen):
    """Adds to the screen of players; name the action in its `actions_detail`."""

    def has_export_subject_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may give a player everything about them."""
        return self.may(request, "players.export_subject_data", obj)

    @action(description="Export for the player", icon="download", permissions=["export_subject"])
    def export_subject(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def question(player: Player) -> Question:
            words = (
                "One JSON file with everything that is kept about the player, for the player alone. Nothing of"
                " suspicion is in it. That you made it is recorded."
            )
            return Question(f"Export the data of {player.nickname}", words, "Export")

        def perform(player: Player, form: ReasonForm) -> Any:
            now = utc_now()
            subject_export_begin(
                player_id=player.pk, actor=staff_actor(request), now=now, reason=form.cleaned_data["reason"]
            )
            answer = StreamingHttpResponse(subject_export(player=player, now=now), content_type="application/json")
            answer["Content-Disposition"] = f'attachment; filename="{player.public_id}.json"'
            return answer

        return confirmed(
            self, request, object_id, question=question, form_class=ReasonForm, perform=perform, step_up=True
        )
