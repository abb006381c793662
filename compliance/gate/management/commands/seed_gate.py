"""`manage.py seed_gate`: the demonstration's players whom flags or their whereabouts stop."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from common.clock import utc_now
from compliance.gate.services.demo import demo_gate


class Command(BaseCommand):
    help = "Create what is missing of the demo's players whom the gate stops. Needs SANDBOX=1."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.SANDBOX:
            raise CommandError("seed_gate makes players of a demonstration: it runs only with SANDBOX=1.")
        self.stdout.write(f"{demo_gate(now=utc_now())} players whom the gate stops.")
