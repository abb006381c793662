from django.db import migrations

from common.database.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("audit", "0006_transfers")]
    operations = [run_sql_file(__file__, "0007_transfer_thresholds")]
