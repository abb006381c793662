from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter

from casino.calls.models import ProviderCall
from casino.games.selectors.providers import provider_names
from casino.play.admin.evidence import TakesEvidence
from casino.play.admin.find_round import FindRoundView
from casino.play.admin.open_rounds import OpenRoundsView
from casino.play.admin.round_sections import round_sections
from casino.play.admin.timeline import round_timeline
from casino.play.models import Leg, Round
from casino.play.selectors.investigation import round_investigate
from casino.play.selectors.rounds import legs_by_provider_transaction
from common.backoffice.books import BookScreen
from common.backoffice.display import NOTHING, age, instant, money, precise, record_link, tag
from common.backoffice.reach import permission_to_view
from common.backoffice.time_range import TimeRange
from common.clock import utc_now
from common.scope import PLAYER
from players.models import Player


@admin.register(Round)
class RoundAdmin(TakesEvidence, BookScreen[Round]):
    """Rounds of play, newest first; each page tells the round call by call."""

    scope = PLAYER
    list_display = ("reference", "player_link", "game", "state_tag", "stake", "win", "result", "opened")
    list_select_related = ("player", "game")
    list_filter = (("opened_at", TimeRange), ("state", ChoicesDropdownFilter), ("provider", RelatedDropdownFilter))
    search_fields = ("reference",)
    search_help_text = "The provider's round id or transaction id, or a player's public id, exactly."
    when_empty = "No round was played yet. `manage.py simulate` plays some."
    change_form_outer_after_template = "admin/play/round_timeline.html"
    actions_detail = ("evidence",)
    facts = (
        (
            None,
            (
                ("reference", "state_tag"),
                ("player_link", "session_link"),
                ("game_link", "provider"),
                ("opened_exactly", "closed_exactly"),
            ),
        ),
        (
            "Money",
            (("before", "after"), ("stake", "win"), ("result", "bets"), "rate"),
        ),
    )

    @admin.display(description="Player")
    def player_link(self, item: Round) -> str:
        return record_link("players.player", item.player_id, item.player)

    @admin.display(description="Session")
    def session_link(self, item: Round) -> str:
        return record_link("play.gamesession", item.session_id, item.session) if item.session_id else NOTHING

    @admin.display(description="Game")
    def game_link(self, item: Round) -> str:
        return record_link("games.game", item.game_id, item.game)

    @admin.display(description="State")
    def state_tag(self, item: Round) -> str:
        return tag("Open", "warning") if item.closed_at is None else tag("Closed", "success")

    @admin.display(description="Staked")
    def stake(self, item: Round) -> str:
        return money(item.staked, item.currency)

    @admin.display(description="Won")
    def win(self, item: Round) -> str:
        return money(item.won, item.currency)

    @admin.display(description="Player's result")
    def result(self, item: Round) -> str:
        return money(item.won - item.staked, item.currency)

    @admin.display(description="Balance before")
    def before(self, item: Round) -> str:
        return money(item.balance_before, item.currency)

    @admin.display(description="Balance after")
    def after(self, item: Round) -> str:
        return money(item.balance_after, item.currency)

    @admin.display(description="Bets and wins")
    def bets(self, item: Round) -> str:
        taken_back = f", {item.dead_bets} taken back" if item.dead_bets else ""
        return f"{item.live_bets} bet{'s' if item.live_bets != 1 else ''}{taken_back}; {item.live_wins} settled"

    @admin.display(description="Exchange rate")
    def rate(self, item: Round) -> str:
        return record_link("wallet.fxrate", item.fx_rate_id, item.fx_rate) if item.fx_rate_id else "none needed"

    @admin.display(description="Opened")
    def opened(self, item: Round) -> str:
        return instant(item.opened_at)

    @admin.display(description="Opened")
    def opened_exactly(self, item: Round) -> str:
        return precise(item.opened_at)

    @admin.display(description="Closed")
    def closed_exactly(self, item: Round) -> str:
        return precise(item.closed_at) if item.closed_at else "still open: only the provider ends it"

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        player_id = Player.objects.filter(public_id=term).values_list("pk", flat=True).first()
        if player_id is not None:
            return queryset.filter(player_id=player_id)
        providers = list(provider_names())
        by_reference = queryset.filter(provider_id__in=providers, reference=term)
        if by_reference.exists():
            return by_reference
        legs = legs_by_provider_transaction(provider_ids=providers, provider_transaction_id=term)
        rounds = Leg.objects.filter(pk__in=legs).values_list("round_id", flat=True)
        return queryset.filter(pk__in=[key for key in rounds if key is not None])

    def page_context(self, request: HttpRequest, row: Round) -> dict[str, Any]:
        now = utc_now()
        found = round_investigate(row)
        log = request.user.has_perm(permission_to_view(ProviderCall))
        moments = round_timeline(found, log=log)
        return super().page_context(request, row) | {
            "moments": moments,
            "cut": found.cut,
            "any_call": bool(found.calls),
            "may_read_calls": log,
            "open_for": age(row.opened_at, now) if row.closed_at is None else "",
            "balance_before": self.before(row),
            "balance_after": self.after(row),
            "sections": round_sections(found, now),
        }

    def get_custom_urls(self) -> tuple[tuple[str, str, Any], ...]:
        return (
            ("open/", "play_round_open", OpenRoundsView.as_view(model_admin=self)),
            ("investigate/", "play_round_find", FindRoundView.as_view(model_admin=self)),
        )
