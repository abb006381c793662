from django.db import migrations

from common.database.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("definitions", "0001_initial"), ("audit", "0003_row_history"), ("approvals", "0002_guards")]
    operations = [run_sql_file(__file__, "0002_guards")]
