from datetime import UTC, datetime
from typing import Any

from django.db import migrations

ROWS = (
    ("*", True, datetime(2000, 1, 1, tzinfo=UTC), "House rule where a jurisdiction has none: no regulator's number"),
    ("GB", False, datetime(2021, 10, 30, 23, tzinfo=UTC), "UKGC RTS 14C (UK-11): no slots side by side"),
    ("ON", False, datetime(2022, 4, 4, 4, tzinfo=UTC), "AGCO 2.16-2.22 (ON-04): no parallel slots"),
)


def write_rows(apps: Any, _schema_editor: Any) -> None:
    """They hold since before they were written."""
    model = apps.get_model("policy", "PolicyRow")
    for jurisdiction, value, effective_from, source in ROWS:
        model.objects.create(
            jurisdiction=jurisdiction, key="slot.parallel", value=value, source=source, verified=True,
            created_at=datetime.now(UTC), effective_from=effective_from,
        )


class Migration(migrations.Migration):
    dependencies = [("policy", "0005_harm_rows")]
    operations = [migrations.RunPython(write_rows, migrations.RunPython.noop)]
