from django.db import migrations

from common.database.sql import run_sql_file
from compliance.audit.history import history_guard


class Migration(migrations.Migration):
    dependencies = [("gateways", "0003_ageing"), ("audit", "0003_row_history")]
    operations = [
        run_sql_file(__file__, "0004_ageing"),
        # The triggers were made anew: they write into the history with its owner's rights again.
        history_guard("gateways_gatewayhistory", "gateways_gateway"),
    ]
