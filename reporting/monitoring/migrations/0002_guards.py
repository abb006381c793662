from django.db import migrations

from common.database.sql import run_sql_file
from compliance.audit.history import history_guard


class Migration(migrations.Migration):
    dependencies = [
        ("monitoring", "0001_initial"), ("common", "0001_application_role"), ("audit", "0003_row_history"),
    ]  # fmt: skip
    operations = [
        run_sql_file(__file__, "0002_guards"),
        history_guard("monitoring_alerthistory", "monitoring_alert"),
        history_guard("monitoring_incidenthistory", "monitoring_incident"),
    ]
