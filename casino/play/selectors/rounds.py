"""Rounds as the back office reads them: a round's story, leg by leg."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from casino.play.models import Leg, Round
from wallet.selectors.entries import player_balances_after
from wallet.selectors.recorded_answers import answers_find, answers_of_calls

if TYPE_CHECKING:
    from wallet.models import RecordedAnswer

LEGS_SHOWN = 500


@dataclass(frozen=True, slots=True)
class LegStory:
    """One booked call of a round with what it left and what the provider was answered."""

    leg: Leg
    balance_after: Decimal | None
    answer: RecordedAnswer | None


def round_story(round_: Round) -> Sequence[LegStory]:
    """The first `LEGS_SHOWN` legs of a round in the order of booking."""
    rows = Leg.objects.filter(round=round_).select_related("related", "reversed_by").order_by("pk")
    legs = list(rows[:LEGS_SHOWN])
    balances = player_balances_after([leg.pk for leg in legs])
    answers = answers_of_calls((leg.provider_id, leg.provider_transaction_id) for leg in legs)
    return [
        LegStory(leg, balances.get(leg.pk), answers.get((leg.provider_id, leg.provider_transaction_id))) for leg in legs
    ]


def rounds_of_player(player_id: int) -> QuerySet[Round]:
    """A player's rounds, newest first."""
    return Round.objects.filter(player_id=player_id).select_related("game", "provider").order_by("-pk")


def legs_by_provider_transaction(*, provider_ids: Sequence[int], provider_transaction_id: str) -> list[UUID]:
    """Ids of the legs that a provider's transaction id booked; found through its recorded answer."""
    answers = answers_find(provider_ids=provider_ids, provider_transaction_id=provider_transaction_id)
    return [answer.transaction_id for answer in answers if answer.transaction_id is not None]
