from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from common.errors import BrokenPromise
from compliance.audit.models import AuditEvent
from compliance.staff.models import StaffUser
from players.models import Player
from players.personal.enums import RevealGroup, RevealPurpose
from players.personal.errors import (
    NothingChanged,
    PersonalDataErased,
    PersonalDataUnknown,
    PersonalDetailNotUnderstood,
    PurposeNotTold,
)
from players.personal.models import PersonalData, PersonalKey, Reveal
from players.personal.selectors.details import (
    details_masked,
    details_open,
    players_by_email,
    players_by_name_and_birth,
    players_by_phone,
)
from players.personal.services.personal_data import personal_data_reveal, personal_data_set, personal_key_destroy
from players.personal.types import PersonalDetails
from tests.personal.conftest import ALICE, NOON, SECRETS, player_make


def reveal(
    player: Player, staff: StaffUser, group: RevealGroup = RevealGroup.CONTACT, note: str = "called us"
) -> PersonalDetails:
    return personal_data_reveal(
        player_id=player.pk, group=group, purpose=RevealPurpose.PLAYER_ASKED, note=note, staff_id=staff.pk, now=NOON
    )


def test_what_was_set_is_read_back(alice: Player) -> None:
    assert details_open(player_id=alice.pk) == ALICE


def test_no_value_stands_readable_in_any_table(alice: Player) -> None:
    with connection.cursor() as cursor:
        for table in ("personal_personaldata", "personal_personalkey", "audit_auditevent"):
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")
            text = str(cursor.fetchone()[0])
            for secret in SECRETS:
                assert secret not in text
                assert secret.encode().hex() not in text


def test_a_value_can_not_be_moved_to_another_player_or_field(alice: Player) -> None:
    bob = player_make("bob")
    personal_data_set(
        player_id=bob.pk, details=replace(ALICE, full_name="Bob"), actor="system:test", reason="x", now=NOON
    )
    stolen = PersonalData.objects.get(player=alice)
    PersonalData.objects.filter(player=bob).update(email=stolen.email)
    with pytest.raises(BrokenPromise):
        details_open(player_id=bob.pk)
    PersonalData.objects.filter(player=alice).update(city=stolen.postcode)
    with pytest.raises(BrokenPromise):
        details_open(player_id=alice.pk)


def test_each_person_has_a_key_of_their_own(alice: Player) -> None:
    bob = player_make("bob")
    personal_data_set(player_id=bob.pk, details=ALICE, actor="system:test", reason="x", now=NOON)
    one, other = PersonalData.objects.order_by("pk")
    assert one.email is not None
    assert other.email is not None
    assert bytes(one.email) != bytes(other.email)
    assert bytes(one.key.wrapped) != bytes(other.key.wrapped)


def test_destroying_the_key_makes_every_copy_unreadable(alice: Player, carol: StaffUser) -> None:
    """GDPR-04: the row and its history stay, and nobody reads them any more."""
    copies = PersonalData.objects.filter(player=alice).values().get()
    personal_key_destroy(player_id=alice.pk, actor="staff:1", reason="asked to be forgotten", now=NOON)
    assert PersonalData.objects.filter(player=alice).values().get() == copies
    assert not PersonalKey.objects.exists()
    assert details_masked(player_id=alice.pk).state == "erased"
    assert players_by_email(ALICE.email) == []
    with pytest.raises(PersonalDataErased):
        reveal(alice, carol)
    with pytest.raises(PersonalDataErased):
        personal_data_set(player_id=alice.pk, details=ALICE, actor="staff:1", reason="again", now=NOON)
    with pytest.raises(PersonalDataErased):
        personal_key_destroy(player_id=alice.pk, actor="staff:1", reason="again", now=NOON)


@pytest.mark.parametrize("email", ["alice.borg@example.com", " ALICE.Borg@Example.COM "])
def test_an_email_is_found_exactly_whatever_its_case(email: str, alice: Player) -> None:
    assert players_by_email(email) == [alice.pk]
    assert players_by_email(email.strip()[:-1]) == []


@pytest.mark.parametrize("phone", ["+356 2123 4567", "0035621234567", "356-2123-4567"])
def test_a_phone_is_found_by_its_digits(phone: str, alice: Player) -> None:
    assert players_by_phone(phone) == [alice.pk]
    assert players_by_phone("2123") == []


