"""Alice with her personal data on record; Carol of support may reveal how to reach her."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

import pytest

from compliance.staff.models import StaffUser
from players.models import Brand, Player
from players.personal.services.personal_data import personal_data_set
from players.personal.types import PersonalDetails
from tests.staff import staff_member

NOON: Final = datetime(2026, 11, 20, 12, tzinfo=UTC)
ALICE: Final = PersonalDetails(
    full_name="Alice Borg", email="alice.borg@example.com", phone="+356 2123 4567", birth_date=date(1990, 2, 3),
    address_lines="12 Republic Street", city="Valletta", postcode="VLT 1110",
)  # fmt: skip
SECRETS: Final = ("Alice Borg", "alice.borg@example.com", "2123 4567", "1990-02-03", "Republic Street", "VLT 1110")


def player_make(name: str, *, brand: str = "aurora", jurisdiction: str = "MT") -> Player:
    shop, _ = Brand.objects.get_or_create(code=brand, defaults={"name": brand.title(), "jurisdiction": jurisdiction})
    return Player.objects.create(
        public_id=f"pl_{name}", brand=shop, nickname=name.title(), currency="EUR", country="MT",
        jurisdiction=jurisdiction, created_at=NOON,
    )  # fmt: skip


@pytest.fixture
def alice(db: None) -> Player:
    player = player_make("alice")
    personal_data_set(player_id=player.pk, details=ALICE, actor="system:test", reason="registered", now=NOON)
    return player


@pytest.fixture
def carol(db: None) -> StaffUser:
    return staff_member("support", username="carol")
