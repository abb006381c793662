"""`manage.py seed_harm`: the demonstration's players at risk, in every state."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from common.clock import utc_now
from compliance.harm.services.demo import demo_harm


class Command(BaseCommand):
    help = "Create what is missing of the demo's players at risk. Needs SANDBOX=1."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.SANDBOX:
            raise CommandError("seed_harm makes players of a demonstration: it runs only with SANDBOX=1.")
        self.stdout.write(f"{demo_harm(now=utc_now())} cases of players at risk.")