def test_a_name_is_found_with_its_birth_date_only(alice: Player) -> None:
    assert players_by_name_and_birth("BORG Alicé", date(1990, 2, 3)) == [alice.pk]
    assert players_by_name_and_birth("Alice Borg", date(1990, 2, 4)) == []
    assert players_by_name_and_birth("Alice", date(1990, 2, 3)) == []


def test_everything_is_masked_until_revealed(alice: Player) -> None:
    masked = details_masked(player_id=alice.pk)
    assert (masked.full_name, masked.email, masked.phone) == ("A. B.", "a•••@e•••.com", "+3•••67")
    assert (masked.birth_date, masked.city, masked.postcode) == ("1990-••-••", "V•••", "V•••")
    assert not [secret for secret in SECRETS if secret in str(masked)]


def test_a_reveal_gives_one_group_and_is_recorded_with_its_purpose(alice: Player, carol: StaffUser) -> None:
    shown = reveal(alice, carol)
    assert (shown.email, shown.phone) == (ALICE.email, ALICE.phone)
    assert (shown.full_name, shown.birth_date, shown.city) == ("", None, "")
    kept = Reveal.objects.get()
    assert (kept.staff, kept.player, kept.group, kept.purpose, kept.note) == (
        carol,
        alice,
        "contact",
        "player_asked",
        "called us",
    )
    told = AuditEvent.objects.get(name="players:personal:revealed")
    assert (told.actor, told.player_id, told.brand_id) == (f"staff:{carol.pk}", alice.pk, alice.brand_id)
    assert told.reason == "The player contacted us: called us"


@pytest.mark.parametrize("note", ["", "    ", "x"])
def test_nobody_reveals_without_saying_why(note: str, alice: Player, carol: StaffUser) -> None:
    with pytest.raises(PurposeNotTold):
        reveal(alice, carol, note=note)
    assert not Reveal.objects.exists()


def test_a_player_without_data_is_told_so(db: None, carol: StaffUser) -> None:
    bob = player_make("bob")
    assert details_masked(player_id=bob.pk).state == "unknown"
    with pytest.raises(PersonalDataUnknown):
        reveal(bob, carol)
    with pytest.raises(PersonalDataUnknown):
        personal_key_destroy(player_id=bob.pk, actor="staff:1", reason="x", now=NOON)


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "alice"}, {"email": "a@b"}, {"email": "a b@c.de"}, {"phone": "12"}, {"birth_date": date(2027, 1, 1)},
        {"birth_date": date(199, 2, 3)},
    ],
)  # fmt: skip
def test_nonsense_is_refused_and_nothing_is_lost(wrong: dict[str, Any], alice: Player) -> None:
    with pytest.raises(PersonalDetailNotUnderstood):
        personal_data_set(player_id=alice.pk, details=replace(ALICE, **wrong), actor="staff:1", reason="x", now=NOON)
    assert details_open(player_id=alice.pk) == ALICE


def test_a_change_tells_which_fields_and_no_value(alice: Player) -> None:
    later = NOON + timedelta(hours=1)
    personal_data_set(
        player_id=alice.pk, details=replace(ALICE, city="Sliema", phone=""), actor="staff:1", reason="moved", now=later
    )
    assert details_open(player_id=alice.pk).city == "Sliema"
    assert players_by_phone(ALICE.phone) == []
    told = AuditEvent.objects.filter(name="players:personal:changed").latest("pk")
    assert told.after == {"fields": ["phone", "city"]}
    with pytest.raises(NothingChanged):
        personal_data_set(
            player_id=alice.pk, details=details_open(player_id=alice.pk), actor="staff:1", reason="x", now=later
        )


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM personal_personaldata",
        "UPDATE personal_personalkey SET wrapped = ''",
        "UPDATE personal_reveal SET note = 'x'",
        "DELETE FROM personal_reveal",
        "TRUNCATE personal_reveal",
    ],
)
def test_the_database_keeps_data_keys_and_reveals(statement: str, alice: Player, carol: StaffUser) -> None:
    reveal(alice, carol)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
