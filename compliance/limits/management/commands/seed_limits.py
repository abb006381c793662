"""`manage.py seed_limits`: the demonstration's players with limits in every state."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from common.clock import utc_now
from compliance.limits.services.demo import demo_limits


class Command(BaseCommand):
    help = "Create what is missing of the demo's players with limits. Needs SANDBOX=1 and FX rates."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.SANDBOX:
            raise CommandError("seed_limits makes players of a demonstration: it runs only with SANDBOX=1.")
        self.stdout.write(f"{demo_limits(now=utc_now())} players with limits.")
