"""Sending a player to the verification provider."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from compliance.kyc.enums import Level, Status
from compliance.kyc.errors import ProviderNotSet
from compliance.kyc.locks import state_lock
from compliance.kyc.models import KycState
from compliance.kyc.registry import provider_get
from compliance.kyc.services.provider_events import SUMSUB
from compliance.kyc.services.verification import verification_move
from compliance.kyc.types import Verdict
from players.models import Player


def verification_start(*, player: Player, actor: str, now: datetime) -> str:
    """A token with which the player's app opens the provider's check, at the level that is asked for.

    Both calls to the provider are made outside any transaction. Raises ProviderNotSet, ProviderUnavailable.
    """
    level_name = level_name_for(player.pk)
    provider = provider_get(SUMSUB)
    applicant = provider.applicant_create(player=player.public_id, level_name=level_name)
    token = provider.access_token(player=player.public_id, level_name=level_name)
    _started(player.pk, applicant, actor, now)
    return token


def level_name_for(player_id: int) -> str:
    """The provider's lowest level that proves what is asked of the player. Raises ProviderNotSet."""
    state = KycState.objects.filter(player_id=player_id).first()
    wanted = max(state.required if state else Level.NONE, Level.IDENTITY)
    fitting = sorted((number, name) for name, number in settings.SUMSUB_LEVELS.items() if number >= wanted)
    if not fitting:
        raise ProviderNotSet
    return str(fitting[0][1])


@transaction.atomic
def _started(player_id: int, applicant: str, actor: str, now: datetime) -> None:
    state = state_lock(player_id=player_id, now=now)
    state.provider, state.applicant = SUMSUB, applicant
    if state.status in {Status.OPEN, Status.RESUBMIT}:
        verdict = Verdict(status=Status.PENDING, reason="Sent to Sumsub")
        verification_move(state=state, verdict=verdict, actor=actor, now=now)
    else:
        state.save(update_fields=["provider", "applicant"])
