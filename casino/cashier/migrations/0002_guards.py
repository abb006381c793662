from django.db import migrations

from common.database.sql import run_sql_file
from compliance.audit.history import history_guard


class Migration(migrations.Migration):
    dependencies = [("cashier", "0001_initial"), ("audit", "0003_row_history"), ("common", "0001_application_role")]
    operations = [
        run_sql_file(__file__, "0002_guards"),
        history_guard("cashier_instrumenthistory", "cashier_instrument"),
        history_guard("cashier_chargebackhistory", "cashier_chargeback"),
    ]
