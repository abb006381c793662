"""A case with a step and an interaction of one player, for walks through every page."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db import transaction

from compliance.harm.enums import Channel
from compliance.harm.markers import scored
from compliance.harm.models import Assessment, Case
from compliance.harm.services.cases import case_follow
from compliance.harm.services.interactions import interaction_record
from compliance.harm.services.steps import steps_take
from compliance.harm.types import Figure
from compliance.policy.keys import PolicyKey
from compliance.policy.selectors.policies import policy_of
from players.models import Player


@transaction.atomic
def harm_of(player: Player, now: datetime) -> Case:
    """What a month of heavy losses makes of a player."""
    policy = policy_of(jurisdiction=player.jurisdiction, now=now)
    figures = {PolicyKey.HARM_LOST_30D: Figure(Decimal(9000)), PolicyKey.HARM_CONTACTS_90D: Figure(Decimal(1))}
    found = scored(figures, policy, settings.BASE_CURRENCY)
    assessment = Assessment.objects.create(
        player=player, jurisdiction=player.jurisdiction, at=now, evident_at=now, score=found.score, tier=found.tier,
        strong=found.strong, findings=[finding.as_json() for finding in found.findings],
    )  # fmt: skip
    case = case_follow(player=player, assessment=assessment, policy=policy, now=now)
    assert case is not None
    steps_take(case=case, assessment=assessment, before=None, policy=policy, now=now)
    interaction_record(
        case_id=case.pk, channel=Channel.PHONE, seen="lost 9,000 EUR in a month", done="spoke about limits",
        answer="will think about it", actor="staff:1", now=now,
    )  # fmt: skip
    return case
