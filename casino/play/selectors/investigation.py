"""Everything that is known of one round, loaded once: what the screen shows and the evidence pack holds.

Bounded: the first `LEGS_SHOWN` bookings and `CALLS_SHOWN` calls; `cut` says in words what was left out. Of its player
alone: where a provider mixes ids up, another player's calls and answers belong to that player's rounds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db.models import QuerySet

from casino.calls.models import ProviderCall
from casino.calls.selectors.calls import calls_of_round, token_exchange_of
from casino.games.selectors.game_terms import GameTermsThen, game_terms_at
from casino.play.models import GameSession, Leg, Round
from casino.play.selectors.rounds import LEGS_SHOWN, LegStory, round_story
from wallet.selectors.proof import Booked, bookings_of, seals_covering
from wallet.selectors.recorded_answers import answers_of_calls

if TYPE_CHECKING:
    from wallet.models import RecordedAnswer

CALLS_SHOWN: Final = 500


@dataclass(frozen=True, slots=True)
class Investigation:
    """A round with all that belongs to it; `terms` are its game's when it was opened.

    `answers` holds recorded answers by the provider's transaction id, `answer_seals` the seals of those that have one.
    """

    round: Round
    terms: GameTermsThen
    session: GameSession | None
    exchange: ProviderCall | None
    stories: Sequence[LegStory]
    calls: Sequence[ProviderCall]
    bookings: Mapping[UUID, Booked]
    answers: Mapping[str, RecordedAnswer]
    answer_seals: Mapping[str, int]
    cut: Sequence[str]


def round_investigate(round_: Round) -> Investigation:
    """Load a round's whole life."""
    stories = round_story(round_)
    cut: list[str] = []
    if len(stories) == LEGS_SHOWN and Leg.objects.filter(round=round_).order_by("pk")[LEGS_SHOWN:].exists():
        cut.append(f"The round has more than {LEGS_SHOWN} bookings: the first {LEGS_SHOWN} are here.")
    touching = _calls(round_, stories)
    own = touching.filter(player__in=("", round_.player.public_id))
    calls = list(own[: CALLS_SHOWN + 1])
    others = touching.exclude(player__in=("", round_.player.public_id))[:CALLS_SHOWN].count()
    if others:
        cut.append(f"{others} call{'s' if others != 1 else ''} with ids of this round named another player: left out.")
    if len(calls) > CALLS_SHOWN:
        cut.append(f"The call log has more than {CALLS_SHOWN} calls of this round: the first {CALLS_SHOWN} are here.")
    session = round_.session
    return _with_answers(
        round_, stories, calls[:CALLS_SHOWN], cut, session,
        token_exchange_of(provider_code=round_.provider.code, at=session.authenticated_at)
        if session is not None and session.authenticated_at is not None
        else None,
    )  # fmt: skip


def _calls(round_: Round, stories: Sequence[LegStory]) -> QuerySet[ProviderCall]:
    return calls_of_round(
        provider_code=round_.provider.code,
        player=round_.player.public_id,
        round_reference=round_.reference,
        transaction_ids=[story.leg.provider_transaction_id for story in stories],
    )


def _with_answers(
    round_: Round,
    stories: Sequence[LegStory],
    calls: Sequence[ProviderCall],
    cut: Sequence[str],
    session: GameSession | None,
    exchange: ProviderCall | None,
) -> Investigation:
    names = {story.leg.provider_transaction_id for story in stories}
    names |= {call.provider_transaction_id for call in calls if call.provider_transaction_id}
    names |= {call.original_transaction_id for call in calls if call.original_transaction_id}
    found = answers_of_calls((round_.provider_id, name) for name in sorted(names))
    answers = {
        name: answer for (_provider, name), answer in found.items() if answer.player_id in (None, round_.player_id)
    }
    seals = seals_covering(answer.commit_order for answer in answers.values())
    return Investigation(
        round=round_,
        terms=game_terms_at(game=round_.game, provider=round_.provider, moment=round_.opened_at),
        session=session,
        exchange=exchange,
        stories=stories,
        calls=calls,
        bookings=bookings_of(story.leg.pk for story in stories),
        answers=answers,
        answer_seals={
            name: seals[answer.commit_order] for name, answer in answers.items() if answer.commit_order in seals
        },
        cut=cut,
    )
