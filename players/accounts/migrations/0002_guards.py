from django.db import migrations

from common.database.sql import run_sql_file
from compliance.audit.history import history_guard


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("common", "0001_application_role"),
        ("audit", "0003_row_history"),
    ]
    operations = [
        history_guard("accounts_credentialhistory", "accounts_credential"),
        history_guard("accounts_erasurehistory", "accounts_erasure"),
        run_sql_file(__file__, "0002_guards"),
    ]
