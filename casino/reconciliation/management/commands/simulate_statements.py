"""`manage.py simulate_statements`: the simulated provider tells of its day, with errors of every kind, till ended."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

import httpx2
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections

from casino.games.models import Provider
from casino.play.enums import LegKind
from casino.play.models import Leg
from casino.reconciliation.enums import BreakKind, StatementFormat
from casino.reconciliation.errors import StatementKnown
from casino.reconciliation.services.fetching import statement_fetch
from casino.reconciliation.services.sources import source_set
from casino.reconciliation.tasks import read_statement
from casino.simulator.statements.server import StatementServer
from common.backoffice.time_range import uuid7_floor
from common.clock import utc_now

TOKEN: Final = "demo-statements"  # noqa: S105 - of the demonstration's own provider
ACTOR: Final = "system:simulate_statements"
LEGS_MOST: Final = 100_000
ENOUGH: Final = 40


class Command(BaseCommand):
    """Serves and fetches statements of the sandbox provider. Needs SANDBOX=1."""

    help = "Let the simulated provider tell of its day over HTTP, with errors planted, and match it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--pause", type=float, default=3600, help="seconds between two statements")
        parser.add_argument("--times", type=int, default=0, help="end after so many; 0: never")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.SANDBOX:
            raise CommandError("simulate_statements invents errors: it runs only with SANDBOX=1.")
        server = StatementServer(token=TOKEN)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        done = 0
        try:
            while True:
                told = self._told(server)
                if told:
                    done += 1
                    self.stdout.write(told)
                if options["times"] and done >= options["times"]:
                    return
                time.sleep(options["pause"] if told else 5)
                close_old_connections()
        except KeyboardInterrupt:
            return
        finally:
            server.shutdown()

    def _told(self, server: StatementServer) -> str:
        now = utc_now()
        provider = Provider.objects.get(code="sandbox")
        books = list(_books(provider, now))
        if len(books) < ENOUGH:
            return ""
        server.books.clear()
        httpx2.post(f"{server.url}/control/books", content=json.dumps(books), trust_env=False).raise_for_status()
        kinds = {str(kind): 2 for kind in BreakKind if kind != BreakKind.DAY_BOUNDARY}
        httpx2.post(f"{server.url}/control/plant", json=kinds, trust_env=False).raise_for_status()
        source = source_set(
            provider_id=provider.pk, written=StatementFormat.CSV, address=f"{server.url}/statements/{{day}}.csv",
            token=TOKEN, enabled=False, actor=ACTOR, now=now,
        )  # fmt: skip
        try:
            # Received as of the moment at which the books were read: what is booked since is nobody's error.
            row = statement_fetch(source=source, day=now.astimezone(UTC).date(), actor=ACTOR, now=now)
        except StatementKnown:
            return ""
        read_statement(statement_id=row.pk)
        row.refresh_from_db()
        return f"{row.line_count:,} lines told, {row.breaks.count():,} breaks found."


def _books(provider: Provider, now: datetime) -> Iterator[dict[str, str]]:
    begin = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    legs = Leg.objects.filter(
        pk__gte=uuid7_floor(begin), provider=provider, booked_at__gte=begin, booked_at__lt=now
    ).select_related("round__player", "game", "related")  # fmt: skip
    for leg in legs.exclude(round=None).order_by("pk")[:LEGS_MOST].iterator(chunk_size=1000):
        assert leg.round is not None
        yield {
            "kind": leg.kind, "transaction_id": leg.provider_transaction_id, "player": leg.round.player.public_id,
            "original": leg.related.provider_transaction_id if leg.kind == LegKind.ROLLBACK and leg.related else "",
            "game": leg.game.code if leg.game else "", "round_id": leg.round.reference, "at": leg.booked_at.isoformat(),
            "amount": f"{leg.real + leg.bonus:f}", "currency": leg.round.currency,
        }  # fmt: skip
