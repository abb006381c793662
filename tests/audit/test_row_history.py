"""Every change of a tracked row is kept: by the ORM, in bulk and by raw SQL, with who did it."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import connection, transaction

from casino.games.models import ProviderKey
from compliance.audit.context import surrounded
from compliance.audit.history import histories
from compliance.audit.selectors.timeline import timeline_of
from compliance.audit.types import Facts
from compliance.staff.models import Role
from players.models import Player
from players.personal.services.personal_data import personal_data_set, personal_key_destroy
from players.personal.types import PersonalDetails
from tests.factories import NOON, brand_make, player_make, provider_make
from tests.staff import staff_member

pytestmark = pytest.mark.django_db
FACTS = Facts(actor="staff:7", roles=("support",), ip="192.0.2.1", request_id="r-1", session="s")


def kept(player: Player) -> list[tuple[str, str]]:
    rows = apps.get_model("players", "PlayerHistory").objects.filter(id=player.pk).order_by("pgh_id")
    return [(row.pgh_label, row.status) for row in rows]


def test_histories_are_known() -> None:
    assert "players_playerhistory" in {history.rows._meta.db_table for history in histories()}


def test_an_insert_and_an_update_are_kept_with_their_facts() -> None:
    with surrounded(FACTS):
        player = player_make("Alice", balance="0")
        player.status = "blocked"
        player.save(update_fields=["status"])
    assert kept(player) == [("insert", "active"), ("update", "blocked")]
    row = apps.get_model("players", "PlayerHistory").objects.latest("pgh_id")
    assert row.pgh_context == FACTS.as_json()


def test_bulk_updates_and_raw_sql_are_kept() -> None:
    alice, bob = player_make("Alice", balance="0"), player_make("Bob", balance="0")
    with surrounded(FACTS):
        Player.objects.update(status="blocked")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE players_player SET status = 'closed' WHERE nickname LIKE 'B%'")
            cursor.executemany(
                "UPDATE players_player SET country = %s WHERE id = %s", [("FR", alice.pk), ("SE", bob.pk)]
            )
    assert kept(alice) == [("insert", "active"), ("update", "blocked"), ("update", "blocked")]
    assert [status for _label, status in kept(bob)] == ["active", "blocked", "closed", "closed"]


def test_statements_of_every_form_pass_with_their_facts() -> None:
    alice = player_make("Alice", balance="0")
    with surrounded(FACTS), transaction.atomic():
        with connection.chunked_cursor() as named:
            named.execute("WITH one AS (SELECT 1) SELECT * FROM one WHERE '%%' LIKE %s", ["%"])
            assert named.fetchall() == [(1,)]
        assert [player.pk for player in Player.objects.iterator(chunk_size=1)] == [alice.pk]
        with connection.cursor() as cursor:
            cursor.execute("WITH one AS (SELECT 1 AS n) SELECT n, '%' FROM one")
            assert cursor.fetchall() == [(1, "%")]
            cursor.execute("UPDATE players_player SET status = %(to)s RETURNING id", {"to": "blocked"})
            assert cursor.fetchall() == [(alice.pk,)]
            assert cursor.rowcount == 1
        for status in ("active", "blocked") * 6:  # more often than a driver needs to prepare a statement
            assert Player.objects.update(status=status) == 1
    row = apps.get_model("players", "PlayerHistory").objects.latest("pgh_id")
    assert row.pgh_context == FACTS.as_json()


def test_a_deletion_keeps_what_was_deleted() -> None:
    role = Role.objects.get(code="support")
    permission = Permission.objects.get(codename="export_audit")
    with surrounded(FACTS):
        role.permissions.add(permission)
        role.permissions.clear()
    rows = apps.get_model("staff", "RolePermissionHistory").objects.filter(role=role, permission=permission)
    assert list(rows.order_by("pgh_id").values_list("pgh_label", flat=True)) == ["insert", "delete"]
    assert rows.latest("pgh_id").pgh_context["actor"] == "staff:7"


def test_bulk_creation_of_many_rows_keeps_each() -> None:
    brand = brand_make()
    made = Player.objects.bulk_create(
        Player(
            public_id=f"pl_{number}", brand=brand, nickname=f"n{number}", currency="EUR", country="MT",
            jurisdiction="MT", created_at=NOON,
        )
        for number in range(300)
    )  # fmt: skip
    for player in made:
        player.status = "blocked"
    Player.objects.bulk_update(made, ["status"])
    rows = apps.get_model("players", "PlayerHistory").objects
    assert (rows.filter(pgh_label="insert").count(), rows.filter(pgh_label="update").count()) == (300, 300)


def test_a_change_of_nothing_is_no_change() -> None:
    player = player_make("Alice", balance="0")
    Player.objects.update(status="active")
    assert kept(player) == [("insert", "active")]


def test_a_sign_in_and_a_new_password_are_no_noise_in_a_person_s_history() -> None:
    carol = staff_member("support")
    rows = apps.get_model("staff", "StaffUserHistory").objects.filter(id=carol.pk)
    before = rows.count()
    carol.last_login = NOON
    carol.set_password("another long password 2")
    carol.save(update_fields=["last_login", "password"])
    assert rows.count() == before
    carol.is_active = False
    carol.save(update_fields=["is_active"])
    assert rows.count() == before + 1


def test_a_key_s_secret_is_in_no_history() -> None:
    key = ProviderKey.objects.get(provider=provider_make())
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(h)::text FROM games_providerkeyhistory h WHERE id = %s", [key.pk])
        (row,) = cursor.fetchone() or ("",)
    assert key.key_id in row
    assert bytes(key.secret_encrypted).hex() not in row


def test_personal_data_is_kept_encrypted_and_unreadable_once_its_key_is_gone() -> None:
    alice = player_make("Alice", balance="0")
    for city in ("Valletta", "Sliema"):
        personal_data_set(
            player_id=alice.pk, details=PersonalDetails(full_name="Alice Borg", city=city), actor="staff:7",
            reason="moved", now=NOON,
        )  # fmt: skip
    told = timeline_of(subject=f"players.player:{alice.pk}", player_id=alice.pk)
    assert any(moment.title == "players:personal:changed" or "personal" in moment.title for moment in told)
    rows = apps.get_model("personal", "PersonalDataHistory").objects.filter(player=alice).order_by("pgh_id")
    labels = [row.pgh_label for row in rows]
    assert (labels[0], set(labels[1:])) == ("insert", {"update"})
    assert all(b"Valletta" not in bytes(row.city or b"") for row in rows)
    assert "Borg" not in repr(told)
    personal_key_destroy(player_id=alice.pk, actor="staff:7", reason="erasure", now=NOON)
    assert not apps.get_model("personal", "PersonalKey").objects.exists()
    assert rows.count() == len(labels)
