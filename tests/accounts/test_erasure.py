"""Erasure leaves nothing readable, and the ledger and the audit trail verifiable (GDPR-02 to GDPR-04)."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from casino.entrance.services.erasure import erasure_request
from compliance.audit.models import AuditEvent
from players.accounts.enums import ErasureState
from players.accounts.errors import ErasureNotPossible
from players.accounts.models import Consent, Credential, Device, Erasure, Letter, PlayerSession, Registration
from players.accounts.services.closing import account_close
from players.accounts.services.erasures import PURGE_AFTER, erasure_hold, erasures_step
from players.models import Player
from players.personal.errors import PersonalDataErased
from players.personal.selectors.details import details_open
from tests.accounts.cast import ALICE, NOON, brand_with_terms, register
from tests.wallet.sealing.sealer import seal_everything, seal_key
from tests.wallet.sealing.test_export import verified
from wallet.sealing.keys import SealKey

__all__ = ["seal_key"]
CLOSED = NOON + timedelta(days=1)


def _closed_and_asked() -> Player:
    brand_with_terms()
    made = register()
    account_close(session=made.started.session, reason="", ip=None, now=CLOSED)
    erasure_request(player_id=made.player.pk, actor=f"player:{made.player.pk}", now=CLOSED)
    return made.player


def _due(player: Player) -> datetime:
    return Erasure.objects.get(player=player).delete_after


@pytest.mark.django_db
def test_the_person_is_kept_for_the_law_and_then_erased_step_by_step() -> None:
    player = _closed_and_asked()
    assert _due(player) == CLOSED.replace(year=2031)
    assert erasures_step(now=_due(player) - timedelta(seconds=1)) == {"pseudonymised": 0, "purged": 0}
    assert details_open(player_id=player.pk) == ALICE
    assert erasures_step(now=_due(player)) == {"pseudonymised": 1, "purged": 0}
    with pytest.raises(PersonalDataErased):
        details_open(player_id=player.pk)
    kept = Credential.objects.get(player=player)
    assert (kept.login_index, kept.password) == (None, "!")
    assert not PlayerSession.objects.filter(player=player, ended_at__isnull=True).exists()
    later = _due(player) + PURGE_AFTER
    assert erasures_step(now=later) == {"pseudonymised": 0, "purged": 1}
    assert erasures_step(now=later + timedelta(days=1)) == {"pseudonymised": 0, "purged": 0}
    assert set(PlayerSession.objects.values_list("ip", "user_agent")) == {(None, "")}
    assert set(Registration.objects.values_list("ip", flat=True)) == {None}
    assert not Letter.objects.exists()
    assert Device.objects.get().kind == "erased"
    counted = AuditEvent.objects.filter(name="players:erasure:stepped").latest("pk").after
    assert counted == {"state": "purged", "addresses": 3, "sessions": 1, "devices": 1, "letters": 3}


@pytest.mark.django_db
def test_a_legal_hold_stops_the_clock_until_it_is_taken_away() -> None:
    player = _closed_and_asked()
    erasure_hold(player_id=player.pk, hold="Order of the court 12/2027", actor="staff:1", now=CLOSED)
    assert erasures_step(now=_due(player) + timedelta(days=400)) == {"pseudonymised": 0, "purged": 0}
    erasure_hold(player_id=player.pk, hold="", actor="staff:1", now=_due(player))
    assert erasures_step(now=_due(player))["pseudonymised"] == 1
    with pytest.raises(ErasureNotPossible):
        erasure_hold(player_id=player.pk, hold="too late", actor="staff:1", now=_due(player))


@pytest.mark.django_db
def test_the_database_erases_nobody_before_the_law_allows() -> None:
    player = _closed_and_asked()
    early = {"state": ErasureState.PSEUDONYMISED, "pseudonymised_at": CLOSED}
    with pytest.raises(IntegrityError, match="erased_no_earlier_than_the_law_allows"), transaction.atomic():
        Erasure.objects.filter(player=player).update(**early)
    with pytest.raises(IntegrityError, match="erasure_steps_in_order"), transaction.atomic():
        Erasure.objects.filter(player=player).update(state=ErasureState.PURGED)


@pytest.mark.django_db
def test_marketing_is_erased_at_once_and_consents_stay_as_proof() -> None:
    player = _closed_and_asked()
    assert not Consent.objects.filter(player=player, granted=True).exists()


def test_after_erasure_every_seal_verifies_and_no_copy_is_readable(
    transactional_db: None, seal_key: SealKey, tmp_path: Path
) -> None:
    player = _closed_and_asked()
    seal_everything(seal_key, limit=50)
    call_command("export_ledger", to=tmp_path / "before")
    before = verified(tmp_path / "before", "--public-key", seal_key.public.hex(), cwd=tmp_path)
    due = _due(player)
    erasures_step(now=due)
    erasures_step(now=due + PURGE_AFTER)
    seal_everything(seal_key, limit=50)
    call_command("export_ledger", to=tmp_path / "after")
    after = verified(tmp_path / "after", "--public-key", seal_key.public.hex(), cwd=tmp_path)
    assert (before[0], after[0]) == (0, 0), after[1]
    written = b"".join(file.read_bytes() for file in (tmp_path / "after").rglob("*") if file.is_file())
    assert b"Alice Borg" not in written
    assert b"alice@mail.example" not in written
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM personal_personaldatahistory WHERE full_name IS NOT NULL")
        assert cursor.fetchone()[0] >= 1  # the encrypted copies stay where the seals need them
    with pytest.raises(PersonalDataErased):
        details_open(player_id=player.pk)
    call_command("verify_ledger")
