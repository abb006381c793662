"""`manage.py seed_accounts`: terms, sign-ins and registrations of the demo's players."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from casino.entrance.services.demo_accounts import PASSWORD, demo_accounts
from common.clock import utc_now


class Command(BaseCommand):
    help = "Create what is missing of the demo's player accounts. Needs SANDBOX=1."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.SANDBOX:
            raise CommandError("seed_accounts publishes a password: it runs only with SANDBOX=1.")
        made = demo_accounts(now=utc_now())
        self.stdout.write(f"{made.players} players sign in with {PASSWORD!r}; {made.attempts} registrations.")
