"""`manage.py rebuild_facts [--from DAY] [--to DAY] [--brand CODE]`: facts anew, out of the ledger."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from common.clock import utc_now
from common.errors import Refusal
from players.models import Brand
from reporting.facts.services.reading import facts_read
from reporting.facts.services.rebuilding import facts_rebuild


class Command(BaseCommand):
    help = "Make the facts of business days anew out of the ledger; without days, of all. Figures do not change."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="first", type=date.fromisoformat, help="first day, such as 2026-03-01")
        parser.add_argument("--to", dest="last", type=date.fromisoformat, help="last day, included")
        parser.add_argument("--brand", help="code of one brand")

    def handle(self, *args: Any, **options: Any) -> None:
        brand = Brand.objects.filter(code=options["brand"]).first() if options["brand"] else None
        if options["brand"] and brand is None:
            raise CommandError(f"There is no brand {options['brand']}.")
        while facts_read(now=utc_now()) is not None:
            pass
        with tqdm(total=None, unit=" days", disable=not self.stderr.isatty()) as bar:

            def progress(done: int, of: int) -> None:
                bar.total = of
                bar.update(done - bar.n)

            try:
                made = facts_rebuild(
                    first=options["first"], last=options["last"], brand_id=brand.pk if brand else None, now=utc_now(),
                    progress=progress,
                )  # fmt: skip
            except Refusal as problem:
                raise CommandError(f"{problem} {', '.join(problem.details.values())}".strip()) from problem
        self.stdout.write(f"{made.calls:,} calls of {made.days} days counted anew.")
