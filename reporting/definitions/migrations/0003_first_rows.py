"""The first definitions and duties: ../shared/domain/compliance.md §6."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import migrations

SEEDS = Path(__file__).parent / "seeds"
SINCE = "2000-01-01"
SOURCE = "compliance.md §6, KPI definitions"


def write_first_rows(apps: Any, _schema_editor: Any) -> None:
    """Versions are numbered by their days."""
    now = datetime.now(UTC)
    apps.get_model("definitions", "DefinitionRow").objects.bulk_create(
        apps.get_model("definitions", "DefinitionRow")(
            code=code, version=1, title=title, formula=formula, about=about, verified=verified, valid_from=SINCE,
            source=SOURCE, created_at=now,
        )
        for code, title, formula, about, verified in json.loads((SEEDS / "definitions.json").read_text("utf-8"))
    )  # fmt: skip
    versions: dict[tuple[str, str], int] = {}
    duty = apps.get_model("definitions", "DutyRow")
    for jurisdiction, tax, title, rate, base, day, verified, source in json.loads(
        (SEEDS / "duties.json").read_text("utf-8")
    ):
        versions[jurisdiction, tax] = versions.get((jurisdiction, tax), 0) + 1
        duty.objects.create(
            jurisdiction=jurisdiction, tax=tax, title=title, rate=Decimal(rate), base=base, valid_from=day,
            verified=verified, source=source, version=versions[jurisdiction, tax], created_at=now,
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("definitions", "0002_guards")]
    operations = [migrations.RunPython(write_first_rows, migrations.RunPython.noop)]
