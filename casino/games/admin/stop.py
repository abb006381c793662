from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter
from unfold.decorators import action
from unfold.enums import ActionVariant

from casino.games.admin.stop_actions import EXPLANATION, resume_question
from casino.games.admin.stop_form import ReviewForm, StopForm, impact_facts
from casino.games.enums import StopReason, StopScope
from casino.games.models import Stop, StopReview
from casino.games.selectors.stops import MOST_SHOWN, stops_in_force, stops_not_reviewed
from casino.games.services.stops import stop_end, stop_place, stop_review
from common.backoffice.books import BookScreen
from common.backoffice.confirmed import Question, ReasonForm, asked, confirmed, staff_actor
from common.backoffice.display import NOTHING, age, instant, record_link, tag
from common.backoffice.reach import reach
from common.backoffice.sections import Section
from common.clock import utc_now
from common.scope import Row, Scope, Scoping
from compliance.audit.admin.links import actor_link


class StopsOfTheHouse(Scoping):
    """Stops of players within the person's reach; what stops a whole game concerns every brand."""

    def narrow(self, rows: QuerySet[Row], scope: Scope) -> QuerySet[Row]:
        return super().narrow(rows, scope) | rows.filter(player__isnull=True)


class OfState(DropdownFilter):
    """In force, or waiting for somebody's review."""

    title = "state"
    parameter_name = "state"
    indexed = True

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("live", "In force"), ("unreviewed", "Not yet reviewed")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "live":
            return queryset.filter(ended_at__isnull=True)
        return queryset.filter(review__isnull=True) if self.value() == "unreviewed" else queryset


