"""The way back: after the term, by the player's own act, after waiting, after a contact, by a person. Never before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from compliance.audit.models import AuditEvent
from compliance.exclusions.enums import ExclusionKind, ReturnState
from compliance.exclusions.errors import (
    ContactNotRecorded,
    NothingToReturnFrom,
    ReasonNotTold,
    ReturnAsked,
    ReturnEnded,
    ReturnStillCooling,
    ReturnTooEarly,
)
from compliance.exclusions.models import Exclusion
from compliance.exclusions.selectors.people import exclusion_against
from compliance.exclusions.selectors.standing import exclusions_in_force
from compliance.exclusions.services.exclusions import exclusion_place, person_exclude
from compliance.exclusions.services.returns import (
    return_ask,
    return_contact,
    return_grant,
    return_keep,
    return_of_person,
    return_take_back,
)
from players.models import Player
from tests.exclusions.cast import BOB, bob_make, brand_make, excluded
from tests.factories import NOON

pytestmark = pytest.mark.django_db
HALF_A_YEAR = NOON + timedelta(days=184)
DAY = timedelta(hours=24)
SAID = "Rang the player, wants to return, was told of limits."


def asked(bob: Player) -> int:
    return return_ask(player_id=bob.pk, actor=f"player:{bob.pk}", now=HALF_A_YEAR)[0].pk


def spoken(request_id: int) -> None:
    return_contact(request_id=request_id, note=SAID, actor="staff:7", now=HALF_A_YEAR + timedelta(hours=2))


def stands(bob: Player, now: object = None) -> bool:
    return bool(exclusions_in_force(player_id=bob.pk, now=HALF_A_YEAR + 90 * DAY))


def test_the_whole_way_back_takes_the_players_act_a_day_and_a_contact() -> None:
    here, there = bob_make(), bob_make(brand_make("sceptre"))
    excluded(here)
    request = asked(here)
    spoken(request)
    return_grant(request_id=request, reason="No sign of harm", actor="staff:7", now=HALF_A_YEAR + DAY)
    assert not stands(here)
    assert not stands(there), "the person's other account follows"
    assert exclusion_against(details=BOB, brand_id=here.brand_id, now=HALF_A_YEAR + 2 * DAY) is None
    told = AuditEvent.objects.filter(name__startswith="compliance:return").order_by("pk").values_list("name", flat=True)
    assert list(told) == ["compliance:return:asked", "compliance:return:contacted", "compliance:return:ended"]
    assert AuditEvent.objects.filter(name="compliance:exclusion:lifted", significant=True).count() == 2


def test_nobody_asks_before_the_term_is_over() -> None:
    bob = bob_make()
    placed = excluded(bob)
    assert placed.exclusion.ends_at is not None
    for moment in (NOON, NOON + 30 * DAY, placed.exclusion.ends_at - timedelta(seconds=1)):
        with pytest.raises(ReturnTooEarly) as refused:
            return_ask(player_id=bob.pk, actor="player:1", now=moment)
        assert refused.value.details["until"].startswith("2026-09-02")
    assert return_ask(player_id=bob.pk, actor="player:1", now=placed.exclusion.ends_at)


def test_the_waiting_time_is_waited_to_its_last_second() -> None:
    bob = bob_make()
    excluded(bob)
    request = asked(bob)
    spoken(request)
    with pytest.raises(ReturnStillCooling):
        return_grant(
            request_id=request, reason="asked nicely", actor="staff:7", now=HALF_A_YEAR + DAY - timedelta(seconds=1)
        )
    assert stands(bob)


def test_malta_waits_seven_days_for_what_has_no_end() -> None:
    bob = bob_make(brand_make("aurora", "MT"))
    excluded(bob, length="indefinite")
    request = asked(bob)
    spoken(request)
    with pytest.raises(ReturnStillCooling):
        return_grant(request_id=request, reason="asked", actor="staff:7", now=HALF_A_YEAR + 6 * DAY)
    return_grant(request_id=request, reason="asked", actor="staff:7", now=HALF_A_YEAR + 7 * DAY)
    assert not stands(bob)


def test_nobody_returns_without_a_contact() -> None:
    bob = bob_make()
    excluded(bob)
    request = asked(bob)
    with pytest.raises(ContactNotRecorded):
        return_contact(request_id=request, note="ok", actor="staff:7", now=HALF_A_YEAR)
    with pytest.raises(ContactNotRecorded):
        return_grant(request_id=request, reason="asked", actor="staff:7", now=HALF_A_YEAR + 2 * DAY)
    assert stands(bob)


def test_a_break_is_not_returned_from() -> None:
    bob = bob_make()
    with pytest.raises(NothingToReturnFrom):
        return_ask(player_id=bob.pk, actor="player:1", now=NOON)
    exclusion_place(player_id=bob.pk, kind=ExclusionKind.TIME_OUT, length="P6W", actor="player:1", now=NOON)
    with pytest.raises(NothingToReturnFrom):
        return_ask(player_id=bob.pk, actor="player:1", now=NOON + DAY)


def test_the_player_may_rather_stay_away() -> None:
    bob = bob_make()
    excluded(bob)
    request = asked(bob)
    with pytest.raises(ReturnAsked):
        asked(bob)
    assert return_take_back(player_id=bob.pk, actor="player:1", now=HALF_A_YEAR) == 1
    with pytest.raises(ReturnEnded):
        return_grant(request_id=request, reason="asked", actor="staff:7", now=HALF_A_YEAR + 2 * DAY)
    assert stands(bob)
    assert asked(bob) != request, "and may ask anew, with a new waiting time"


def test_the_contact_may_show_that_the_exclusion_should_stay() -> None:
    bob = bob_make()
    excluded(bob)
    request = asked(bob)
    spoken(request)
    with pytest.raises(ReasonNotTold):
        return_keep(request_id=request, reason="no", actor="staff:7", now=HALF_A_YEAR + DAY)
    kept = return_keep(request_id=request, reason="Borrowed money to play.", actor="staff:7", now=HALF_A_YEAR + DAY)
    assert kept.state == ReturnState.KEPT
    assert stands(bob)


def test_only_what_is_over_can_be_returned_from_while_a_longer_one_stands() -> None:
    bob = bob_make()
    excluded(bob)
    longer = excluded(bob, length="P5Y", now=NOON + timedelta(hours=1))
    request = asked(bob)
    spoken(request)
    return_grant(request_id=request, reason="asked", actor="staff:7", now=HALF_A_YEAR + 2 * DAY)
    standing = exclusions_in_force(player_id=bob.pk, now=HALF_A_YEAR + 90 * DAY)
    assert [one.id for one in standing] == [longer.exclusion.pk]


def test_the_same_person_asks_from_any_of_the_accounts() -> None:
    here, there = bob_make(), bob_make(brand_make("sceptre"))
    excluded(here)
    request = return_ask(player_id=there.pk, actor=f"player:{there.pk}", now=HALF_A_YEAR)[0]
    spoken(request.pk)
    return_grant(request_id=request.pk, reason="asked", actor="staff:7", now=HALF_A_YEAR + 2 * DAY)
    assert not stands(here)
    assert not stands(there)


def test_who_asked_never_to_get_an_account_revokes_it_in_writing() -> None:
    crown = brand_make()
    row = person_exclude(
        details=BOB, brand_id=crown.pk, length="P6M", contact_note="Wrote to us on 2 March.", actor="staff:7", now=NOON
    )
    with pytest.raises(ReturnTooEarly):
        return_of_person(exclusion_id=row.pk, note=SAID, actor="staff:7", now=NOON + 30 * DAY)
    with pytest.raises(ContactNotRecorded):
        return_of_person(exclusion_id=row.pk, note="ok", actor="staff:7", now=HALF_A_YEAR)
    request = return_of_person(exclusion_id=row.pk, note=SAID, actor="staff:7", now=HALF_A_YEAR)
    with pytest.raises(ReturnAsked):
        return_of_person(exclusion_id=row.pk, note=SAID, actor="staff:7", now=HALF_A_YEAR)
    with pytest.raises(ReturnStillCooling):
        return_grant(request_id=request.pk, reason="wrote", actor="staff:7", now=HALF_A_YEAR)
    assert exclusion_against(details=BOB, brand_id=crown.pk, now=HALF_A_YEAR + 2 * DAY) is not None
    return_grant(request_id=request.pk, reason="wrote", actor="staff:7", now=HALF_A_YEAR + DAY)
    assert exclusion_against(details=BOB, brand_id=crown.pk, now=HALF_A_YEAR + 2 * DAY) is None


def test_nothing_in_the_house_lifts_one_past_the_database() -> None:
    bob = bob_make()
    placed = excluded(bob)
    for moment in (NOON, HALF_A_YEAR, HALF_A_YEAR + 999 * DAY):
        with pytest.raises(IntegrityError, match="stands"), transaction.atomic():
            Exclusion.objects.filter(pk=placed.exclusion.pk).update(over_at=moment)
    assert stands(bob)
