from django.db import migrations

from common.database.sql import run_sql_file
from compliance.audit.history import history_guard


class Migration(migrations.Migration):
    dependencies = [("withdrawals", "0001_initial"), ("audit", "0001_initial"), ("common", "0001_application_role")]
    operations = [
        run_sql_file(__file__, "0002_guards"),
        history_guard("withdrawals_payouthistory", "withdrawals_payout"),
    ]
