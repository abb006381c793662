from django.db import migrations

from common.database.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_thresholds")]
    operations = [run_sql_file(__file__, "0005_threshold_guards")]
