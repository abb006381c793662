from django.db import migrations

from common.database.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("settlements", "0003_write_offs")]
    operations = [run_sql_file(__file__, "0004_write_offs")]
