"""A player's first screen, as people of several jobs see it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from common.clock import utc_now
from players.models import Player
from tests.overview.scene import a_full_life, scene_make

pytestmark = pytest.mark.django_db(transaction=True)
SCRIPT = "<script>alert(1)</script>"


def page_of(office: Client, player: Player, question: str = "") -> str:
    answer = office.get(reverse("admin:players_player_change", args=[player.pk]) + question)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_first_screen_tells_everything_of_the_player(office: Client) -> None:
    scene, now = scene_make(), utc_now()
    a_full_life(scene, now=now)
    text = page_of(office, scene.alice)
    for mark in (
        scene.alice.public_id, "A. M.", "Prefers to be called after 18:00.", "VIP", "Watch",
        "Nothing stands against play",
        "Withdrawable", "withdrawal 12", "Deposits ever", "750.00 EUR", "Net deposits", "30 days", "Slot",
        "Biggest win",
        "In open rounds", "Alicia", "name and birth date", "Online now", "End all sessions", "Time line", "there",
    ):  # fmt: skip
        assert mark in text, mark
    assert "alice@example.org" not in text
    assert "1990-05-17" not in text