@admin.register(Stop)
class StopAdmin(BookScreen[Stop]):
    """The kill switches: what is stopped now, and every stop that ever was."""

    scope = StopsOfTheHouse(brand="player__brand_id", jurisdiction="player__jurisdiction")
    list_display = ("number", "target", "reason_tag", "state", "since", "ended", "placed_by_whom", "reviewed")
    list_select_related = ("provider", "game__provider", "player", "review")
    list_filter = (OfState, ("scope", ChoicesDropdownFilter), ("reason_code", ChoicesDropdownFilter))
    list_before_template = "admin/games/house_state.html"
    search_fields = ("player__public_id",)
    search_help_text = "A stopped player's public id, a game's or a provider's code, exactly."
    when_empty = "Nothing was ever stopped. Stop everything above, or one provider, game or player on its own page."
    facts = (
        (None, (("target", "state"), ("reason_tag", "placed_by_whom"), "words")),
        ("Time", (("since", "planned_end"), ("ended", "ended_by_whom"), "end_words")),
    )
    actions_detail = ("resume", "write_review")

    def find(self, queryset: QuerySet[Stop], term: str) -> QuerySet[Stop]:
        return queryset.filter(Q(player__public_id=term) | Q(game__code=term) | Q(provider__code=term))

    @admin.display(description="No.")
    def number(self, stop: Stop) -> str:
        return f"{stop.pk}"

    @admin.display(description="Stopped")
    def target(self, stop: Stop) -> str:
        return stop_target(stop)

    @admin.display(description="Reason")
    def reason_tag(self, stop: Stop) -> str:
        return tag(stop.get_reason_code_display(), "danger" if stop.ended_at is None else "")

    @admin.display(description="In words")
    def words(self, stop: Stop) -> str:
        return stop.reason

    @admin.display(description="State")
    def state(self, stop: Stop) -> str:
        return tag("In force", "danger") if stop.ended_at is None else tag("Resumed", "success")

    @admin.display(description="Placed by")
    def placed_by_whom(self, stop: Stop) -> str:
        return actor_link(stop.placed_by)

    @admin.display(description="Since")
    def since(self, stop: Stop) -> str:
        return instant(stop.starts_at)

    @admin.display(description="Planned end")
    def planned_end(self, stop: Stop) -> str:
        return instant(stop.until) if stop.until else "until somebody resumes it"

    @admin.display(description="Resumed")
    def ended(self, stop: Stop) -> str:
        return instant(stop.ended_at)

    @admin.display(description="Resumed by")
    def ended_by_whom(self, stop: Stop) -> str:
        return actor_link(stop.ended_by) if stop.ended_by else NOTHING

    @admin.display(description="Why it was resumed")
    def end_words(self, stop: Stop) -> str:
        return stop.end_reason or NOTHING

    @admin.display(description="Reviewed")
    def reviewed(self, stop: Stop) -> str:
        review = _review_of(stop)
        if review is None:
            return tag("Not yet", "warning")
        return tag("Was right", "success") if review.justified else tag("Was wrong", "danger")

    def sections(self, request: HttpRequest, row: Stop) -> Sequence[Section]:
        review = _review_of(row)
        rows = [] if review is None else [
            (self.reviewed(row), review.note, actor_link(review.reviewed_by), instant(review.reviewed_at))
        ]  # fmt: skip
        empty = "Nobody has reviewed this stop yet. Somebody who did not place it does, with the button above."
        return (Section("Review", ("Verdict", "Note", "By", "When"), rows, empty=empty),)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        now = utc_now()
        found = list(self.get_queryset(request).filter(pk__in=stops_in_force())[: MOST_SHOWN + 1])
        found.sort(key=lambda stop: StopScope.values.index(stop.scope))
        state = {
            "house_stops": [
                (stop, stop_target(stop), age(stop.starts_at, now), actor_link(stop.placed_by))
                for stop in found[:MOST_SHOWN]
            ],
            "more_stops": len(found) > MOST_SHOWN,
            "all_stopped": any(stop.scope == StopScope.ALL for stop in found),
            "may_stop_all": reach(request, "games.stop_all").everything,
            "unreviewed": stops_not_reviewed().filter(pk__in=self.get_queryset(request))[:MOST_SHOWN].count(),
        }
        return super().changelist_view(request, (extra_context or {}) | state)

    def get_custom_urls(self) -> tuple[tuple[str, str, Any], ...]:
        return (("stop-all/", "games_stop_all", self.stop_all),)

    def stop_all(self, request: HttpRequest, model_admin: object = None) -> HttpResponse:
        """The page that stops the whole house; its button stands in the panel above the list."""
        if not reach(request, "games.stop_all").everything:
            raise PermissionDenied
        now = utc_now()

        def question() -> Question:
            words = f"Every game of every provider, for every player. {EXPLANATION}"
            facts = impact_facts(StopScope.ALL, None, now)
            return Question("Stop all gaming?", words, "Stop all gaming now", dangerous=True, facts=facts)

        def perform(form: StopForm) -> str:
            data = form.cleaned_data
            stop_place(
                scope=StopScope.ALL, target_id=None, code=StopReason(data["code"]), reason=data["reason"],
                until=form.until(now), actor=staff_actor(request), now=now,
            )  # fmt: skip
            return f"All gaming is stopped. Reason: {data['reason']}"

        back = reverse("admin:games_stop_changelist")
        return asked(self, request, question=question, form_class=StopForm, perform=perform, back=back)

    @action(
        description="Resume play",
        url_path="resume",
        icon="play_circle",
        permissions=["resume"],
        variant=ActionVariant.SUCCESS,
    )
    def resume(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def question(stop: Stop) -> Question:
            return resume_question(stop, stop_name(stop))

        def perform(stop: Stop, form: ReasonForm) -> str:
            reason = form.cleaned_data["reason"]
            stop_end(stop_id=stop.pk, reason=reason, actor=staff_actor(request), now=utc_now())
            return f"Play is resumed: {stop_name(stop)}. Reason: {reason}"

        return confirmed(self, request, object_id, question=question, form_class=ReasonForm, perform=perform)

    @action(description="Review", url_path="review", icon="rate_review", permissions=["review"])
    def write_review(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def question(stop: Stop) -> Question:
            words = "One person stopped play alone. Say whether it was right; the verdict stays with the stop."
            return Question(f"Review the stop: {stop_name(stop)}", words, "Write the review")

        def perform(stop: Stop, form: ReviewForm) -> str:
            data = form.cleaned_data
            stop_review(
                stop_id=stop.pk, justified=data["verdict"] == "right", note=data["note"],
                actor=staff_actor(request), now=utc_now(),
            )  # fmt: skip
            return "The review is written."

        return confirmed(self, request, object_id, question=question, form_class=ReviewForm, perform=perform)

    def has_resume_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        """Who may resume play; what is stopped for every brand, people without limits alone."""
        stop = self.get_object(request, str(object_id)) if object_id else None
        whole_house = stop is not None and stop.player_id is None
        return self.may(request, "games.resume_play", object_id) and (
            not whole_house or reach(request, "games.resume_play").everything
        )

    def has_review_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        """Who may review a stop afterwards."""
        return self.may(request, "games.review_stop", object_id)

    def get_actions_detail(self, request: HttpRequest, object_id: str) -> list[Any]:
        """Only the steps that are left."""
        stop = self.get_object(request, object_id)
        found: list[Any] = super().get_actions_detail(request, object_id)  # type: ignore[misc]  # unfold's
        left = {
            "games_stop_resume": stop is not None and stop.ended_at is None,
            "games_stop_write_review": stop is not None and _review_of(stop) is None,
        }
        return [item for item in found if left.get(item.action_name, True)]


def stop_name(stop: Stop) -> str:
    """What is stopped, as text."""
    named = {"provider": stop.provider, "game": stop.game, "player": stop.player}.get(stop.scope)
    return "all gaming" if named is None else f"{stop.get_scope_display().removeprefix('A ')} {named}"


def stop_target(stop: Stop) -> str:
    """What is stopped, as a link to its page."""
    if stop.scope == StopScope.ALL:
        return tag("All gaming", "danger")
    key = {"provider": stop.provider_id, "game": stop.game_id, "player": stop.player_id}[stop.scope]
    model = "players.player" if stop.scope == StopScope.PLAYER else f"games.{stop.scope}"
    return record_link(model, key, stop_name(stop))


def _review_of(stop: Stop) -> StopReview | None:
    found: StopReview | None = getattr(stop, "review", None)
    return found
