from datetime import UTC, datetime
from typing import Any

from django.db import migrations

SOURCE = "House rule until two people write another: no regulator's number"
NUMBERS: dict[str, Any] = {
    "auto_amount": 500, "auto_risk": 30, "four_eyes_from": 1000, "turnover_times": 1, "game_weights": {},
    "kyc_level": 1, "kyc_level_high": 2, "kyc_high_from": 5000, "cool_down_hours": 24, "day_count": 3,
    "day_sum": 5000, "week_count": 8, "week_sum": 15000, "kyc_wait_days": 30, "sla_hours": 24, "weights": {},
}  # fmt: skip


def write_rows(apps: Any, _schema_editor: Any) -> None:
    """They hold since before they were written."""
    apps.get_model("withdrawals", "Rule").objects.create(
        jurisdiction="*", effective_from=datetime(2000, 1, 1, tzinfo=UTC), created_at=datetime.now(UTC), source=SOURCE,
        **NUMBERS,
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("withdrawals", "0002_guards")]
    operations = [migrations.RunPython(write_rows, migrations.RunPython.noop)]
