"""`manage.py add_calendar <brand> <from day> <time zone> [--starts HH:MM]`: when a brand's business days begin."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.clock import utc_now
from players.models import Brand
from reporting.facts.errors import CalendarRefused
from reporting.facts.services.calendars import calendar_add


class Command(BaseCommand):
    help = "From a day to come on, begin a brand's business days on its own clocks. Without a row a day is one of UTC."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("brand", help="code of the brand")
        parser.add_argument("from_day", type=date.fromisoformat)
        parser.add_argument("time_zone", help="such as Europe/Malta")
        parser.add_argument("--starts", type=time.fromisoformat, default=time(), help="such as 06:00")

    def handle(self, *args: Any, **options: Any) -> None:
        brand = Brand.objects.filter(code=options["brand"]).first()
        if brand is None:
            raise CommandError(f"There is no brand {options['brand']}.")
        starts: time = options["starts"]
        try:
            row = calendar_add(
                brand_id=brand.pk, from_day=options["from_day"], time_zone=options["time_zone"],
                day_starts=timedelta(hours=starts.hour, minutes=starts.minute), actor="command:add_calendar",
                now=utc_now(),
            )  # fmt: skip
        except CalendarRefused as problem:
            raise CommandError(f"{problem} {problem.details['problem']}.") from problem
        self.stdout.write(f"Days of {brand} from {row.from_day} on are days of {row.time_zone}.")
