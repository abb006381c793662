"""The player asks for a person where a step was taken automatically (GDPR-06), over the API."""

from __future__ import annotations

from datetime import timedelta

import pytest

from common.clock import utc_now
from compliance.harm.models import Assessment, Case, Step
from players.models import Player
from tests.accounts.cast import Caller

pytestmark = pytest.mark.django_db


def step_make(player: Player) -> Case:
    """A case with a step that nobody looked at."""
    now = utc_now()
    later = now + timedelta(hours=1)
    seen = Assessment.objects.create(
        player_id=player.pk, jurisdiction="MT", at=now, evident_at=now, score=40, tier="medium", strong=True,
        findings=[],
    )  # fmt: skip
    case = Case.objects.create(
        player=player, tier="medium", rank=2, score=40, assessment=seen, opened_at=now, due_at=later
    )
    Step.objects.create(
        case=case, assessment=seen, kind="risk_harm", flag_id=1, evident_at=now, due_at=later,
        taken_at=now,
    )  # fmt: skip
    return case


def test_a_player_asks_that_a_person_looks_at_what_was_done(alice: Caller) -> None:
    case = step_make(Player.objects.get())
    assert alice.post("protection/review", {"reason": "I can afford this."}).status_code == 204
    case.refresh_from_db()
    assert case.review_words == "I can afford this."
    assert alice.post("protection/review", {"reason": "Once more."}).status_code == 204


@pytest.mark.parametrize("body", [{}, {"reason": ""}, {"reason": "x" * 1001}, {"reason": {"a": 1}}, {"why": "x"}])
def test_a_wish_without_words_is_refused_and_nothing_is_kept(alice: Caller, body: dict[str, object]) -> None:
    case = step_make(Player.objects.get())
    assert alice.post("protection/review", body).json()["error"]["code"] == "invalid_request"
    case.refresh_from_db()
    assert case.review_asked_at is None


def test_where_nothing_was_decided_nothing_is_reviewed_and_nobody_else_may_ask(alice: Caller) -> None:
    refused = alice.post("protection/review", {"reason": "Why?"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "nothing_to_review")
    assert Caller().post("protection/review", {"reason": "Why?"}).status_code == 401
