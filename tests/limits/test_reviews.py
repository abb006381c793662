"""Players are reminded to look at their limits every six months in Great Britain (UK-08)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage

from compliance.audit.models import AuditEvent
from compliance.limits.errors import ReviewNotDue
from compliance.limits.models import LimitReview
from compliance.limits.services import reviews
from compliance.limits.services.reviews import limit_review_done, limit_reviews_remind
from players.accounts.models import Letter
from players.accounts.services.letters import letters_send
from players.personal.services.personal_data import personal_data_set
from players.personal.types import PersonalDetails
from players.services.players import player_close
from tests.limits.scene import MONDAY, alice_of, at, sets

pytestmark = pytest.mark.django_db


def test_the_reminder_comes_six_months_after_the_first_limit_once_and_again_after_the_review() -> None:
    alice = alice_of("GB")
    sets(alice, "100", at("2026-08-31 10:00"))
    assert limit_reviews_remind(now=at("2027-02-28 09:59"))[0] == 0
    assert limit_reviews_remind(now=at("2027-02-28 10:00"))[0] == 1
    assert limit_reviews_remind(now=at("2027-02-28 10:00"))[0] == 0
    assert limit_reviews_remind(now=at("2028-02-28 10:00"))[0] == 0, "the first is still waiting"
    limit_review_done(player_id=alice.pk, actor="player:1", now=at("2028-02-28 11:00"))
    assert limit_reviews_remind(now=at("2028-08-28 10:59"))[0] == 0
    assert limit_reviews_remind(now=at("2028-08-28 11:00"))[0] == 1
    assert AuditEvent.objects.filter(name="compliance:limits:review_reminded").count() == 2
    assert list(Letter.objects.values_list("kind", "facts__months")) == [("limits_review", "6")] * 2


def test_the_reminder_comes_by_e_mail_in_the_brands_name(mailoutbox: list[EmailMessage]) -> None:
    alice = alice_of("GB")
    personal_data_set(
        player_id=alice.pk, details=PersonalDetails(full_name="Alice Hall", email="alice@post.example"),
        actor="system:test", reason="registered", now=MONDAY,
    )  # fmt: skip
    sets(alice, "100", MONDAY)
    due = MONDAY + timedelta(days=200)
    limit_reviews_remind(now=due)
    assert letters_send(now=due) == 1
    assert mailoutbox[0].subject == f"{alice.brand.name}: Look at your limits"
    assert "Hello Alice Hall," in mailoutbox[0].body
    assert "6 months after you set or reviewed them" in mailoutbox[0].body


def test_a_lowered_limit_is_no_review() -> None:
    alice = alice_of("GB")
    sets(alice, "100")
    sets(alice, "90", MONDAY, kind="loss")
    sets(alice, "50", MONDAY + timedelta(days=100))
    assert limit_reviews_remind(now=at("2026-09-02 12:00"))[0] == 1


def test_nobody_is_reminded_where_no_rule_asks_for_it_or_the_account_is_closed() -> None:
    sets(alice_of("MT"), "100")
    british = alice_of("GB", nickname="Bob")
    sets(british, "100")
    player_close(player_id=british.pk, actor="staff:1", now=MONDAY, reason="asked for it")
    alice_of("GB", nickname="Carol")
    assert limit_reviews_remind(now=at("2030-01-01 00:00"))[0] == 0
    assert not LimitReview.objects.exists()


def test_a_review_that_is_not_due_is_refused() -> None:
    alice = alice_of("GB")
    with pytest.raises(ReviewNotDue):
        limit_review_done(player_id=alice.pk, actor="player:1", now=MONDAY)


def test_many_players_are_looked_at_in_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviews, "MOST_AT_ONCE", 2)
    for number in range(5):
        sets(alice_of("GB", nickname=f"Alice {number}"), "100")
    now, reached, reminded = at("2026-09-02 12:00"), 0, 0
    for _stretch in range(3):
        found, reached = limit_reviews_remind(now=now, after=reached)
        reminded += found
    assert (reminded, reached) == (5, 0)
