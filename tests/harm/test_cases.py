"""A queue ordered by level with its time to act; steps at once at strong markers; a person reviews each (UK-16)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from compliance.audit.models import AuditEvent
from compliance.gate.ask import gate_ask
from compliance.gate.enums import Touchpoint
from compliance.gate.models import Flag
from compliance.gate.services.flags import flag_lift
from compliance.harm.admin.case import CaseAdmin
from compliance.harm.enums import Channel, ReviewOutcome, Tier
from compliance.harm.errors import (
    CaseClosed,
    CaseNeedsInteraction,
    NothingToReview,
    ReviewedAlready,
    ReviewWaits,
    TierUnchanged,
    WordsMissing,
)
from compliance.harm.models import Assessment, Case, Step
from compliance.harm.services.assessments import player_assess
from compliance.harm.services.cases import case_close, case_override, review_ask
from compliance.harm.services.interactions import effects_count, interaction_record, sums_purge
from compliance.harm.services.steps import step_review
from players.models import Player
from players.notes.enums import NoteKind
from players.notes.services.notes import note_add
from tests.harm.cast import NOW, alice_make, bet, case_of, deposit, latest, look
from tests.policy.cast import policy_row_make

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
CAROL = "staff:7"


def _loses(player: Player, amount: str) -> None:
    deposit(player, amount, NOW - 3 * HOUR)
    bet(player, amount, NOW - 2 * MINUTE)


def _strong() -> Player:
    """Alice lost 6,000 EUR today."""
    alice = alice_make()
    _loses(alice, "6000")
    look()
    return alice


def _spoken(case: Case) -> None:
    interaction_record(
        case_id=case.pk, channel=Channel.PHONE, seen="lost 6,000 EUR", done="told about limits", answer="thanks",
        actor=CAROL, now=NOW,
    )  # fmt: skip


def test_a_strong_marker_stops_bonuses_and_marketing_at_once_and_leaves_withdrawal_open() -> None:
    alice = _strong()
    step = Step.objects.get(case=case_of(alice))
    assert (step.kind, step.in_time) == ("risk_harm", True)
    assert step.taken_at - step.evident_at <= HOUR
    assert Flag.objects.get(pk=step.flag_id).placed_by == "system:harm"
    asked = {
        point: gate_ask(player_id=alice.pk, touchpoint=point, now=NOW).allowed
        for point in (Touchpoint.BONUS, Touchpoint.MARKETING, Touchpoint.WITHDRAWAL)
    }
    assert not asked[Touchpoint.BONUS]
    assert not asked[Touchpoint.MARKETING]
    reasons = gate_ask(player_id=alice.pk, touchpoint=Touchpoint.WITHDRAWAL, now=NOW).reasons
    assert "risk_flagged" not in {reason.code for reason in reasons}
    assert AuditEvent.objects.filter(name="compliance:harm_step:taken", player_id=alice.pk).exists()


def test_the_highest_level_stops_deposits_as_well() -> None:
    alice = alice_make()
    for _note in range(3):
        note_add(player_id=alice.pk, kind=NoteKind.RESPONSIBLE_GAMING, body="x", pinned=False, actor=CAROL, now=NOW)
    _loses(alice, "6000")
    look(NOW + MINUTE)
    assert latest(alice).tier == Tier.SEVERE
    assert set(case_of(alice).steps.values_list("kind", flat=True)) == {"risk_harm", "deposit_blocked"}
    assert not gate_ask(player_id=alice.pk, touchpoint=Touchpoint.DEPOSIT, now=NOW + MINUTE).allowed


def test_what_follows_is_a_dated_row_too() -> None:
    steps = {"case_from": "low", "strong": ["risk_harm", "bet_blocked"], "severe": ["risk_harm"]}
    policy_row_make("MT", "harm.steps", steps, NOW - HOUR, now=NOW - DAY)
    alice = _strong()
    assert set(case_of(alice).steps.values_list("kind", flat=True)) == {"risk_harm", "bet_blocked"}


def test_a_step_that_comes_later_than_the_policy_wants_is_told() -> None:
    alice = alice_make()
    _loses(alice, "6000")
    look(NOW + 2 * HOUR)
    assert not Step.objects.get(case=case_of(alice)).in_time
    assert AuditEvent.objects.filter(name="compliance:harm_step:late").exists()


def test_a_block_that_people_lifted_comes_back_only_with_something_new() -> None:
    alice = _strong()
    flag = Flag.objects.get(player=alice)
    flag_lift(flag_id=flag.pk, reason="reviewed", actor=CAROL, now=NOW)
    bet_more = NOW + MINUTE
    deposit(alice, "50", bet_more)
    bet(alice, "50", bet_more)
    look(NOW + 2 * MINUTE)
    assert Flag.objects.filter(player=alice).count() == 1
    deposit(alice, "10000", NOW + 3 * MINUTE)  # another marker becomes strong
    look(NOW + 4 * MINUTE)
    assert Flag.objects.filter(player=alice).count() == 2


def test_nothing_is_placed_twice_however_often_the_job_runs() -> None:
    alice = _strong()
    look()
    look(NOW + MINUTE)
    assert Flag.objects.filter(player=alice).count() == 1
    assert Case.objects.filter(player=alice).count() == 1
    assert Assessment.objects.filter(player=alice).count() == 1


def test_a_player_whom_another_process_looks_at_is_left_to_it(owner_connection: psycopg.Connection[Any]) -> None:
    alice = _strong()
    with owner_connection.transaction():
        owner_connection.execute("SELECT 1 FROM harm_watched WHERE player_id = %s FOR UPDATE", [alice.pk])
        assert player_assess(player_id=alice.pk, now=NOW) is False
    assert player_assess(player_id=alice.pk, now=NOW) is True


def test_the_queue_is_ordered_by_level_then_by_what_is_due_first() -> None:
    names = {"Alice": "6000", "Bob": "30000", "Dora": "5000"}
    players = {name: alice_make(name) for name in names}
    for name, amount in names.items():
        _loses(players[name], amount)
    look()
    found = list(Case.objects.order_by(*CaseAdmin.ordering).values_list("player__nickname", "tier"))
    assert found[0] == ("Bob", "high")
    assert [tier for _name, tier in found] == ["high", "medium", "medium"]
    case = case_of(players["Bob"])
    assert case.due_at - case.opened_at == 24 * HOUR
    assert case_of(players["Alice"]).due_at - case.opened_at == 72 * HOUR


def test_a_case_rises_by_itself_and_never_falls_by_itself() -> None:
    alice = _strong()  # the worked example of docs/safer-gambling.md
    assert (case_of(alice).tier, case_of(alice).score) == (Tier.MEDIUM, 40)
    deposit(alice, "12000", NOW)
    look(NOW + MINUTE)
    assert (case_of(alice).tier, case_of(alice).score) == (Tier.HIGH, 50)
    look(NOW + 60 * DAY)
    assert latest(alice).score == 0
    assert case_of(alice).tier == Tier.HIGH
    assert case_of(alice).score == 0


def test_a_level_set_by_hand_has_its_reason_lifts_nothing_and_stands_until_it_gets_worse() -> None:
    alice = _strong()
    case = case_of(alice)
    with pytest.raises(WordsMissing):
        case_override(case_id=case.pk, tier=Tier.LOW, reason=" ", actor=CAROL, now=NOW)
    with pytest.raises(TierUnchanged):
        case_override(case_id=case.pk, tier=Tier.MEDIUM, reason="x", actor=CAROL, now=NOW)
    case_override(case_id=case.pk, tier=Tier.LOW, reason="plays for a living", actor=CAROL, now=NOW)
    deposit(alice, "10", NOW)
    look(NOW + MINUTE)
    assert case_of(alice).tier == Tier.LOW
    assert Flag.objects.get(player=alice).ends_at is None
    deposit(alice, "12000", NOW + MINUTE)
    look(NOW + 2 * MINUTE)
    assert case_of(alice).tier == Tier.HIGH
    told = AuditEvent.objects.get(name="compliance:harm_tier:overridden")
    assert told.reason == "plays for a living"


def test_a_case_is_closed_once_looked_after_and_its_steps_were_reviewed_by_a_person() -> None:
    alice = _strong()
    case = case_of(alice)
    with pytest.raises(CaseNeedsInteraction):
        case_close(case_id=case.pk, outcome="fine", actor=CAROL, now=NOW)
    _spoken(case)
    with pytest.raises(ReviewWaits):
        case_close(case_id=case.pk, outcome="fine", actor=CAROL, now=NOW)
    step = Step.objects.get(case=case)
    with pytest.raises(WordsMissing):
        step_review(step_id=step.pk, outcome=ReviewOutcome.UPHELD, words="", actor=CAROL, now=NOW)
    step_review(step_id=step.pk, outcome=ReviewOutcome.UPHELD, words="right", actor=CAROL, now=NOW)
    with pytest.raises(ReviewedAlready):
        step_review(step_id=step.pk, outcome=ReviewOutcome.TO_BE_LIFTED, words="no", actor=CAROL, now=NOW)
    with pytest.raises(WordsMissing):
        case_close(case_id=case.pk, outcome="", actor=CAROL, now=NOW)
    case_close(case_id=case.pk, outcome="set a limit", actor=CAROL, now=NOW)
    assert Flag.objects.get(player=alice).ends_at is None
    with pytest.raises(CaseClosed):
        _spoken(case)
    deposit(alice, "12000", NOW)
    look(NOW + MINUTE)
    assert case_of(alice).pk != case.pk


def test_the_player_may_ask_that_a_person_looks_at_it() -> None:
    alice = _strong()
    due = case_of(alice).due_at
    case = review_ask(player_id=alice.pk, words="This is wrong.", actor=f"player:{alice.pk}", now=NOW)
    assert case.review_asked_at == NOW
    assert case.due_at < due
    again = review_ask(player_id=alice.pk, words="Still.", actor=f"player:{alice.pk}", now=NOW + MINUTE)
    assert (again.review_asked_at, again.review_words) == (NOW, "This is wrong.")
    with pytest.raises(NothingToReview):
        review_ask(player_id=alice_make("Bob").pk, words="Why?", actor="player:2", now=NOW)


def test_what_a_person_looked_at_is_not_asked_about_again() -> None:
    alice = _strong()
    for step in Step.objects.filter(case=case_of(alice)):
        step_review(step_id=step.pk, outcome=ReviewOutcome.UPHELD, words="right", actor=CAROL, now=NOW)
    with pytest.raises(NothingToReview):
        review_ask(player_id=alice.pk, words="Why?", actor=f"player:{alice.pk}", now=NOW)


def test_what_changed_after_seven_and_thirty_days_is_counted_once_by_the_job() -> None:
    alice = _strong()
    case = case_of(alice)
    _spoken(case)
    row = case.interactions.get()
    deposit(alice, "100", NOW + 2 * DAY)
    bet(alice, "40", NOW + 2 * DAY + MINUTE)
    deposit(alice, "500", NOW + 20 * DAY)
    bet(alice, "300", NOW + 20 * DAY + MINUTE)
    look(NOW + 21 * DAY)
    assert effects_count(now=NOW + 7 * DAY) == 0
    assert effects_count(now=NOW + 9 * DAY) == 1
    row.refresh_from_db()
    assert row.after_7 is not None
    names = ("deposited", "lost")
    before, after = ({name: Decimal(row.after_7[when][name]) for name in names} for when in ("before", "after"))
    assert before == {"deposited": Decimal(6000), "lost": Decimal(6000)}
    assert after == {"deposited": Decimal(100), "lost": Decimal(40)}
    assert row.after_7["score_before"] == case.score
    assert effects_count(now=NOW + 32 * DAY) == 1
    assert effects_count(now=NOW + 40 * DAY) == 0
    row.refresh_from_db()
    assert row.after_30 is not None
    assert Decimal(row.after_30["after"]["deposited"]) == Decimal(600)


def test_sums_that_nobody_looks_at_any_more_go() -> None:
    alice = _strong()
    assert sums_purge(now=NOW + 100 * DAY) == 0
    assert sums_purge(now=NOW + 200 * DAY) == 2
    assert latest(alice).score > 0
