from django.db import migrations

from common.database.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("wallet", "0005_permissions")]
    operations = [run_sql_file(__file__, "0006_whole_lines")]
