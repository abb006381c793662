from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter

from casino.games.selectors.providers import provider_names
from casino.play.admin.timeline import answer_section
from casino.play.enums import LegKind
from casino.play.models import Leg, Round
from casino.play.selectors.rounds import legs_by_provider_transaction
from common.backoffice.books import BookScreen
from common.backoffice.display import NOTHING, code, instant, money, precise, record_link, tag
from common.backoffice.sections import Section
from common.backoffice.time_range import TimeRange
from common.scope import PLAYER

KIND_VARIANT = {LegKind.BET: "info", LegKind.WIN: "success", LegKind.ROLLBACK: "warning", LegKind.JACKPOT: "success"}
ROUNDS_OF_A_PLAYER = 500


@admin.register(Leg)
class LegAdmin(BookScreen[Leg]):
    """Every booked call of a provider, newest first. The id is what the provider received for it."""

    scope = PLAYER
    list_display = ("kind_tag", "provider_transaction", "player_link", "game", "amount", "reversed", "booked")
    list_select_related = ("player", "game", "round")
    list_filter = (("booked_at", TimeRange), ("kind", ChoicesDropdownFilter), ("provider", RelatedDropdownFilter))
    search_fields = ("provider_transaction_id",)
    search_help_text = "The provider's transaction id, our id, or a player's public id, exactly."
    when_empty = "No provider has booked a call yet. `manage.py simulate` plays some."
    facts = (
        (
            None,
            (
                ("kind_tag", "provider_transaction"),
                ("own_id", "round_link"),
                ("player_link", "session_link"),
                ("game", "provider"),
                ("booked_exactly", "reversed"),
            ),
        ),
        ("Money", (("real_part", "bonus_part"), ("pool_part", "rate"), ("transaction", "relation"))),
    )

    @admin.display(description="Call")
    def kind_tag(self, leg: Leg) -> str:
        return tag(LegKind(leg.kind).label, KIND_VARIANT[LegKind(leg.kind)])

    @admin.display(description="Provider's transaction id")
    def provider_transaction(self, leg: Leg) -> str:
        return code(leg.provider_transaction_id)

    @admin.display(description="Our id")
    def own_id(self, leg: Leg) -> str:
        return code(leg.pk)

    @admin.display(description="Player")
    def player_link(self, leg: Leg) -> str:
        return record_link("players.player", leg.player_id, leg.player)

    @admin.display(description="Session")
    def session_link(self, leg: Leg) -> str:
        return record_link("play.gamesession", leg.session_id, leg.session) if leg.session_id else NOTHING

    @admin.display(description="Round")
    def round_link(self, leg: Leg) -> str:
        return record_link("play.round", leg.round_id, leg.round) if leg.round_id else "no round"

    @admin.display(description="Amount")
    def amount(self, leg: Leg) -> str:
        return money(leg.real + leg.bonus, self._currency(leg))

    @admin.display(description="Real money")
    def real_part(self, leg: Leg) -> str:
        return money(leg.real, self._currency(leg))

    @admin.display(description="Bonus money")
    def bonus_part(self, leg: Leg) -> str:
        return money(leg.bonus, self._currency(leg))

    @admin.display(description="Share for the jackpot pool")
    def pool_part(self, leg: Leg) -> str:
        return money(leg.contribution, self._currency(leg))

    @admin.display(description="Exchange rate")
    def rate(self, leg: Leg) -> str:
        return record_link("wallet.fxrate", leg.fx_rate_id, leg.fx_rate) if leg.fx_rate_id else "none needed"

    @admin.display(description="Ledger transaction")
    def transaction(self, leg: Leg) -> str:
        if leg.real + leg.bonus == 0 and leg.kind in (LegKind.BET, LegKind.WIN):
            return "no money moved"
        return record_link("wallet.transaction", leg.pk, "Open")

    @admin.display(description="Belongs to")
    def relation(self, leg: Leg) -> str:
        return record_link("play.leg", leg.related_id, leg.related) if leg.related_id else NOTHING

    @admin.display(description="Reversed")
    def reversed(self, leg: Leg) -> str:
        if leg.reversed_by_id is None:
            return "no"
        return record_link("play.leg", leg.reversed_by_id, "rolled back")

    @admin.display(description="Booked")
    def booked(self, leg: Leg) -> str:
        return instant(leg.booked_at)

    @admin.display(description="Booked")
    def booked_exactly(self, leg: Leg) -> str:
        return precise(leg.booked_at)

    def _currency(self, leg: Leg) -> str:
        return leg.round.currency if leg.round is not None else leg.player.currency

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        try:
            return queryset.filter(pk=UUID(term))
        except ValueError:
            pass
        ids = legs_by_provider_transaction(provider_ids=list(provider_names()), provider_transaction_id=term)
        if ids:
            return queryset.filter(pk__in=ids)
        rounds = Round.objects.filter(player__public_id=term).order_by("-pk").values_list("pk", flat=True)
        return queryset.filter(round_id__in=list(rounds[:ROUNDS_OF_A_PLAYER]))

    def sections(self, request: HttpRequest, row: Leg) -> Sequence[Section]:
        return (answer_section(row),)
