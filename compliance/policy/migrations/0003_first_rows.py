"""The first rows: ../shared/domain/compliance.md §2.1, a file per jurisdiction, `fallback.json` for `*`.

A line is key, value, the date from whose first moment there it holds, whether it was seen in its source, the source.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db import migrations

SEEDS = Path(__file__).parent / "seeds"


def rows_of(file: Path, model: type[Any], written_at: datetime) -> list[Any]:
    """A jurisdiction's rows; dates begin at midnight of its own zone, which its first line names."""
    lines = json.loads(file.read_text(encoding="utf-8"))
    zone = ZoneInfo(lines[0][1])
    jurisdiction = "*" if file.stem == "fallback" else file.stem
    return [
        model(
            jurisdiction=jurisdiction, key=key, value=value, source=source, verified=verified, created_at=written_at,
            effective_from=datetime.fromisoformat(date).replace(tzinfo=zone).astimezone(UTC),
        )
        for key, value, date, verified, source in lines
    ]  # fmt: skip


def write_first_rows(apps: Any, _schema_editor: Any) -> None:
    """Written as of the moment of the migration: they hold since before it."""
    model = apps.get_model("policy", "PolicyRow")
    written_at = datetime.now(UTC)
    for file in sorted(SEEDS.glob("*.json")):
        model.objects.bulk_create(rows_of(file, model, written_at))


class Migration(migrations.Migration):
    dependencies = [("policy", "0002_guards")]
    operations = [migrations.RunPython(write_first_rows, migrations.RunPython.noop)]
