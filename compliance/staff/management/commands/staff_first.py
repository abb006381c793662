from __future__ import annotations

import getpass
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.clock import utc_now
from common.errors import Refusal
from compliance.staff.services.people import staff_first


class Command(BaseCommand):
    """The way in for the first administrator; it closes as soon as there is one."""

    help = "Make the first administrator, while there is none. Asks for the password, or reads it from a pipe."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--personnel-number", default="P-1", help="Who the person is, such as P-0107.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            person = staff_first(
                username=options["username"],
                personnel_number=options["personnel_number"],
                password=self._password(),
                now=utc_now(),
            )
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(f"{person.username} is the first administrator. Sign in and add a second factor.")

    def _password(self) -> str:
        if not sys.stdin.isatty():
            return sys.stdin.readline().rstrip("\n")
        first = getpass.getpass("Password: ")
        if first != getpass.getpass("Again: "):
            raise CommandError("The two passwords differ: nothing was made.")
        return first
