"""`manage.py demo_code support`: the present code of a demo person's authenticator app (`make code WHO=support`)."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from common.clock import utc_now
from common.errors import Refusal
from compliance.signin.services.demo_sign_ins import demo_code


class Command(BaseCommand):
    help = "The second-factor code of a demo person. Only where DEMO=1."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="named like the role: support, finance, administrator, …")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            code, seconds = demo_code(username=options["username"], now=utc_now())
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(f"{code}  (for {seconds} s; a code is good once)")
