from django.db import migrations

from common.database.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("wallet", "0006_whole_lines")]
    operations = [run_sql_file(__file__, "0007_no_temporary_tables")]
