"""An exclusion reaches the person, not the account: every brand of the group, and whoever registers anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from compliance.enums import RestrictionKind
from compliance.exclusions.effects import exclusion_effect_forget, exclusion_effect_register
from compliance.exclusions.enums import DepositOutcome, ExclusionKind
from compliance.exclusions.errors import AllBrandsIncluded, ContactNotRecorded, ReasonNotTold
from compliance.exclusions.models import ExcludedIdentity, Exclusion
from compliance.exclusions.selectors.people import exclusion_against
from compliance.exclusions.selectors.standing import deposit_outcome_for, exclusions_in_force
from compliance.exclusions.services.exclusions import exclusion_place, exclusions_follow, person_exclude
from compliance.exclusions.services.marks import marks_forget
from compliance.models import Restriction
from players.personal.services.personal_data import personal_data_set, personal_key_destroy
from players.personal.types import PersonalDetails
from players.services.players import player_close
from tests.exclusions.cast import BOB, bob_make, brand_make, excluded, group_make, other, stranger
from tests.factories import NOON, player_make

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


def test_all_accounts_of_the_person_in_the_group_are_excluded_at_once() -> None:
    crown, sceptre = brand_make("crown"), brand_make("sceptre")
    elsewhere = brand_make("foreign", group=group_make("others"))
    here, there, apart = bob_make(crown), bob_make(sceptre, other(phone="+44 7700 900777")), bob_make(elsewhere)
    alice = bob_make(crown, stranger(), nickname="Alice")
    placed = excluded(here)
    assert set(placed.player_ids) == {here.pk, there.pk}
    assert exclusions_in_force(player_id=there.pk, now=NOON)
    assert not exclusions_in_force(player_id=apart.pk, now=NOON), "another operator's brand"
    assert not exclusions_in_force(player_id=alice.pk, now=NOON)


@pytest.mark.parametrize(
    "details",
    [
        BOB,
        other(email="new@post.example", phone="", national_id=""),
        other(full_name="EVANS  bob", postcode="sa11aa", email="", phone="", national_id=""),
        other(full_name="Вob Еvаns", email="", phone="", national_id=""),
        stranger(email="BOB.EVANS+casino@post.example"),
        stranger(phone="0044 (7700) 900-123"),
        stranger(national_id="gb 123456"),
    ],
    ids=["same", "new e-mail", "order, case and spaces", "look-alike letters", "e-mail", "phone", "document"],
)
def test_an_excluded_person_is_known_again_at_registration(details: PersonalDetails) -> None:
    excluded(bob_make())
    match = exclusion_against(details=details, brand_id=brand_make("sceptre").pk, now=LATER)
    assert match is not None
    assert match.certain


@pytest.mark.parametrize("details", [stranger(), stranger(postcode="SA1 1AA"), stranger(full_name="Bob Evans")])
def test_somebody_else_is_not_taken_for_the_person(details: PersonalDetails) -> None:
    excluded(bob_make())
    assert exclusion_against(details=details, brand_id=brand_make().pk, now=LATER) is None


def test_a_namesake_born_on_the_same_day_is_possible_but_not_certain() -> None:
    excluded(bob_make())
    namesake = stranger(full_name="Bob Evans", birth_date=BOB.birth_date)
    match = exclusion_against(details=namesake, brand_id=brand_make().pk, now=LATER)
    assert match is not None
    assert not match.certain


def test_erasure_does_not_open_the_way_back() -> None:
    bob = bob_make()
    excluded(bob)
    personal_key_destroy(player_id=bob.pk, actor="staff:7", reason="asked to be forgotten", now=LATER)
    match = exclusion_against(details=other(email="new@post.example"), brand_id=brand_make().pk, now=LATER)
    assert match is not None
    assert match.certain
    text = repr(list(ExcludedIdentity.objects.values_list("digest", flat=True)))
    assert "bob" not in text.lower()
    assert "evans" not in text.lower()


def test_digests_are_deleted_once_the_exclusion_is_over() -> None:
    bob = bob_make()
    exclusion_place(player_id=bob.pk, kind=ExclusionKind.TIME_OUT, length="PT24H", actor="player:1", now=NOON)
    excluded(bob, now=NOON)
    assert marks_forget(now=NOON + timedelta(hours=23)) == 0
    assert marks_forget(now=NOON + timedelta(hours=25)) > 0
    assert exclusion_against(details=BOB, brand_id=bob.brand_id, now=NOON + timedelta(hours=25)) is not None


def test_where_the_market_asks_the_player_may_keep_it_to_one_brand() -> None:
    aurora, borealis = brand_make("aurora", "MT"), brand_make("borealis", "MT")
    here, there = bob_make(aurora), bob_make(borealis)
    excluded(here, all_brands=False)
    assert not exclusions_in_force(player_id=there.pk, now=NOON)
    assert exclusion_against(details=BOB, brand_id=borealis.pk, now=LATER) is None
    assert exclusion_against(details=BOB, brand_id=aurora.pk, now=LATER) is not None


def test_elsewhere_it_covers_all_brands() -> None:
    with pytest.raises(AllBrandsIncluded):
        excluded(bob_make(), all_brands=False)


def test_an_account_that_turns_out_to_be_the_persons_follows() -> None:
    bob, unknown = bob_make(), bob_make(brand_make("sceptre"), stranger(), nickname="Wil")
    excluded(bob)
    assert exclusions_follow(player_id=unknown.pk, actor="system:test", now=LATER) == ()
    changed = stranger(national_id=BOB.national_id, phone=BOB.phone)
    personal_data_set(player_id=unknown.pk, details=changed, actor="staff:7", reason="verified", now=LATER)
    added = exclusions_follow(player_id=unknown.pk, actor="system:test", now=LATER)
    assert len(added) == 1
    assert exclusions_in_force(player_id=unknown.pk, now=LATER)
    assert exclusions_follow(player_id=unknown.pk, actor="system:test", now=LATER) == (), "once"


def test_a_possible_account_of_the_person_is_held_until_verified() -> None:
    namesake = bob_make(
        brand_make("sceptre"), stranger(full_name="Bob Evans", birth_date=BOB.birth_date), nickname="Wil"
    )
    excluded(bob_make())
    assert not exclusions_in_force(player_id=namesake.pk, now=LATER)
    assert Restriction.objects.get(player=namesake).kind == RestrictionKind.KYC_REQUIRED


@pytest.mark.parametrize("shared", [{"phone": BOB.phone}, {"email": BOB.email}, {"national_id": BOB.national_id}])
def test_nobody_is_excluded_because_a_stranger_typed_one_of_their_details(shared: dict[str, str]) -> None:
    alice = bob_make(brand_make("sceptre"), stranger(), nickname="Alice")
    mallory = bob_make(brand_make(), None, nickname="Mallory")
    typed = {name: getattr(stranger(), name) for name in shared}
    personal_data_set(player_id=mallory.pk, details=other(**typed), actor="player:1", reason="registered", now=NOON)
    excluded(mallory)
    exclusions_follow(player_id=alice.pk, actor="system:test", now=LATER)
    assert not exclusions_in_force(player_id=alice.pk, now=LATER)
    assert Restriction.objects.get(player=alice).kind == RestrictionKind.KYC_REQUIRED, "held, and staff can tell"


def test_who_changes_the_details_while_excluded_is_known_by_the_new_ones() -> None:
    bob = bob_make()
    excluded(bob)
    personal_data_set(
        player_id=bob.pk, details=other(email="fresh@post.example"), actor="player:1", reason="moved", now=LATER
    )
    exclusions_follow(player_id=bob.pk, actor="system:test", now=LATER)
    assert exclusion_against(details=stranger(email="fresh@post.example"), brand_id=bob.brand_id, now=LATER) is not None


def test_somebody_without_an_account_may_ask_never_to_get_one() -> None:
    crown = brand_make()
    row = person_exclude(
        details=BOB, brand_id=crown.pk, length="P5Y", contact_note="Wrote to us on 2 March.", actor="staff:7", now=NOON
    )
    assert row.player_id is None
    assert exclusion_against(details=BOB, brand_id=brand_make("sceptre").pk, now=LATER) is not None
    with pytest.raises(ContactNotRecorded):
        person_exclude(details=BOB, brand_id=crown.pk, length="P5Y", contact_note="", actor="staff:7", now=NOON)
    with pytest.raises(ReasonNotTold):
        person_exclude(
            details=PersonalDetails(full_name="Bob"), brand_id=crown.pk, length="P5Y", contact_note="Wrote to us.",
            actor="staff:7", now=NOON,
        )  # fmt: skip


def test_a_late_deposit_of_an_excluded_player_goes_back() -> None:
    bob, alice = bob_make(), player_make()
    assert deposit_outcome_for(player_id=bob.pk, now=NOON) == DepositOutcome.CREDIT
    excluded(bob)
    assert deposit_outcome_for(player_id=bob.pk, now=LATER) == DepositOutcome.REFUND
    assert deposit_outcome_for(player_id=alice.pk, now=LATER) == DepositOutcome.CREDIT
    player_close(player_id=alice.pk, actor="staff:7", now=LATER, reason="asked")
    assert deposit_outcome_for(player_id=alice.pk, now=LATER) == DepositOutcome.REFUND


def test_what_others_registered_ends_in_the_same_transaction() -> None:
    seen: list[tuple[int, ...]] = []

    def bonuses_end(player_ids: Sequence[int], _exclusion: int, _now: datetime, _actor: str) -> None:
        seen.append(tuple(player_ids))

    here, there = bob_make(), bob_make(brand_make("sceptre"))
    exclusion_effect_register(bonuses_end)
    try:
        excluded(here)
    finally:
        exclusion_effect_forget(bonuses_end)
    assert seen == [(here.pk, there.pk)]


def test_a_failing_effect_fails_the_exclusion_with_it() -> None:
    def broken(*_told: object) -> None:
        raise RuntimeError("no bonuses today")

    bob = bob_make()
    exclusion_effect_register(broken)
    try:
        with pytest.raises(RuntimeError):
            excluded(bob)
    finally:
        exclusion_effect_forget(broken)
    assert not Exclusion.objects.exists()
