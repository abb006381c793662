"""Two colleagues correct one player's data in the same moment: neither is undone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction

from players.personal.selectors.details import details_open
from players.personal.services.personal_data import personal_data_correct
from tests.personal.conftest import ALICE, NOON, player_make
from tests.waiting import Owner, begun_behind

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_correction_leaves_alone_what_a_colleague_corrected_meanwhile(owner_connection: Owner) -> None:
    alice = player_make("alice")

    def correct(**changes: str) -> None:
        personal_data_correct(player_id=alice.pk, changes=changes, actor="staff:7", reason="passport", now=NOON)

    correct(full_name=ALICE.full_name, email=ALICE.email, phone=ALICE.phone)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            correct(email="alice.new@example.com")
            second = begun_behind(pool, owner_connection, lambda: correct(phone="+356 2199 9999"))
        second.result()
    known = details_open(player_id=alice.pk)
    assert (known.email, known.phone, known.full_name) == ("alice.new@example.com", "+356 2199 9999", "Alice Borg")
