from django.db import migrations

from common.database.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("wallet", "0009_withdrawal_rights_leave")]
    operations = [run_sql_file(__file__, "0010_payment_accounts")]
