"""Storing a day's rates. A rate is never edited: other figures for the same day and source are a new revision."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.db import connection, transaction

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from wallet.ecb import RatesDay, RatesFileError, ecb_parse, rebased
from wallet.models import FxRate
from wallet.selectors.fx_rates import SAMPLE_SOURCE

ECB_SOURCE: Final = "ECB"
_LOAD_LOCK: Final = 7_203_001  # one loader at a time: two would number the same revision


@dataclass(frozen=True, slots=True)
class RatesLoaded:
    """What a load did: rows added, revisions among them ("USD 2024-06-28"), rows that were there already."""

    days: tuple[date, ...]
    added: int
    revised: tuple[str, ...]
    unchanged: int
    source: str
    sha256: str


@transaction.atomic
def fx_rates_load(
    *, data: bytes, now: datetime, actor: str, source: str = ECB_SOURCE, valid_on: date | None = None
) -> RatesLoaded:
    """Store the rates of an ECB file against the base currency; the same file twice adds nothing.

    `valid_on` gives its figures another day and is for the bundled sample alone, whose source says that it is no
    market rate. Raises RatesFileError with one line, and then nothing is stored.
    """
    if valid_on is not None and source != SAMPLE_SOURCE:
        raise RatesFileError("Only the bundled sample can be given another day: published rates keep theirs.")
    days = [rebased(day, settings.BASE_CURRENCY) for day in ecb_parse(data)]
    if valid_on is not None:
        days = [RatesDay(valid_on, days[-1].units)]
    if late := [day.valid_on for day in days if day.valid_on > now.date()]:
        raise RatesFileError(f"The file is of {late[-1]}, which has not come yet: check the clock and the file.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOAD_LOCK])
    sha256 = hashlib.sha256(data).hexdigest()
    rows, revised, unchanged = _new_rows(days, source=source, sha256=sha256, now=now)
    FxRate.objects.bulk_create(rows)
    if rows:
        last = days[-1].valid_on
        audit_record(
            name=EventName.RATES_LOADED, actor=actor, now=now, subject=f"wallet.fxrate:{last}",
            after={"source": source, "day": last, "added": len(rows), "revised": revised, "sha256": sha256},
        )  # fmt: skip
    return RatesLoaded(tuple(day.valid_on for day in days), len(rows), tuple(revised), unchanged, source, sha256)


def _new_rows(
    days: Sequence[RatesDay], *, source: str, sha256: str, now: datetime
) -> tuple[list[FxRate], list[str], int]:
    known: dict[tuple[str, date], FxRate] = {
        (row.currency, row.valid_on): row
        for row in FxRate.objects.filter(source=source, valid_on__in=[day.valid_on for day in days]).order_by(
            "revision"
        )
    }
    rows: list[FxRate] = []
    revised: list[str] = []
    unchanged = 0
    for day in days:
        for currency, units in sorted(day.units.items()):
            last = known.get((currency, day.valid_on))
            if last is not None and last.units_per_base == units:
                unchanged += 1
                continue
            if last is not None:
                revised.append(f"{currency} {day.valid_on}")
            rows.append(
                FxRate(
                    currency=currency,
                    units_per_base=units,
                    valid_on=day.valid_on,
                    source=source,
                    revision=1 if last is None else last.revision + 1,
                    file_sha256=sha256,
                    loaded_at=now,
                )
            )
    return rows, revised, unchanged
