"""`manage.py seed_protection`: the demo's players who take breaks, are excluded, or want to return."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from casino.entrance.services.demo_protection import demo_protection
from common.clock import utc_now


class Command(BaseCommand):
    help = "Create what is missing of the demo's breaks and exclusions. Needs SANDBOX=1, rates and the demo's register."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.SANDBOX:
            raise CommandError("seed_protection makes people up: it runs only with SANDBOX=1.")
        made = demo_protection(now=utc_now())
        self.stdout.write(f"{made.players} players of Crown Casino and Sceptre Slots, {made.exclusions} exclusions.")
