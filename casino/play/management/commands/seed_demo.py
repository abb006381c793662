"""`manage.py seed_demo`: the demo's brand, provider, games, jackpot and players; with DEMO=1 a sign-in per role."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from casino.play.services.demo import demo_seed
from common.clock import utc_now
from compliance.signin.services.demo_sign_ins import PASSWORD, demo_sign_ins_seed


class Command(BaseCommand):
    help = "Create what is missing of the demo's house. Needs SANDBOX=1 and FX rates (manage.py load_fx_rates)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.SANDBOX:
            raise CommandError("seed_demo makes published passwords and secrets: it runs only with SANDBOX=1.")
        now = utc_now()
        house = demo_seed(now=now)
        self.stdout.write(f"Provider {house.provider}, {house.games} games, {house.players} players.")
        if settings.DEMO:
            self._tell_sign_ins([(one.username, one.role) for one in demo_sign_ins_seed(now=now)])

    def _tell_sign_ins(self, people: list[tuple[str, str]]) -> None:
        """Who can sign in, and how to get past the second factor here."""
        self.stdout.write(f"Back office sign-ins, one per role, all with the password {PASSWORD}")
        for start in range(0, len(people), 3):
            row = people[start : start + 3]
            self.stdout.write("  " + "".join(f"{name:<20} {role:<22}" for name, role in row).rstrip())
        self.stdout.write(
            "Second factor: `make code WHO=support` in another terminal prints the present code of support."
        )
