"""What counts as a marker of harm where a jurisdiction says nothing: the house's own figures, to be tuned by proposals."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import migrations, models

SEEDS = Path(__file__).parent / "seeds" / "later" / "0005_harm.json"
SINCE = datetime(2000, 1, 1, tzinfo=UTC)
SOURCE = "House rule after UKGC SR 3.4.3 (UK-15, UK-16): no regulator's number"


def write_harm_rows(apps: Any, _schema_editor: Any) -> None:
    """The fallback's rows; they hold since before they were written."""
    model = apps.get_model("policy", "PolicyRow")
    lines = json.loads(SEEDS.read_text(encoding="utf-8"))
    model.objects.bulk_create(
        model(
            jurisdiction="*", key=key, value=value, effective_from=SINCE, source=SOURCE, verified=True,
            created_at=datetime.now(UTC),
        )
        for key, value in lines
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("policy", "0004_exclusion_brands")]
    operations = [
        # The closed list stands in keys.py: a new key needs no change of the table.
        migrations.AlterField("policyrow", "key", models.CharField(max_length=60)),
        migrations.RunPython(write_harm_rows, migrations.RunPython.noop),
    ]
