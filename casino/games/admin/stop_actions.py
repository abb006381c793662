"""Stopping and resuming play on the pages of providers, games and players."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from unfold.decorators import action
from unfold.enums import ActionVariant

from casino.games.admin.stop_form import StopForm, impact_facts
from casino.games.enums import StopReason, StopScope
from casino.games.errors import StopEndedAlready
from casino.games.models import Stop
from casino.games.selectors.stops import stop_of
from casino.games.services.stops import stop_end, stop_place
from common.backoffice.confirmed import Question, ReasonForm, confirmed, staff_actor
from common.backoffice.display import instant
from common.backoffice.reach import reach
from common.clock import utc_now
from compliance.audit.admin.links import actor_link

if TYPE_CHECKING:
    from common.backoffice.books import ListScreen

    _Screen = ListScreen[Any]
else:
    _Screen = object

EXPLANATION = (
    "Bets and launches are refused from the very next one. Rounds that run are settled: wins, rollbacks and ends of"
    " rounds go through. You stop alone and at once; a colleague reviews it afterwards."
)


def resume_question(stop: Stop | None, name: str) -> Question:
    """What somebody should know before play is resumed."""
    words = "The next bet is accepted again, unless something else stands against it."
    told: list[tuple[str, object]] = []
    if stop is not None:
        told = [
            ("Stopped by", actor_link(stop.placed_by)),
            ("Because", stop.reason),
            ("Since", instant(stop.starts_at)),
        ]
    return Question(f"Resume play: {name}?", words, "Resume play now", facts=told)


class StopsPlay(_Screen):
    """Adds the kill switch to a screen; name `stop_play` and `resume_play` in its `actions_detail`."""

    stop_scope: StopScope

    @action(
        description="Stop play",
        url_path="stop-play",
        icon="dangerous",
        permissions=["stop"],
        variant=ActionVariant.DANGER,
    )
    def stop_play(self, request: HttpRequest, object_id: str) -> HttpResponse:
        now = utc_now()

        def question(row: Any) -> Question:
            facts = impact_facts(self.stop_scope, row.pk, now)
            return Question(f"Stop play of {row}?", EXPLANATION, "Stop play now", dangerous=True, facts=facts)

        def perform(row: Any, form: StopForm) -> str:
            data = form.cleaned_data
            stop_place(
                scope=self.stop_scope, target_id=row.pk, code=StopReason(data["code"]), reason=data["reason"],
                until=form.until(now), actor=staff_actor(request), now=now,
            )  # fmt: skip
            return f"Play of {row} is stopped. Reason: {data['reason']}"

        return confirmed(self, request, object_id, question=question, form_class=StopForm, perform=perform)

    @action(
        description="Resume play",
        url_path="resume-play",
        icon="play_circle",
        permissions=["resume"],
        variant=ActionVariant.SUCCESS,
    )
    def resume_play(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def stop_at(row: Any) -> Stop | None:
            return stop_of(scope=self.stop_scope, target_id=row.pk)

        def question(row: Any) -> Question:
            return resume_question(stop_at(row), f"{row}")

        def perform(row: Any, form: ReasonForm) -> str:
            stop, reason = stop_at(row), form.cleaned_data["reason"]
            if stop is None:
                raise StopEndedAlready
            stop_end(stop_id=stop.pk, reason=reason, actor=staff_actor(request), now=utc_now())
            return f"Play of {row} is resumed. Reason: {reason}"

        return confirmed(self, request, object_id, question=question, form_class=ReasonForm, perform=perform)

    def has_stop_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        """Who may stop play here: a player's is a right of its own."""
        right = "games.stop_player" if self.stop_scope is StopScope.PLAYER else "games.stop_play"
        return self._may_here(request, right, object_id)

    def has_resume_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        """Who may resume play here."""
        return self._may_here(request, "games.resume_play", object_id)

    def _may_here(self, request: HttpRequest, right: str, object_id: object) -> bool:
        """A provider and a game serve every brand: only people without limits stop them, and resume them."""
        return self.may(request, right, object_id) and (
            self.stop_scope is StopScope.PLAYER or reach(request, right).everything
        )

    def fitting_stop_action(self, object_id: str) -> str:
        """The one of the two that the present state allows."""
        known = object_id.isdigit() and stop_of(scope=self.stop_scope, target_id=int(object_id)) is not None
        return "resume_play" if known else "stop_play"

    def get_actions_detail(self, request: HttpRequest, object_id: str) -> list[Any]:
        found: list[Any] = super().get_actions_detail(request, object_id)  # type: ignore[misc]  # unfold's
        other = {"stop_play", "resume_play"} - {self.fitting_stop_action(str(object_id))}
        return [item for item in found if not item.action_name.endswith(tuple(other))]
