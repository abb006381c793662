"""SQL that breaks each promise of safer gambling (tests/wallet/guards), on the rows of `harm_of_the_story`."""

from __future__ import annotations

from typing import Any

from common.clock import utc_now
from compliance.harm.enums import ReviewOutcome, Tier
from compliance.harm.models import Flow, Interaction, PlayDay, Step
from compliance.harm.services.cases import case_close, case_override
from compliance.harm.services.steps import step_review
from players.models import Player
from tests.harm.house import harm_of

_CASE = (
    "INSERT INTO harm_case (player_id, state, tier, rank, score, assessment_id, opened_at, due_at, review_words,"
    " closed_by, outcome) SELECT %(player)s, 'open', 'high', 3, 1, assessment_id, opened_at, due_at, '', '', ''"
    " FROM harm_case WHERE id = %(harm_case)s"
)
_INTERACTION = (
    "INSERT INTO harm_interaction (case_id, player_id, at, by, channel, seen, done, answer, score)"
    " VALUES (%(harm_case)s, %(player)s, now(), 'staff:1', '{channel}', '{seen}', '{done}', '', 1)"
)
_ASSESSMENT = (
    "INSERT INTO harm_assessment (player_id, jurisdiction, at, evident_at, score, tier, strong, findings)"
    " VALUES (%(player)s, 'MT', now(), now(), {score}, '{tier}', false, '[]')"
)
_OVERRIDE = (
    "INSERT INTO harm_override (case_id, before, tier, reason, by, at)"
    " VALUES (%(harm_case)s, 'low', '{tier}', '{reason}', '{by}', now())"
)
_STEP = (
    "INSERT INTO harm_step (case_id, assessment_id, kind, flag_id, evident_at, due_at, taken_at, reviewed_by, review,"
    " review_words) SELECT id, assessment_id, 'risk_harm', 1, now(), {due}, now(), '', '', '' FROM harm_case LIMIT 1"
)

BY_ANYBODY: dict[str, list[str]] = {
    "harm_tier_known": [_ASSESSMENT.format(score=1, tier="huge")],
    "harm_score_not_negative": [_ASSESSMENT.format(score=-1, tier="low")],
    "harm_case_tier_known": ["UPDATE harm_case SET tier = 'huge' WHERE id = %(harm_case)s"],
    "harm_case_closed_with_an_outcome": [
        "UPDATE harm_case SET state = 'asleep' WHERE id = %(harm_case)s",
        "UPDATE harm_case SET state = 'closed' WHERE id = %(harm_case)s",
        "UPDATE harm_case SET state = 'closed', closed_at = now(), closed_by = 'staff:1' WHERE id = %(harm_case)s",
        "UPDATE harm_case SET closed_at = now() WHERE id = %(harm_case)s",
    ],
    "harm_case_due_after_it_opened": ["UPDATE harm_case SET due_at = opened_at WHERE id = %(harm_case)s"],
    "one_open_harm_case_per_player": [_CASE],
    "interaction_says_what_was_seen_and_done": [
        _INTERACTION.format(channel="phone", seen="", done="x"),
        _INTERACTION.format(channel="phone", seen="x", done=""),
    ],
    "interaction_channel_known": [_INTERACTION.format(channel="pigeon", seen="x", done="x")],
    "interaction_is_measured_once": ["UPDATE harm_interaction SET after_7 = '{}'"],
    "override_tells_its_reason": [
        _OVERRIDE.format(tier="high", reason="", by="staff:1"),
        _OVERRIDE.format(tier="high", reason="x", by=""),
    ],
    "override_tier_known": [_OVERRIDE.format(tier="huge", reason="x", by="staff:1")],
    "harm_step_reviewed_with_words": [
        "UPDATE harm_step SET review = 'upheld'",
        "UPDATE harm_step SET reviewed_at = now(), review = 'upheld', reviewed_by = 'staff:1'",
        "UPDATE harm_step SET reviewed_at = now(), review = 'maybe', reviewed_by = 'staff:1', review_words = 'x'",
    ],
    "harm_step_due_after_it_was_evident": [_STEP.format(due="now()")],
    "step_is_reviewed_once": ["UPDATE harm_step SET review_words = 'y' WHERE reviewed_at IS NOT NULL"],
    "harm_case_is_closed_for_good": ["UPDATE harm_case SET outcome = 'y' WHERE state = 'closed'"],
    "one_play_day_per_player": [
        "INSERT INTO harm_playday (player_id, day, bets, night_bets, staked, won, largest_stake, played_ms,"
        " longest_run_ms) SELECT player_id, day, 0, 0, 0, 0, 0, 0, 0 FROM harm_playday"
    ],
    "flow_kind_known": [
        "INSERT INTO harm_flow (player_id, kind, booked_at, base, after_loss) VALUES (1, 'gift', now(), 1, false)"
    ],
}
BY_OWNER: dict[str, list[str]] = {
    "assessments_are_never_edited": ["UPDATE harm_assessment SET score = 0", "DELETE FROM harm_assessment"],
    "overrides_are_never_edited": ["UPDATE harm_override SET reason = 'y'", "DELETE FROM harm_override"],
    "interactions_are_kept_for_ever": ["DELETE FROM harm_interaction"],
    "interaction_keeps_its_content": [
        "UPDATE harm_interaction SET seen = 'y'",
        "UPDATE harm_interaction SET by = 'staff:9'",
    ],
    "steps_are_kept_for_ever": ["DELETE FROM harm_step"],
    "step_keeps_its_content": ["UPDATE harm_step SET taken_at = now()", "UPDATE harm_step SET kind = 'x'"],
    "harm_cases_are_kept_for_ever": ["DELETE FROM harm_case"],
}


def harm_of_the_story(player_id: int, other_id: int) -> dict[str, Any]:
    """An open case, and a closed one of another player whose step was reviewed and whose interaction was measured."""
    now = utc_now()
    case = harm_of(Player.objects.get(pk=player_id), now)
    case_override(case_id=case.pk, tier=Tier.LOW, reason="x", actor="staff:1", now=now)
    ended = harm_of(Player.objects.get(pk=other_id), now)
    step = Step.objects.get(case=ended)
    step_review(step_id=step.pk, outcome=ReviewOutcome.UPHELD, words="x", actor="staff:1", now=now)
    case_close(case_id=ended.pk, outcome="x", actor="staff:1", now=now)
    Interaction.objects.filter(case=ended).update(after_7={"days": 7}, after_30={"days": 30})
    PlayDay.objects.create(player_id=player_id, day=now.date())
    Flow.objects.create(player_id=player_id, kind="deposit", booked_at=now, base=1)
    return {"harm_case": case.pk}
