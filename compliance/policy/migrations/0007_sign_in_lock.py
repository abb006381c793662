from datetime import UTC, datetime
from typing import Any

from django.db import migrations


def write_row(apps: Any, _schema_editor: Any) -> None:
    """It holds since before it was written: until now these numbers stood in the code."""
    apps.get_model("policy", "PolicyRow").objects.create(
        jurisdiction="*", key="sign_in.lock", value={"failures": 3, "within_minutes": 30, "locked_minutes": 30},
        source="GLI-19 v3.0 2.5.3 (G-12): 3 failures in 30 minutes; how long it lasts is the house's",
        verified=True, created_at=datetime.now(UTC), effective_from=datetime(2000, 1, 1, tzinfo=UTC),
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("policy", "0006_slot_parallel")]
    operations = [migrations.RunPython(write_row, migrations.RunPython.noop)]
