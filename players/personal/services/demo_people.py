"""Plausible personal data for the demonstration's players: nobody's own, under names that can not be written to."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from players.models import Player
from players.personal.models import PersonalData
from players.personal.services.personal_data import personal_data_set
from players.personal.types import PersonalDetails

# E-mail ends in .example, phone numbers are of the ranges kept for films and tests where a country has one.
PEOPLE: Final = {
    "Alice": PersonalDetails(
        full_name="Alice Borg", email="alice.borg@mail.example", phone="+356 2099 0101", birth_date=date(1990, 2, 3),
        address_lines="12 Triq ir-Repubblika", city="Valletta", postcode="VLT 1110",
    ),
    "Björn": PersonalDetails(
        full_name="Björn Åkesson", email="bjorn.akesson@post.example", phone="+46 70 174 06 05",
        birth_date=date(1984, 11, 21), address_lines="Storgatan 7 B", city="Umeå", postcode="903 26",
    ),
    "Chloé": PersonalDetails(
        full_name="Chloé Lefèvre", email="chloe.lefevre@courriel.example", phone="+33 6 39 98 01 02",
        birth_date=date(1997, 6, 14), address_lines="18 rue des Tanneurs", city="Colmar", postcode="68000",
    ),
    "Dai": PersonalDetails(
        full_name="Dai Evans", email="dai.evans@post.example", phone="+44 7700 900123", birth_date=date(1971, 9, 30),
        address_lines="4 Mill Lane", city="Swansea", postcode="SA1 1AA",
    ),
    "Emi": PersonalDetails(
        full_name="Emi Tanaka", email="emi.tanaka@mail.example", phone="+81 90 0000 0105", birth_date=date(2001, 1, 8),
        address_lines="2-11-3 Meguro", city="Tokyo", postcode="153-0063",
    ),
}  # fmt: skip


def demo_personal_data(*, now: datetime) -> int:
    """Give the demo's players without personal data theirs; how many got some. Safe to run again."""
    known = PersonalData.objects.values("player_id")
    made = 0
    for player in Player.objects.filter(is_test=False, nickname__in=PEOPLE).exclude(pk__in=known).order_by("pk")[:100]:
        personal_data_set(
            player_id=player.pk, details=PEOPLE[player.nickname], actor="system:demo", reason="the demo's people",
            now=now,
        )  # fmt: skip
        made += 1
    return made
