from django.db import migrations

from common.database.sql import run_sql_file
from compliance.audit.history import history_guard


class Migration(migrations.Migration):
    dependencies = [
        ("reconciliation", "0001_initial"), ("play", "0003_standing"), ("common", "0001_application_role"),
        ("wallet", "0008_payment_kinds"), ("audit", "0003_row_history"),
    ]  # fmt: skip
    operations = [
        run_sql_file(__file__, "0002_guards"),
        history_guard("reconciliation_statementsourcehistory", "reconciliation_statementsource"),
    ]
