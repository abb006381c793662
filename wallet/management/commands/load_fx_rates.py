"""manage.py load_fx_rates: the ECB's daily rates from its site, a file, or the bundled sample."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.clock import utc_now
from wallet.ecb import MAX_FILE_BYTES, RatesFileError
from wallet.ecb_download import rates_download
from wallet.selectors.fx_rates import SAMPLE_SOURCE
from wallet.services.fx_rates import ECB_SOURCE, RatesLoaded, fx_rates_load

SAMPLE_FILE = Path(__file__).resolve().parents[2] / "data" / "eurofxref-daily.xml"


def a_day(text: str) -> date:
    """`today` or YYYY-MM-DD."""
    try:
        return utc_now().date() if text == "today" else date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is neither `today` nor a day like 2024-06-28") from error


class Command(BaseCommand):
    """Loads rates; the same file twice adds nothing, other figures for a stored day become a revision."""

    help = "Load exchange rates in the ECB's daily XML format (default: from FX_SOURCE_URL)."

    def add_arguments(self, parser: CommandParser) -> None:
        where = parser.add_mutually_exclusive_group()
        where.add_argument("--file", type=Path, help="an ECB XML file on this machine")
        where.add_argument("--sample", action="store_true", help="the bundled sample of 2024-06-28, no market rates")
        where.add_argument("--url", help="another address than FX_SOURCE_URL")
        parser.add_argument("--as-of", type=a_day, help="with --sample: `today` or YYYY-MM-DD as the rates' day")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["as_of"] and not options["sample"]:
            raise CommandError("--as-of goes with --sample only: published rates keep their day.")
        source = SAMPLE_SOURCE if options["sample"] else ECB_SOURCE
        try:
            data = _data(options)
            loaded = fx_rates_load(
                data=data, now=utc_now(), actor="command:load_fx_rates", source=source, valid_on=options["as_of"]
            )
        except RatesFileError as error:
            raise CommandError(f"{error} Nothing was stored.") from error
        self.stdout.write(_report(loaded))


def _data(options: dict[str, Any]) -> bytes:
    path: Path | None = SAMPLE_FILE if options["sample"] else options["file"]
    if path is None:
        return rates_download(options["url"] or settings.FX_SOURCE_URL)
    try:
        with path.open("rb") as file:
            return file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise RatesFileError(f"{path}: {error.strerror}.") from error


def _report(loaded: RatesLoaded) -> str:
    days = str(loaded.days[0]) if len(loaded.days) == 1 else f"{loaded.days[0]} to {loaded.days[-1]}"
    lines = [
        f"{loaded.source} rates of {days} in units per {settings.BASE_CURRENCY}: "
        f"{loaded.added} added, {loaded.unchanged} there already (SHA-256 {loaded.sha256[:16]}…)"
    ]
    if loaded.revised:
        lines.append(f"  revised, the earlier figure is kept: {', '.join(loaded.revised)}")
    if loaded.source == SAMPLE_SOURCE:
        lines.append("  the sample is for trying out: these are not market rates of that day")
    return "\n".join(lines)
