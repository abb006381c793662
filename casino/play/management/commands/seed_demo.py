"""`manage.py seed_demo`: the demo's brand, provider, games, jackpot, players and staff."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from casino.play.services.demo import STAFF_NAME, STAFF_PASSWORD, demo_seed
from common.clock import utc_now


class Command(BaseCommand):
    help = "Create what is missing of the demo's house. Needs SANDBOX=1 and FX rates (manage.py load_fx_rates)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.SANDBOX:
            raise CommandError("seed_demo makes published passwords and secrets: it runs only with SANDBOX=1.")
        house = demo_seed(now=utc_now())
        self.stdout.write(
            f"demo: provider {house.provider}, {house.games} games, {house.players} players; "
            f"back office sign-in {STAFF_NAME} / {STAFF_PASSWORD}"
        )
