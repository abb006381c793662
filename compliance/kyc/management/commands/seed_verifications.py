"""`manage.py seed_verifications`: the demonstration's players with verifications in every state."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from common.clock import utc_now
from compliance.kyc.services.demo import demo_verifications


class Command(BaseCommand):
    help = "Create what is missing of the demo's verifications. Needs SANDBOX=1 and the players of seed_demo."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.SANDBOX:
            raise CommandError("seed_verifications makes a demonstration's papers: it runs only with SANDBOX=1.")
        self.stdout.write(f"{demo_verifications(now=utc_now())} documents.")
