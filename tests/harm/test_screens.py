"""The pages of safer gambling: the queue, a case with its reasons, steps to review, interactions; and who may."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from common.clock import utc_now
from compliance.harm.models import Case, Interaction, Step
from players.models import Brand, Player
from tests.factories import player_make
from tests.harm.house import harm_of
from tests.signin.session import signed_in_client
from tests.staff import staff_member

pytestmark = pytest.mark.django_db
QUEUE = "admin:harm_case_changelist"


@pytest.fixture
def carol() -> Client:
    return signed_in_client(staff_member("responsible_gaming"))


@pytest.fixture
def case() -> Case:
    return harm_of(player_make("Alice"), utc_now() - timedelta(hours=2))


def _text(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_queue_tells_level_first_reason_and_time_left(carol: Client, case: Case) -> None:
    text = _text(carol, QUEUE)
    for words in ("High", "Lost 9,000 EUR in 30 days", "Everything that happened has been looked at", "acted in time"):
        assert words in text


def test_a_case_that_nobody_acted_upon_shows_how_late_it_is(carol: Client, case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(first_acted_at=None, due_at=case.opened_at + timedelta(hours=1))
    assert "1 h late" in _text(carol, QUEUE)


def test_a_case_shows_its_reasons_with_evidence_policy_and_what_was_done(carol: Client, case: Case) -> None:
    text = _text(carol, "admin:harm_case_change", case.pk)
    for words in (
        "Contact led by the customer", "from 1,000, strong from 5,000", "Risk: harm from gambling",
        "waits for a person",
        "spoke about limits", "will think about it", "not yet", "row ",
    ):  # fmt: skip
        assert words in text


def test_an_interaction_is_recorded_with_both_words_or_refused_in_a_sentence(carol: Client, case: Case) -> None:
    address = reverse("admin:harm_case_interact", args=[case.pk])
    typed = {"channel": "email", "seen": "plays at night", "done": " ", "answer": ""}
    refused = carol.post(address, typed)
    assert refused.status_code == 422
    assert "plays at night" in refused.content.decode()
    assert carol.post(address, typed | {"done": "offered a limit"}).status_code == 302
    assert Interaction.objects.filter(case=case).count() == 2


def test_level_review_and_end_go_through_their_forms(carol: Client, case: Case) -> None:
    assert carol.post(reverse("admin:harm_case_close", args=[case.pk]), {"reason": "fine"}).status_code == 422
    step = Step.objects.get(case=case)
    judged = {"outcome": "to_be_lifted", "words": "a shared purse"}
    assert carol.post(reverse("admin:harm_step_review_step", args=[step.pk]), judged).status_code == 302
    level = {"tier": "low", "reason": "a shared purse"}
    assert carol.post(reverse("admin:harm_case_override", args=[case.pk]), level).status_code == 302
    assert carol.post(reverse("admin:harm_case_close", args=[case.pk]), {"reason": "spoken with"}).status_code == 302
    case.refresh_from_db()
    assert (case.tier, case.state) == ("low", "closed")
    assert "a shared purse" in _text(carol, "admin:harm_step_change", step.pk)


@pytest.mark.parametrize("role", ["support", "payments", "risk", "marketing", "affiliates", "finance", "games"])
def test_flags_of_harm_are_for_those_whose_work_they_are(role: str, case: Case) -> None:
    client = signed_in_client(staff_member(role))
    for name in ("harm_case", "harm_step", "harm_interaction"):
        assert client.get(reverse(f"admin:{name}_changelist")).status_code == 403


def test_an_auditor_reads_and_changes_nothing(case: Case) -> None:
    client = signed_in_client(staff_member("auditor"))
    assert client.get(reverse(QUEUE)).status_code == 200
    assert client.get(reverse("admin:harm_case_interact", args=[case.pk])).status_code == 403


def test_a_grant_for_another_licence_does_not_reach_the_case(case: Case) -> None:
    Brand.objects.create(code="british", name="British", jurisdiction="GB")
    client = signed_in_client(staff_member("responsible_gaming", jurisdictions=["GB"]))
    assert client.get(reverse("admin:harm_case_change", args=[case.pk])).status_code in {403, 404}
    assert Player.objects.get(pk=case.player_id).nickname not in client.get(reverse(QUEUE)).content.decode()
